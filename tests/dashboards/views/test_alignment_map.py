import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from alignment.models import AlignmentLink
from alignment.rules.kinds import LinkKind, LinkState
from objectives.rules.kinds import Visibility
from people.models import User
from tests.dashboards.page_world import World, counted, spoken, visit, world
from tests.factories import make_link, make_person, make_priority

__all__ = ["counted", "visit", "world"]
pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_page_leads_to_the_graph_and_without_script_to_the_outline(
    world: World, visit: Callable[..., tuple[int, str]]
) -> None:
    status, page = visit(world.stranger, "alignment_map")
    assert status == 200
    assert f'data-graph="{reverse("alignment_map_graph")}?cycle={world.cycle.pk}"' in page
    assert (
        f'<noscript><p class="notice mt16">The map is drawn by a script. <a class="link" href="{reverse("alignment")}'
        in page
    )
    assert 'aria-current="page">Map</a>' in page
    assert f'href="{reverse("alignment_map")}"' in visit(world.stranger, "alignment")[1]


def test_a_viewer_gets_no_form_to_link(world: World, visit: Callable[..., tuple[int, str]]) -> None:
    viewer = make_person(world.organisation, name="Kofi", role="viewer")
    assert "data-map-link" not in visit(viewer, "alignment_map")[1]
    assert "data-map-link" in visit(world.owner, "alignment_map")[1]


def test_the_graph_is_compact_and_links_name_rows_by_their_place(world: World) -> None:
    priority = make_priority(world.organisation, title="First of all")
    objective = world.objective()
    spoken(objective, 1, 40)
    make_link(objective, priority)
    world.count()
    graph = client_of(world.owner).get(reverse("alignment_map_graph")).json()
    assert graph["priorities"][0][1] == "First of all"
    assert graph["objectives"][0][:2] == [str(objective.pk), objective.title]
    assert graph["teams"] == ["Store Operations"]
    assert graph["key_results"][0][1] == 0
    assert graph["edges"][0][1:5] == [0, "priority", 0, "contributes"]


def test_the_same_graph_is_sent_once(world: World) -> None:
    client, at = client_of(world.stranger), reverse("alignment_map_graph")
    first = client.get(at)
    assert first["Cache-Control"] == "private, no-cache"
    assert client.get(at, headers={"If-None-Match": first["ETag"]}).status_code == 304
    world.objective("Unseen", visibility=Visibility.PRIVATE)
    assert client.get(at, headers={"If-None-Match": first["ETag"]}).status_code == 304
    world.objective("Seen")
    assert client.get(at, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_at_most_fifteen_statements(world: World, counted: Callable[..., int]) -> None:
    objective = world.objective()
    make_link(objective, make_priority(world.organisation))
    assert counted(world.stranger, "alignment_map_graph") <= 15
    assert counted(world.stranger, "alignment_map") <= 15


def test_the_map_is_answered_in_words(world: World) -> None:
    first, second = world.objective("First"), world.objective("Second")
    client, at = client_of(world.owner), reverse("link_new")

    def send(child: object, parent: str) -> tuple[int, str]:
        typed = {"child": str(child), "parent": parent, "kind": "supports", "weight": "1"}
        answer = client.post(at, typed, headers={"Accept": "application/json"})
        return answer.status_code, json.loads(answer.content)["message"]

    assert send(first.pk, f"objective:{second.pk}") == (201, "Linked. Everything above counts it now.")
    assert AlignmentLink.objects.count() == 1
    status, words = send(second.pk, f"objective:{first.pk}")
    assert status == 422
    assert words == "This link would close a loop: “Second” → “First” → “Second”."
    assert send(first.pk, "")[0] == 422


def test_the_outline_tells_every_link_of_an_opened_objective(
    world: World, visit: Callable[..., tuple[int, str]]
) -> None:
    first, second = world.objective("First"), world.objective("Second")
    hidden = world.objective("Quokka", visibility=Visibility.PRIVATE)
    result = spoken(second, 1, 30, title="A sign")
    make_link(first, second, kind=LinkKind.DEPENDS_ON, state=LinkState.ACCEPTED)
    make_link(first, result)
    make_link(hidden, second)
    world.count()
    _, page = visit(world.stranger, "alignment", query="?open=all")
    for words in ("Depends on, accepted", "Needed by, accepted", "Supports", "Supported by through “A sign”"):
        assert f"<span>{words} <a" in page
    assert "Quokka" not in page
