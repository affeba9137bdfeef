from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alignment.models import LinkAnswer
from alignment.rules.kinds import LinkKind, LinkState
from dashboards.queries import map_graph as module
from dashboards.queries.map_graph import map_graph
from objectives.rules.kinds import ObjectiveState, Visibility
from tests.dashboards.page_world import World, spoken, world
from tests.factories import (
    NOW,
    TODAY,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_priority,
)

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def graph_of(world: World, who: str = "stranger", **fields: object) -> module.MapGraph:
    return map_graph(getattr(world, who), world.cycle.pk, today=TODAY, **fields)  # type: ignore[arg-type]


def test_every_kind_of_link_with_its_share_state_and_answer(world: World) -> None:
    priority = make_priority(world.organisation)
    child, other = world.objective(), world.objective("Shelves are full")
    heavy, light = spoken(child, 3, 40), spoken(child, 1, 20)
    spoken(other, 1, 50)
    make_link(child, priority, weight=3)
    make_link(other, priority, weight=1)
    asked = make_link(child, other, kind=LinkKind.DEPENDS_ON, state=LinkState.ACCEPTED)
    make_link(other, heavy)
    LinkAnswer.objects.create(link=asked, state=LinkState.ACCEPTED, by=world.owner, at=NOW)
    world.count()
    graph = graph_of(world)
    assert [row.title for row in graph.objectives] == [child.title, other.title]
    assert {(row.id, row.share) for row in graph.key_results if row.objective == str(child.pk)} == {
        (str(heavy.pk), 0.75),
        (str(light.pk), 0.25),
    }
    told = {
        (edge.child, edge.parent_type, edge.kind): (edge.share, edge.state, edge.on) for edge in graph.edges
    }
    assert told == {
        (str(child.pk), "priority", "contributes"): (0.75, "active", None),
        (str(other.pk), "priority", "contributes"): (0.25, "active", None),
        (str(child.pk), "objective", "depends_on"): (None, "accepted", NOW.date()),
        (str(other.pk), "key_result", "supports"): (None, "active", None),
    }


def test_a_declined_request_and_a_cancelled_objective_are_no_part_of_it(world: World) -> None:
    child, other = world.objective(), world.objective("Shelves are full")
    make_link(child, other, kind=LinkKind.DEPENDS_ON, state=LinkState.DECLINED)
    gone = world.objective("Gone", state=ObjectiveState.CANCELLED)
    make_link(gone, other)
    graph = graph_of(world)
    assert graph.edges == ()
    assert len(graph.objectives) == 2


def test_what_a_reader_may_not_see_leaves_no_trace(world: World) -> None:
    priority = make_priority(world.organisation)
    hidden = world.objective("Quokka", visibility=Visibility.PRIVATE)
    result = spoken(hidden, 1, 50, title="Quokka result")
    seen = world.objective("Seen")
    for parent in (priority, seen):
        make_link(hidden, parent, kind=LinkKind.CONTRIBUTES)
    make_link(seen, hidden)
    make_link(world.objective("Second"), result)
    world.count()
    graph = graph_of(world)
    assert "uokka" not in repr(graph)
    assert str(hidden.pk) not in repr(graph)
    assert graph.edges == ()
    assert "Quokka" in repr(graph_of(world, "owner"))
    assert "Quokka result" in repr(graph_of(world, "administrator"))


def test_a_private_objective_that_counts_is_an_edge_without_a_name(world: World) -> None:
    priority = make_priority(world.organisation)
    hidden = world.objective("Quokka", visibility=Visibility.PRIVATE, counts_when_private=True)
    shown = world.objective("Seen")
    for objective in (hidden, shown):
        spoken(objective, 1, 50)
        make_link(objective, priority)
    world.count()
    graph = graph_of(world)
    assert "uokka" not in repr(graph)
    assert str(hidden.pk) not in repr(graph)
    assert {(edge.child, edge.id != "", edge.share) for edge in graph.edges} == {
        ("", False, 0.5),
        (str(shown.pk), True, 0.5),
    }


def test_other_cycles_come_along_where_a_chain_of_links_ties_them(world: World) -> None:
    year = make_cycle(
        world.organisation,
        name="Year",
        starts_on=TODAY - timedelta(days=200),
        ends_on=TODAY + timedelta(days=160),
    )
    past = make_cycle(
        world.organisation,
        name="Past",
        starts_on=TODAY - timedelta(days=600),
        ends_on=TODAY - timedelta(days=400),
    )
    above = make_objective(year, owner=world.owner, title="All year")
    make_objective(year, owner=world.owner, title="Not tied")
    before = make_objective(past, owner=world.owner, title="Long ago")
    child = world.objective()
    make_link(child, above)
    make_link(child, before)
    graph = graph_of(world)
    assert {(row.title, row.cycle) for row in graph.objectives} == {(child.title, ""), ("All year", "Year")}
    assert len(graph.edges) == 1


def test_too_big_a_map_brings_parents_and_those_of_the_focus_only(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_NODES", 2)
    first, second = world.objective("First"), world.objective("Second")
    linked = make_key_result(first, title="Linked")
    spoken(first, 1, 10, title="Left out")
    spoken(second, 1, 10, title="Of the focus")
    make_link(second, linked)
    world.count()
    assert [row.title for row in graph_of(world).key_results] == ["Linked"]
    focused = graph_of(world, key_results_of=second.pk)
    assert {row.title for row in focused.key_results} == {"Linked", "Of the focus"}
    assert not focused.has_all_key_results


def test_who_may_link(world: World) -> None:
    world.objective()
    for who, may in (("owner", True), ("contributor", True), ("team_mate", False), ("administrator", True)):
        assert [row.may_link for row in graph_of(world, who).objectives] == [may], who


@pytest.mark.parametrize("count", [1, 3])
def test_eight_statements_however_many_rows(world: World, count: int) -> None:
    for number in range(count):
        priority = make_priority(world.organisation, title=f"Priority {number}")
        first, second = world.objective(f"First {number}"), world.objective(f"Second {number}")
        result = spoken(first, 1, 50)
        make_link(first, priority)
        make_link(second, result)
        make_link(second, first, kind=LinkKind.DEPENDS_ON)
    world.count()
    with CaptureQueriesContext(connection) as statements:
        graph = graph_of(world)
    assert len(graph.edges) == 3 * count
    assert len(statements) == 8
