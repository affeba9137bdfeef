"""One run: reminders are planned and sent while everything around them is killed; then the counting."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import psycopg2

from tests.chaos.machines import Machines
from tests.chaos.smtp_sink import SmtpSink

SENDERS = ("worker1", "worker2")
CLOCKS = ("beat1", "beat2")
WHAT_HAPPENED = """
SELECT count(*) FILTER (WHERE kind = 'check_in_due'), count(DISTINCT user_id) FILTER (WHERE kind = 'check_in_due'),
       (SELECT count(*) FROM notices_delivery WHERE sent_at IS NOT NULL),
       (SELECT count(*) FROM notices_delivery WHERE sent_at IS NULL)
FROM notices_notice
"""


@dataclass(frozen=True)
class Havoc:
    """How much of everything; `seconds_between` two misfortunes."""

    reminders: int
    waves: int
    celery_kills: int
    redis_kills: int
    redis_silences: int
    postgresql_restarts: int
    seconds_between: float
    seconds_per_message: float
    lease_seconds: int
    most_seconds: float
    silence_seconds: float = 8.0


@dataclass(frozen=True)
class Count:
    """What is there at the end. `ids_per_person` is 1 when every repeat carried the id of the first."""

    in_app: int
    people_told: int
    sent: int
    unsent: int
    people_mailed: int
    mails: int
    ids_per_person: int
    kills: int
    seconds: float

    @property
    def repeats(self) -> int:
        return self.mails - self.people_mailed


def run(havoc: Havoc) -> Count:
    """Raises RuntimeError with what is missing when not everything went out in `most_seconds`."""
    sink = SmtpSink(havoc.seconds_per_message)
    machines = Machines(sink.url, {"OKR_LEASE_SECONDS": str(havoc.lease_seconds)})
    try:
        machines.run("tests.chaos.fill", str(havoc.reminders), str(havoc.waves))
        begun = time.monotonic()
        for name in (*SENDERS, *CLOCKS):
            machines.start_celery(name)
        _misfortunes(machines, havoc)
        _wait(machines, havoc, begun)
        return _count(machines, sink, havoc, time.monotonic() - begun)
    finally:
        machines.stop()
        sink.shutdown()
        sink.server_close()


def _misfortunes(machines: Machines, havoc: Havoc) -> None:
    """Every kind as often as wanted, in an order that a fixed seed shuffles; waves are let loose in between."""
    names = [(*SENDERS, *CLOCKS)[number % 4] for number in range(havoc.celery_kills)]
    events: list[Callable[[], None]] = [lambda name=name: machines.kill_celery(name) for name in names]  # type: ignore[misc]
    events += [machines.kill_redis] * havoc.redis_kills
    events += [lambda: machines.silence_redis(havoc.silence_seconds)] * havoc.redis_silences
    events += [machines.restart_postgresql] * havoc.postgresql_restarts
    random.Random(4).shuffle(events)
    _until(lambda: _told(machines) > 0, 60)
    for place, event in enumerate(events):
        wave = 1 + place * havoc.waves // len(events)
        machines.ask(
            f"UPDATE objectives_keyresult SET state = 'active' WHERE position <= {wave} AND state = 'paused'"
        )
        time.sleep(havoc.seconds_between)
        event()
    machines.ask("UPDATE objectives_keyresult SET state = 'active' WHERE state = 'paused'")


def _told(machines: Machines) -> int:
    return int(str(machines.ask("SELECT count(*) FROM notices_delivery WHERE sent_at IS NOT NULL")[0][0]))


def _until(is_so: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if is_so():
                return True
        except psycopg2.OperationalError:
            pass
        time.sleep(0.25)
    return False


def _wait(machines: Machines, havoc: Havoc, begun: float) -> None:
    left = havoc.most_seconds - (time.monotonic() - begun)
    if not _until(lambda: _told(machines) >= havoc.reminders, left):
        logs = [path.read_text(errors="replace")[-2_000:] for path in machines.folder.glob("worker*.log")]
        raise RuntimeError(f"{_told(machines)} of {havoc.reminders} were sent\n" + "\n".join(logs))


def _count(machines: Machines, sink: SmtpSink, havoc: Havoc, seconds: float) -> Count:
    in_app, people_told, sent, unsent = (int(str(number)) for number in machines.ask(WHAT_HAPPENED)[0])
    ids: dict[str, set[str]] = defaultdict(set)
    for address, message_id in sink.kept:
        ids[address].add(message_id)
    return Count(
        in_app=in_app,
        people_told=people_told,
        sent=sent,
        unsent=unsent,
        people_mailed=len(ids),
        mails=len(sink.kept),
        ids_per_person=max(map(len, ids.values()), default=0),
        kills=havoc.celery_kills + havoc.redis_kills + havoc.postgresql_restarts,
        seconds=seconds,
    )
