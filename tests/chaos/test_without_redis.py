"""Pages and check-ins while Redis is stopped, and while it takes connections and never answers."""

import signal
import sys

import pytest

from tests.chaos.machines import Machines
from tests.chaos.web import Web

ROUNDS = 8
MOST_TIMES_NORMAL = 1.3
TRIES = 3
"""The machine may be busy with something else just then; a real slowness shows every time."""


@pytest.mark.chaos
@pytest.mark.postgresql
@pytest.mark.timeout(600)
def test_pages_do_not_wait_for_redis() -> None:
    machines = Machines("smtp://127.0.0.1:1")
    try:
        machines.run("tests.chaos.fill", "30", "1")
        web = Web(machines)
        web.start()
        web.round()
        assert max(max(statuses) for statuses in web.statuses.values()) < 400, web.statuses
        for what, begin, end in (
            ("stopped", lambda: machines.end("redis"), machines.start_redis),
            (
                "silent",
                lambda: machines.signal("redis", signal.SIGSTOP),
                lambda: machines.signal("redis", signal.SIGCONT),
            ),
        ):
            ratios = []
            while not ratios or (min(ratios) > MOST_TIMES_NORMAL and len(ratios) < TRIES):
                normal = percentile(web)
                begin()
                ratios.append(percentile(web) / normal)
                end()
                say(f"Redis {what}: p95 {ratios[-1]:.2f} × normal ({normal * 1000:.0f} ms)")
            assert min(ratios) <= MOST_TIMES_NORMAL
        answers = {path: statuses for path, statuses in web.statuses.items() if max(statuses) >= 500}
        assert answers == {}, (machines.folder / "web.log").read_text(errors="replace")[-6_000:]
        assert [path for path, statuses in web.statuses.items() if len(statuses) > 1] == [], (
            "not answered alike"
        )
    finally:
        machines.stop()


def percentile(web: Web) -> float:
    seconds = sorted(second for _ in range(ROUNDS) for second in web.round())
    return seconds[int(len(seconds) * 0.95)]


def say(words: str) -> None:
    sys.stdout.write(f"\n{words}\n")
