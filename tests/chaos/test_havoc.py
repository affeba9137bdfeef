"""Nothing is lost and nothing told twice, whatever is killed; on PostgreSQL and Redis of its own."""

import sys

import pytest

from tests.chaos.havoc import Count, Havoc, run

SHORT = Havoc(
    reminders=300,
    waves=1,
    celery_kills=3,
    redis_kills=1,
    redis_silences=0,
    postgresql_restarts=1,
    seconds_between=1.5,
    seconds_per_message=0.05,
    lease_seconds=8,
    most_seconds=100,
)
FULL = Havoc(
    reminders=4_000,
    waves=4,
    celery_kills=12,
    redis_kills=4,
    redis_silences=1,
    postgresql_restarts=2,
    seconds_between=3,
    seconds_per_message=0.02,
    lease_seconds=60,
    most_seconds=560,
)


@pytest.mark.postgresql
@pytest.mark.timeout(180)
def test_a_few_kills_lose_nothing() -> None:
    judge(SHORT, run(SHORT))


@pytest.mark.chaos
@pytest.mark.postgresql
@pytest.mark.timeout(600)
def test_many_kills_lose_nothing() -> None:
    judge(FULL, run(FULL))


def judge(havoc: Havoc, count: Count) -> None:
    sys.stdout.write(
        f"\n{havoc.reminders} reminders, {havoc.celery_kills} kills of workers and beats, {havoc.redis_kills} of Redis, "
        f"{havoc.redis_silences} silence, {havoc.postgresql_restarts} restarts of PostgreSQL, {count.seconds:.0f} s:\n"
        f"  lost {havoc.reminders - count.people_mailed}, in-app {count.in_app} for {count.people_told} people, "
        f"mails {count.mails}, repeats {count.repeats} (each under its first id: {count.ids_per_person == 1})\n"
    )
    assert count.people_mailed == havoc.reminders, "lost"
    assert count.in_app == count.people_told == havoc.reminders, "in the inbox exactly once each"
    assert (count.sent, count.unsent) == (havoc.reminders, 0)
    assert count.repeats <= count.kills
    assert count.ids_per_person == 1, "a repeat carries the id of the first"
