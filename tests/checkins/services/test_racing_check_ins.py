"""Many people at once: check-ins, edits, deletions, re-weights and moved links leave every stored number exact."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from alignment.models import AlignmentLink, StrategicPriority
from alignment.services import create_link, delete_link, edit_link
from checkins.models import CheckIn
from checkins.services.edit_check_in import delete_check_in, edit_check_in, restore_check_in
from checkins.services.find_drift import find_drift
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.record_check_in import record_check_in
from common.errors import ProductError
from objectives.models import KeyResult, Milestone, Objective
from objectives.rules.kinds import KeyResultKind
from objectives.services import (
    activate_objective,
    delete_key_result,
    edit_key_result,
    pause_objective,
    restore_key_result,
)
from people.models import Organisation, User
from people.roles import Role
from tests.factories import (
    NOW,
    TODAY,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
)

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
WITH_STEPS = KeyResultKind.MILESTONES
WITHOUT_VALUE = (KeyResultKind.MILESTONES, KeyResultKind.YES_NO)


@dataclass(frozen=True)
class Field:
    """Priorities, two levels of objectives and key results of every kind, all of them busy."""

    organisation: Organisation
    people: tuple[User, ...]

    def some(self, model: Any, chance: random.Random) -> Any:
        manager = getattr(model, "everything", model.objects)
        return chance.choice(list(manager.filter(organisation=self.organisation)))


@pytest.fixture
def field() -> Field:
    organisation = make_organisation()
    people = tuple(make_person(organisation, role=Role.ADMINISTRATOR) for _ in range(4))
    cycle = make_cycle(organisation)
    priorities = [make_priority(organisation, title=f"Priority {n}", rank=n) for n in range(3)]
    objectives = [make_objective(cycle, owner=people[n % 4], title=f"Objective {n}") for n in range(12)]
    for place, objective in enumerate(objectives):
        for kind in list(KeyResultKind)[place % 4 : place % 4 + 4]:
            make_key_result(objective, kind=kind, owner=people[place % 4], weight=Decimal(1 + place % 3))
        if place < 4:
            make_link(objective, priorities[place % 3], weight=Decimal(2))
        else:
            make_link(objective, objectives[place % 4], kind="contributes")
    rebuild_numbers(organisation=organisation, today=TODAY)
    return Field(organisation, people)


def check_in(field: Field, chance: random.Random, **who: Any) -> None:
    row: KeyResult = field.some(KeyResult, chance)
    said: dict[str, Any] = {}
    if row.kind == WITH_STEPS:
        steps = list(Milestone.objects.filter(key_result=row).values_list("pk", flat=True))
        said["milestones_done"] = chance.sample(steps, chance.randint(0, len(steps)))
    else:
        highest = 1 if row.kind == KeyResultKind.YES_NO else 100
        said["value"] = Decimal(chance.randint(0, highest))
    said["observed_on"] = TODAY - timedelta(days=chance.randint(0, 20))
    record_check_in(key_result_id=row.pk, confidence=chance.randint(1, 10), **said, **who)


def edit(field: Field, chance: random.Random, **who: Any) -> None:
    row: CheckIn = field.some(CheckIn, chance)
    changes: dict[str, Any] = {"confidence": chance.randint(1, 10)}
    if row.key_result.kind not in WITHOUT_VALUE:
        changes["value"] = Decimal(chance.randint(0, 100))
    edit_check_in(check_in=row, **changes, **who)


def take_back(field: Field, chance: random.Random, **who: Any) -> None:
    row: CheckIn = field.some(CheckIn, chance)
    (delete_check_in if row.deleted_at is None else restore_check_in)(check_in=row, **who)


def reweigh(field: Field, chance: random.Random, **who: Any) -> None:
    edit_key_result(key_result=field.some(KeyResult, chance), weight=Decimal(chance.randint(0, 5)), **who)


def move(field: Field, chance: random.Random, **who: Any) -> None:
    """Take a link away, change its weight, or link an objective to something new, also where a loop would close."""
    link: AlignmentLink = field.some(AlignmentLink, chance)
    way = chance.random()
    if way < 0.3:
        delete_link(link=link, **who)
    elif way < 0.5:
        edit_link(link=link, weight=Decimal(chance.randint(1, 4)), **who)
    else:
        model = chance.choice([StrategicPriority, Objective, KeyResult])
        child = field.some(Objective, chance)
        create_link(child=child, parent=field.some(model, chance), kind="contributes", **who)


def remove(field: Field, chance: random.Random, **who: Any) -> None:
    row: KeyResult = field.some(KeyResult, chance)
    (delete_key_result if row.deleted_at is None else restore_key_result)(key_result=row, **who)


def rest(field: Field, chance: random.Random, **who: Any) -> None:
    row: Objective = field.some(Objective, chance)
    if row.state == "paused":
        activate_objective(objective=row, **who)
    else:
        pause_objective(objective=row, reason="It waits", **who)


DEEDS: tuple[tuple[Callable[..., None], int], ...] = (
    (check_in, 10),
    (edit, 3),
    (take_back, 3),
    (reweigh, 2),
    (move, 4),
    (remove, 1),
    (rest, 1),
)


def race(field: Field, seed: int, count: int) -> Counter[str]:
    """What one thread does; refusals by a rule are part of the game, anything else ends the test."""
    chance, done = random.Random(seed), Counter[str]()
    try:
        for step in range(count):
            [deed] = chance.choices([one for one, _ in DEEDS], [weight for _, weight in DEEDS])
            who = {"by": chance.choice(field.people), "at": NOW + timedelta(milliseconds=10 * step + seed)}
            try:
                deed(field, chance, **who)
                done[deed.__name__] += 1
            except (ProductError, IndexError):
                done["refused"] += 1
            except Exception as error:
                error.add_note(f"seed {seed}, {deed.__name__}")
                raise
        return done
    finally:
        connection.close()


def run(field: Field, *, threads: int, count: int, seed: int) -> Counter[str]:
    with ThreadPoolExecutor(threads) as pool:
        racing = [pool.submit(race, field, seed + thread, count) for thread in range(threads)]
        return sum((one.result() for one in racing), Counter[str]())


def assert_exact(field: Field, done: Counter[str], count: int, named: str) -> None:
    assert sum(done.values()) == count
    assert done["refused"] < count / 2
    assert all(done[deed.__name__] for deed, _ in DEEDS), done
    field.organisation.refresh_from_db()
    assert find_drift(organisation=field.organisation, today=TODAY) == [], named


def test_short_race_leaves_no_drift(field: Field) -> None:
    """Another order of deeds in every run; a failure tells which."""
    seed = time.time_ns() % 1_000_000
    assert_exact(field, run(field, threads=6, count=40, seed=seed), 240, f"seed {seed}")


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_long_race_leaves_no_drift(field: Field, seed: int) -> None:
    """Eight threads, two hundred deeds each."""
    assert_exact(field, run(field, threads=8, count=200, seed=seed * 1000), 1600, f"seed {seed}")


def test_two_links_that_would_close_a_loop_together_never_both_stand(field: Field) -> None:
    """Both sides of the loop are asked for at the same moment, again and again; one of them is refused."""
    cycle = make_cycle(field.organisation, name="Loops")
    by = field.people[0]
    for _ in range(10):
        one, other = make_objective(cycle, owner=by), make_objective(cycle, owner=by)
        with ThreadPoolExecutor(2) as pool:
            both = [pool.submit(_link, one, other, by), pool.submit(_link, other, one, by)]
            assert sorted(each.result() for each in both) == ["linked", "refused"]


def _link(child: Objective, parent: Objective, by: User) -> str:
    try:
        create_link(child=child, parent=parent, by=by, at=NOW)
        return "linked"
    except ProductError as error:
        return "refused" if "→" in error.message else error.message
    finally:
        connection.close()
