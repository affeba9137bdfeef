"""A small load generator: threads with one kept-alive connection each, bounded in number and in time."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

MOST_CLIENTS = 32
LONGEST_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Call:
    """One request and the status it must be answered with."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    wanted: int = 200


@dataclass(slots=True)
class Result:
    """Seconds of every answered request, how long it all took, and the answers that were not as wanted."""

    seconds: list[float]
    elapsed: float
    failures: list[str]

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds within which `share` of the requests were answered (nearest rank)."""
        if not self.seconds:
            return float("nan")
        ordered = sorted(self.seconds)
        place = min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))
        return ordered[place] * 1000

    def merged(self, other: Result) -> Result:
        return Result(
            self.seconds + other.seconds, self.elapsed + other.elapsed, self.failures + other.failures
        )


def run_load(
    address: tuple[str, int],
    next_call: Callable[[int, int], Call],
    *,
    clients: int,
    seconds: float,
    think_seconds: float = 0.0,
) -> Result:
    """`next_call(client, number)` says what each client asks for; every client waits `think_seconds` in between."""
    if not 1 <= clients <= MOST_CLIENTS or not 0 < seconds <= LONGEST_SECONDS:
        raise ValueError("that is more than a benchmark needs")
    results = [Result([], 0.0, []) for _ in range(clients)]
    begun = time.perf_counter()
    until = begun + seconds
    threads = [
        threading.Thread(
            target=_client, args=(address, next_call, number, until, think_seconds, results[number])
        )
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - begun
    return Result(
        [one for result in results for one in result.seconds],
        elapsed,
        [one for result in results for one in result.failures],
    )


def ask(address: tuple[str, int], call: Call) -> tuple[int, dict[str, str], bytes]:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection(*address, timeout=60)
    try:
        connection.request(call.method, call.path, body=call.body, headers=dict(call.headers))
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers, answer.read()
    finally:
        connection.close()


def _client(
    address: tuple[str, int],
    next_call: Callable[[int, int], Call],
    number: int,
    until: float,
    think_seconds: float,
    result: Result,
) -> None:
    connection = http.client.HTTPConnection(*address, timeout=60)
    if think_seconds:
        time.sleep(think_seconds * number / 8)  # users do not arrive in step
    made = 0
    while (now := time.perf_counter()) < until:
        call = next_call(number, made)
        made += 1
        try:
            connection.request(call.method, call.path, body=call.body, headers=dict(call.headers))
            answer = connection.getresponse()
            body = answer.read()
        except (http.client.HTTPException, OSError) as error:
            result.failures.append(f"{call.path}: {error!r}")
            connection.close()
            continue
        result.seconds.append(time.perf_counter() - now)
        if answer.status != call.wanted:
            result.failures.append(f"{call.path}: {answer.status} {body[:200]!r}")
        if think_seconds:
            time.sleep(think_seconds)
    connection.close()
