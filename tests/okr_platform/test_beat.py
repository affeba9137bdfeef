"""While no worker takes anything off the queue, beat does not pile up more."""

import pytest
from celery.beat import ScheduleEntry

from common import doorbell
from okr_platform.beat import PatientScheduler
from okr_platform.celery import app


@pytest.fixture
def scheduler() -> PatientScheduler:
    return PatientScheduler(app=app, lazy=True)


def waiting() -> int:
    with app.connection_or_acquire() as connection:
        return int(connection.default_channel._size(app.conf.task_default_queue))


def empty() -> None:
    with app.connection_or_acquire() as connection:
        connection.default_channel.queue_purge(app.conf.task_default_queue)


def test_the_queue_never_holds_more_than_a_few_rings(scheduler: PatientScheduler) -> None:
    entry = ScheduleEntry(name="sweep", task="activity.tasks.sweep", schedule=3, app=app)
    empty()
    for _ in range(50):
        scheduler.apply_entry(entry)
    assert waiting() == doorbell.MOST_WAITING
    assert doorbell.is_crowded()
    empty()
    assert not doorbell.is_crowded()
    scheduler.apply_entry(entry)
    assert waiting() == 1
    empty()


def test_two_beats_at_once_put_no_more_into_it(scheduler: PatientScheduler) -> None:
    entry = ScheduleEntry(name="sweep", task="activity.tasks.sweep", schedule=3, app=app)
    other = PatientScheduler(app=app, lazy=True)
    empty()
    for _ in range(20):
        scheduler.apply_entry(entry)
        other.apply_entry(entry)
    assert waiting() <= doorbell.MOST_WAITING + 1
    empty()


def test_a_beat_that_has_just_started_waits_for_nothing() -> None:
    started = PatientScheduler(app=app)
    assert {"sweep", "tick"} <= started.schedule.keys()
    assert all(entry.is_due()[0] for entry in started.schedule.values())


def test_every_scheduled_task_expires() -> None:
    assert all(entry["options"]["expires"] for entry in app.conf.beat_schedule.values())
