"""The feed of changes, walked while many write: every change once, and nothing before what it depends on."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection, transaction

from activity.models import Event
from activity.rules.change_lines import Happened, lines_of
from activity.services import record_event
from activity.services.number_events import number_events
from checkins.services.record_check_in import record_check_in
from common.ids import new_id
from dashboards.queries.resources.change_cursor import START
from dashboards.queries.resources.change_feed import ChangeRow, change_page
from objectives.models import KeyResult
from people.models import Team, User
from people.roles import Role
from tests.factories import (
    NOW,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
)

pytestmark = pytest.mark.django_db(transaction=True)
WAITS_FOR = "after_id"


@dataclass
class Race:
    """One organisation, who writes in it, and what has been committed so far."""

    by: User
    key_results: tuple[KeyResult, ...]
    committed: list[UUID] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def race() -> Race:
    organisation = make_organisation()
    by = make_person(organisation, role=Role.ADMINISTRATOR)
    cycle, priority = make_cycle(organisation), make_priority(organisation)
    results = []
    for place in range(6):
        objective = make_objective(cycle, owner=by, title=f"Objective {place}")
        make_link(objective, priority)
        results.append(make_key_result(objective, owner=by))
    return Race(by, tuple(results))


def make_thing(race: Race, chance: random.Random, longest: float) -> None:
    """A new row that depends on one that is committed; slow before its event, after it, or both."""
    pk = new_id()
    with transaction.atomic():
        known = race.committed[-1 - chance.randrange(min(3, len(race.committed)))] if race.committed else None
        time.sleep(chance.random() * longest)
        record_event(
            verb="team.created",
            subject=Team(pk=pk),
            organisation_id=race.by.organisation_id,
            by=race.by,
            at=NOW,
            payload={WAITS_FOR: str(known) if known else None},
        )
        if chance.random() < 0.5:
            time.sleep(chance.random() * longest)
    race.committed.append(pk)


def write(race: Race, count: int, seed: int, longest: float) -> int:
    chance = random.Random(seed)
    try:
        for _ in range(count):
            if chance.random() < 0.2:
                row = chance.choice(race.key_results)
                value = Decimal(chance.randint(31, 38))
                record_check_in(key_result_id=row.pk, by=race.by, at=NOW, value=value, confidence=5)
            else:
                make_thing(race, chance, longest)
    finally:
        connection.close()
    return count


def read(race: Race) -> list[ChangeRow]:
    """Walk until all has been written and read; small pages, so that many fall between two commits."""
    rows: list[ChangeRow] = []
    place = START
    try:
        while True:
            was_over = race.is_over.is_set()
            number_events(race.by.organisation_id)
            page = change_page(race.by, place, size=7)
            rows += page.rows
            place = page.next
            if was_over and not page.has_more:
                return rows
    finally:
        connection.close()


def run(race: Race, *, threads: int, count: int, longest: float, seed: int) -> list[ChangeRow]:
    """Two read while the others write; both must have read the same."""
    with ThreadPoolExecutor(threads + 2) as pool:
        readers = [pool.submit(read, race) for _ in range(2)]
        writers = [pool.submit(write, race, count, seed + one, longest) for one in range(threads)]
        assert sum(one.result() for one in writers) == threads * count
        race.is_over.set()
        one, other = (reader.result() for reader in readers)
    assert one == other
    return one


def all_lines() -> Iterator[tuple[str, UUID, str]]:
    for event in Event.objects.order_by("position"):
        for line in lines_of(Happened(event.verb, event.subject_id, event.objective_id, event.payload)):
            yield (line.type, line.id, line.action.value)


def assert_whole(rows: list[ChangeRow], seed: int) -> None:
    """Every line once, in the order of places without a gap, and nothing before what it waited for."""
    assert [(row.type, row.id, row.action) for row in rows] == list(all_lines()), seed
    assert len({row.place for row in rows}) == len(rows), seed
    positions = list(Event.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1)), seed
    seen: set[UUID] = set()
    waits = dict(Event.objects.filter(verb="team.created").values_list("subject_id", f"payload__{WAITS_FOR}"))
    assert sum(one is not None for one in waits.values()) > len(waits) / 2
    for row in rows:
        if row.type == "team":
            assert waits[row.id] is None or UUID(waits[row.id]) in seen, seed
            seen.add(row.id)


def test_short_walk_among_writers(race: Race) -> None:
    """Another order in every run; a failure tells which. SQLite has one writer at a time, so fewer and faster."""
    seed = time.time_ns() % 1_000_000
    is_small = connection.vendor == "sqlite"
    count, longest = (8, 0.002) if is_small else (25, 0.02)
    assert_whole(run(race, threads=4 if is_small else 8, count=count, longest=longest, seed=seed), seed)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_long_walk_among_writers(race: Race, seed: int) -> None:
    """Eight writers, some of whose transactions take half a second while hundreds of others pass."""
    is_small = connection.vendor == "sqlite"
    count, longest = (40, 0.01) if is_small else (150, 0.2)
    assert_whole(run(race, threads=8, count=count, longest=longest, seed=seed * 1000), seed)
