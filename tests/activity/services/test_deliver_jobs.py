"""The outbox: nothing lost, nothing done twice, and what cannot be done is visible."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from activity.models import Heartbeat, OutboxJob
from activity.models.outbox_job import MAX_ATTEMPTS
from activity.services.deliver_jobs import LEASE, claim_jobs, deliver_jobs, retry_dead, run_claimed
from activity.services.enqueue import enqueue
from common import jobs
from common.jobs import register_job

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def seen() -> Iterator[list[Any]]:
    """What the registered work `test.note` was told; `test.fail` and `test.send` exist too."""
    told: list[Any] = []

    @register_job("test.note")
    def note(payload: dict[str, Any], *, at: datetime) -> None:
        Heartbeat.objects.create(name=f"effect-{payload['number']}", beat_at=at)
        told.append(payload["number"])

    @register_job("test.fail")
    def fail(payload: dict[str, Any], *, at: datetime) -> None:
        Heartbeat.objects.create(name="half done", beat_at=at)
        raise ValueError("this never works")

    @register_job("test.send", is_external=True)
    def send(payload: dict[str, Any], *, at: datetime) -> None:
        assert not connection.in_atomic_block or payload.get("in_test")
        told.append("sent")

    yield told
    for name in ("test.note", "test.fail", "test.send"):
        del jobs._jobs[name]


@pytest.mark.django_db
class TestDelivery:
    def test_what_is_due_runs_once(self, seen: list[Any], clock: Clock) -> None:
        enqueue("test.note", {"number": 1}, at=NOON)
        assert deliver_jobs(now=clock) == 1
        assert deliver_jobs(now=clock) == 0
        assert seen == [1]
        assert OutboxJob.objects.get().state == "done"

    def test_what_is_due_later_waits(self, seen: list[Any], clock: Clock) -> None:
        enqueue("test.note", {"number": 1}, at=NOON, due_at=NOON + timedelta(hours=1))
        assert deliver_jobs(now=clock) == 0
        clock.at += timedelta(hours=1)
        assert deliver_jobs(now=clock) == 1

    def test_the_same_key_is_queued_once_for_ever(self, seen: list[Any], clock: Clock) -> None:
        assert enqueue("test.note", {"number": 1}, at=NOON, unique_key="monday")
        deliver_jobs(now=clock)
        assert not enqueue("test.note", {"number": 1}, at=NOON, unique_key="monday")
        assert deliver_jobs(now=clock) == 0

    def test_a_failure_leaves_no_half_effect_and_is_tried_again(self, seen: list[Any], clock: Clock) -> None:
        enqueue("test.fail", {}, at=NOON)
        deliver_jobs(now=clock)
        job = OutboxJob.objects.get()
        assert (job.state, job.attempts, job.due_at > NOON) == ("waiting", 1, True)
        assert "this never works" in job.last_error
        assert not Heartbeat.objects.filter(name="half done").exists()

    def test_poison_is_dead_in_the_end_and_can_be_revived(self, seen: list[Any], clock: Clock) -> None:
        enqueue("test.fail", {}, at=NOON)
        for _ in range(MAX_ATTEMPTS + 2):
            deliver_jobs(now=clock)
            clock.at += timedelta(hours=2)
        job = OutboxJob.objects.get()
        assert (job.state, job.attempts) == ("dead", MAX_ATTEMPTS)
        assert list(OutboxJob.objects.dead()) == [job]
        assert retry_dead(job_id=job.pk, at=clock.at)
        assert not retry_dead(job_id=job.pk, at=clock.at)

    def test_one_poisoned_job_does_not_stop_the_others(self, seen: list[Any], clock: Clock) -> None:
        enqueue("test.fail", {}, at=NOON)
        enqueue("test.note", {"number": 2}, at=NOON)
        deliver_jobs(now=clock)
        assert seen == [2]

    def test_unknown_work_stays_and_says_so(self, clock: Clock) -> None:
        enqueue("test.nobody", {}, at=NOON)
        deliver_jobs(now=clock)
        assert "test.nobody" in OutboxJob.objects.get().last_error

    def test_work_that_kills_its_worker_dies_too(self, seen: list[Any], clock: Clock) -> None:
        enqueue("test.note", {"number": 1}, at=NOON)
        for _ in range(MAX_ATTEMPTS):
            assert claim_jobs(at=clock.at)  # … and the process is gone
            clock.at += LEASE
        deliver_jobs(now=clock)
        assert OutboxJob.objects.get().state == "dead"
        assert seen == []

    def test_a_claim_is_left_alone_until_it_runs_out(self, seen: list[Any], clock: Clock) -> None:
        enqueue("test.note", {"number": 1}, at=NOON)
        (slow,) = claim_jobs(at=clock.at)
        assert claim_jobs(at=clock.at) == []
        clock.at += LEASE
        (quick,) = claim_jobs(at=clock.at)
        run_claimed(slow, now=clock)
        assert seen == []
        run_claimed(quick, now=clock)
        assert seen == [1]


@pytest.mark.django_db
def test_a_change_that_is_undone_queues_nothing(seen: list[Any]) -> None:
    with transaction.atomic():
        enqueue("test.note", {"number": 1}, at=NOON)
        transaction.set_rollback(True)
    assert not OutboxJob.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_external_work_runs_outside_a_transaction(seen: list[Any], clock: Clock) -> None:
    enqueue("test.send", {}, at=NOON)
    deliver_jobs(now=clock)
    assert seen == ["sent"]


@pytest.mark.django_db(transaction=True)
def test_many_workers_share_the_work_without_doing_any_twice(seen: list[Any], clock: Clock) -> None:
    for number in range(120):
        enqueue("test.note", {"number": number}, at=NOON)
    in_threads(6, lambda: deliver_jobs(now=clock))
    assert sorted(seen) == list(range(120))
    assert not OutboxJob.objects.open().exists()


@pytest.mark.django_db(transaction=True)
def test_many_with_the_same_key_at_once_queue_one(seen: list[Any]) -> None:
    in_threads(8, lambda: enqueue("test.note", {"number": 1}, at=NOON, unique_key="one"))
    assert OutboxJob.objects.count() == 1


def in_threads(count: int, work: Callable[[], object]) -> None:
    """Run `work` in so many threads at once, each with a connection of its own; errors come out."""
    barrier, errors = threading.Barrier(count), []

    def run() -> None:
        try:
            barrier.wait()
            work()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
