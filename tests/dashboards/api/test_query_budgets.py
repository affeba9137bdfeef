"""How many statements an answer costs: the same for 10 rows and for 500."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alignment.models import AlignmentLink
from checkins.models import CheckIn
from objectives.models import KeyResult, Objective
from people.models import Membership, Team, User
from tests.api_world import World
from tests.factories import NOW, TODAY

LISTS = {
    "people/": 3,
    "teams/": 3,
    "cycles/": 2,
    "priorities/": 2,
    "objectives/": 3,
    "objectives/?cycle={cycle}&state=active": 4,
    "objectives/?expand=key_results,links,check_ins": 9,
    "key-results/": 5,
    "key-results/?expand=check_ins": 6,
    "objectives/{objective}/key-results/": 6,
    "check-ins/": 3,
    "key-results/{key_result}/check-ins/": 4,
    "alignment-links/": 3,
}
DETAILS = {
    "me/": 6,
    "people/{owner}/": 3,
    "teams/{team}/": 3,
    "cycles/{cycle}/": 2,
    "priorities/{priority}/": 2,
    "priorities/{priority}/explain/": 7,
    "objectives/{objective}/": 3,
    "objectives/{objective}/explain/": 5,
    "key-results/{key_result}/": 5,
    "alignment-links/{link}/": 3,
    "tree/": 11,
    "progress/": 11,
    "progress/history/": 5,
}


def fill(world: World, count: int) -> None:
    """So many rows of everything, all of it linked, owned and said."""
    people = User.objects.bulk_create(
        User(organisation=world.organisation, name=f"P{place}", email=f"p{place}@example.com", password="!")
        for place in range(count)
    )
    teams = Team.objects.bulk_create(
        Team(organisation=world.organisation, name=f"T{place}", lead=people[place]) for place in range(count)
    )
    Membership.objects.bulk_create(Membership(team=teams[p], user=people[p]) for p in range(count))
    objectives = Objective.objects.bulk_create(
        Objective(
            organisation=world.organisation,
            cycle=world.cycle,
            title=f"O{place}",
            state="active",
            owner=people[place],
            team=teams[place],
        )
        for place in range(count)
    )
    through = Objective.contributors.through
    through.objects.bulk_create(through(objective=objectives[p], user=people[p - 1]) for p in range(count))
    AlignmentLink.objects.bulk_create(
        AlignmentLink(
            organisation=world.organisation, child=one, priority=world.priority, kind="contributes", weight=1
        )
        for one in objectives
    )
    key_results = KeyResult.objects.bulk_create(
        KeyResult(organisation=world.organisation, objective=one, title="K", owner=one.owner)
        for one in objectives
    )
    CheckIn.objects.bulk_create(
        CheckIn(
            organisation=world.organisation,
            key_result=one,
            author=one.owner,
            source="manual",
            value=20,
            confidence=5,
            observed_on=TODAY,
            recorded_at=NOW,
            known_at=NOW,
            updated_at=NOW,
        )
        for one in key_results
    )


def cost(caller: Any, path: str) -> int:
    caller.get(path)
    with CaptureQueriesContext(connection) as statements:
        answer = caller.get(path)
    assert answer.status_code == 200
    return len(statements)


@pytest.mark.parametrize("count", [10, 500])
def test_every_read_keeps_its_budget(world: World, count: int) -> None:
    fill(world, count)
    ids = {name: value.pk for name, value in vars(world).items()}
    caller = world.call("owner")
    found = {}
    for path in [*LISTS, *DETAILS]:
        full = path.format(**ids)
        if path in LISTS:
            full += ("&" if "?" in full else "?") + "page_size=500"
        found[path] = cost(caller, full)
    assert found == {**LISTS, **DETAILS}


def test_the_promise() -> None:
    plain = [count for path, count in LISTS.items() if "expand" not in path]
    assert max(plain) <= 8
    assert max(DETAILS.values()) <= 12
