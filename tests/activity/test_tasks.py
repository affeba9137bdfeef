"""What beat calls: the heartbeat, the night's work once a day, every app's minute work."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from activity.models import Heartbeat, OutboxJob
from activity.tasks import sweep, tick
from common import jobs
from common.jobs import every_minute

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 3, 2, 23, 59, 50, tzinfo=UTC)


@pytest.fixture
def minutes() -> Iterator[list[datetime]]:
    told: list[datetime] = []

    @every_minute("test.broken")
    def broken(*, at: datetime) -> None:
        raise RuntimeError

    @every_minute("test.minute")
    def minute(*, at: datetime) -> None:
        told.append(at)

    yield told
    del jobs._minutely["test.broken"], jobs._minutely["test.minute"]


def test_tick_beats_and_runs_minute_work_past_a_broken_one(minutes: list[datetime]) -> None:
    with time_machine.travel(EVENING, tick=False):
        tick()
    assert Heartbeat.objects.get(name="worker").beat_at == EVENING
    assert minutes == [EVENING]


def test_nightly_work_is_queued_once_a_day_also_by_two_beats() -> None:
    for moment in (EVENING, EVENING, EVENING + timedelta(seconds=20), EVENING + timedelta(hours=8)):
        with time_machine.travel(moment, tick=False):
            tick()
    days = OutboxJob.objects.filter(name="activity.forget_done_jobs").values_list("payload", flat=True)
    assert sorted(day["on"] for day in days) == ["2026-03-02", "2026-03-03"]


def test_done_jobs_are_forgotten_after_a_while() -> None:
    with time_machine.travel(EVENING, tick=False):
        tick()
        sweep()
    with time_machine.travel(EVENING + timedelta(days=30), tick=False):
        tick()
        sweep()
    assert {job.payload["on"] for job in OutboxJob.objects.filter(name="activity.forget_done_jobs")} == {
        "2026-04-01"
    }
