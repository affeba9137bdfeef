"""Who may do what: every address and method, asked by everybody, answers what tests/role_matrix.csv says."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from common import clock
from tests.architecture.routes import Route, all_routes
from tests.factories import NOW
from tests.role_calls import API_IDS, BODIES, CHANGES
from tests.role_world import ROLES, RoleWorld, make_role_world, read_answer

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("role_matrix")]
FILE = Path(__file__).with_suffix("").with_name("role_matrix.csv")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: what each role is answered at one address by one method."""

    route: str
    path: str
    method: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} /{self.path}"


def read_rows() -> list[Row]:
    with FILE.open(newline="", encoding="utf-8") as opened:
        lines = list(csv.DictReader(opened))
    return [
        Row(line["route"], line["path"], line["method"], {role: line[role] for role in ROLES})
        for line in lines
    ]


ROWS = read_rows()
ROUTES = {route.pattern: route for route in all_routes()}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[RoleWorld]:
    """Made once; every request is undone, and so is the world at the end."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr("dashboards.middleware.now", lambda: NOW)
        patch.setattr(clock, "now", lambda: NOW)
        yield make_role_world()
        transaction.set_rollback(True)


def ask(world: RoleWorld, route: Route, method: str, role: str) -> str:
    """One request, undone afterwards."""
    changes = {name: world.ids[other] for name, other in CHANGES.get(route.name, {}).items()}
    if "<uuid:id>" in route.pattern:
        changes = {"id": world.ids[API_IDS[route.pattern.split("/")[2]]], **changes}
    path = world.path(route.pattern, changes)
    cache.clear()
    save = transaction.savepoint()
    try:
        return read_answer(world.call(role, method, path, BODIES.get((route.name, method), {})), method)
    finally:
        transaction.savepoint_rollback(save)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_is_answered_as_the_file_says(world: RoleWorld, row: Row) -> None:
    assert row.path in ROUTES, "the address is gone; take its row out of the file"
    route = ROUTES[row.path]
    assert route.name == row.route
    assert {role: ask(world, route, row.method, role) for role in ROLES} == row.answers


@pytest.mark.parametrize("pattern", sorted(ROUTES))
def test_every_method_of_every_address_is_in_the_file(world: RoleWorld, pattern: str) -> None:
    """What the file does not name is refused with 405, for the administrator too."""
    listed = {row.method for row in ROWS if row.path == pattern}
    assert listed, "the address is in no row of tests/role_matrix.csv"
    unlisted = [method for method in METHODS if method not in listed]
    answers = {method: ask(world, ROUTES[pattern], method, "administrator") for method in unlisted}
    assert answers == dict.fromkeys(unlisted, "405")


def test_no_row_stands_twice() -> None:
    names = [(row.path, row.method) for row in ROWS]
    assert len(names) == len(set(names))
