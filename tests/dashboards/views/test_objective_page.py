"""The page of an objective: who may read it, what it says, and what it costs."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from alignment.rules.kinds import LinkKind
from checkins.models import ObjectiveNote
from checkins.rules.kinds import CheckInSource
from objectives.models import Objective
from objectives.rules.kinds import CycleState, KeyResultKind, ObjectiveState, ValueSource, Visibility
from objectives.services.change_objective_state import pause_objective
from objectives.services.delete_objective import delete_objective
from people.roles import Role
from tests.dashboards.page_world import World, counted, make_world, snapshot, spoken, visit, world
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_cycle,
    make_initiative,
    make_key_result,
    make_link,
    make_person,
    make_priority,
)

__all__ = ["counted", "visit", "world"]
pytestmark = pytest.mark.django_db
Visit = Callable[..., tuple[int, str]]
NOWHERE = "There is nothing at this address"


def test_a_stranger_reads_what_the_organisation_may_read(world: World, visit: Visit) -> None:
    objective = world.objective()
    status, page = visit(world.stranger, "objective", objective.pk)
    assert status == 200
    assert objective.title in page
    assert "data-check-in" not in page
    assert reverse("objective", args=[objective.pk]) + "edit" not in page


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.TEAM])
def test_to_a_stranger_a_private_objective_does_not_exist(
    world: World, visit: Visit, visibility: Visibility
) -> None:
    objective = world.objective(title="Nobody knows yet", visibility=visibility)
    status, page = visit(world.stranger, "objective", objective.pk)
    assert (status, NOWHERE in page, objective.title in page) == (404, True, False)
    nothing, elsewhere = visit(world.stranger, "objective", world.team.pk)
    secrets = re.compile(r'value="[^"]*"|[0-9a-f-]{36}')
    assert (nothing, secrets.sub("", elsewhere)) == (404, secrets.sub("", page))
    assert visit(world.administrator, "objective", objective.pk)[0] == 200
    assert visit(world.owner, "objective", objective.pk)[0] == 200


def test_of_another_organisation_there_is_nothing_even_for_an_administrator(
    world: World, visit: Visit
) -> None:
    elsewhere = make_world().objective()
    assert visit(world.administrator, "objective", elsewhere.pk)[0] == 404


def test_somebody_who_is_not_signed_in_is_asked_to(client: Client, world: World) -> None:
    assert client.get(reverse("objective", args=[world.objective().pk])).status_code == 302


def test_only_those_who_may_are_offered_to_check_in_and_to_edit(world: World, visit: Visit) -> None:
    objective = world.objective()
    make_key_result(objective)
    check_in = reverse("check_in_objective", args=[objective.pk])
    viewer = make_person(world.organisation, role=Role.VIEWER)
    for person, checks_in in (
        (world.owner, True),
        (world.contributor, True),
        (world.team_mate, True),
        (world.administrator, True),
        (world.stranger, False),
        (viewer, False),
    ):
        assert (check_in in visit(person, "objective", objective.pk)[1]) is checks_in, person.name


def test_the_sum_is_what_is_printed_above_it(world: World, visit: Visit) -> None:
    objective = world.objective()
    for weight, value in ((3, 33), (3, 52), (1, 57), (7, 29)):
        spoken(objective, weight, value)
    world.count()
    objective.refresh_from_db()
    _, page = visit(world.owner, "objective", objective.pk)
    sums = re.search(r"([\d.]+(?: \+ [\d.]+)+) = ([\d.]+) %\.", page)
    assert sums is not None
    parts = [Decimal(part) for part in sums[1].split(" + ")]
    assert sum(parts) == Decimal(sums[2])
    assert objective.progress is not None
    assert abs(Decimal(sums[2]) - 100 * objective.progress) < Decimal("0.06")
    assert "Why 37 %?" in page
    assert len(parts) == 4


def test_an_objective_without_key_results_says_so(world: World, visit: Visit) -> None:
    objective = world.objective(owner=None, team=None, contributors=[])
    world.count()
    status, page = visit(world.administrator, "objective", objective.pk)
    assert status == 200
    assert "No key results yet" in page
    assert "Why no number yet?" in page
    assert "no owner" in page
    assert "nothing to say yet" in page


def test_a_title_of_600_characters_is_whole(world: World, visit: Visit) -> None:
    title = ("An aim that somebody wrote down in full " * 15).strip()
    objective = world.objective(title=title)
    _, page = visit(world.owner, "objective", objective.pk)
    assert f"<h1>{title}</h1>" in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ObjectiveState.DRAFT, "It does not count yet."),
        (ObjectiveState.PROPOSED, "It does not count yet."),
        (ObjectiveState.PAUSED, "Nobody is asked to check in."),
        (ObjectiveState.CANCELLED, "counts no more"),
        (ObjectiveState.CLOSED, "Its numbers stay as they were then."),
    ],
)
def test_a_state_that_does_not_run_is_explained(
    world: World, visit: Visit, state: ObjectiveState, words: str
) -> None:
    objective = world.objective(state=state, state_reason="The supplier left us.")
    make_key_result(objective)
    status, page = visit(world.owner, "objective", objective.pk)
    assert status == 200
    assert words in page
    assert "The supplier left us." in page or state in (ObjectiveState.DRAFT, ObjectiveState.PROPOSED)


def test_the_reason_of_a_pause_stands_above_and_in_the_conversation(world: World, visit: Visit) -> None:
    objective = world.objective()
    pause_objective(objective=objective, by=world.owner, at=NOW, reason="Until the portal is there.")
    page = visit(world.stranger, "objective", objective.pk)[1]
    assert page.count("Until the portal is there.") == 2
    assert "Paused." in page


def test_the_main_step_of_a_paused_one_is_to_resume(world: World, visit: Visit) -> None:
    objective = world.objective(state=ObjectiveState.PAUSED)
    make_key_result(objective)
    resume = (
        f'<a class="btn btn-primary" href="{reverse("objective_state", args=[objective.pk])}?action=activate'
    )
    page = visit(world.owner, "objective", objective.pk)[1]
    assert (page.count(resume), page.count("?action=activate")) == (1, 1)
    assert '<a class="btn" href="' + reverse("check_in_objective", args=[objective.pk]) in page
    assert resume not in visit(world.stranger, "objective", objective.pk)[1]
    Objective.objects.update(state=ObjectiveState.ACTIVE)
    page = visit(world.owner, "objective", objective.pk)[1]
    assert '<a class="btn btn-primary" href="' + reverse("check_in_objective", args=[objective.pk]) in page


def test_automatic_values_are_one_line_that_opens(world: World, visit: Visit) -> None:
    objective = world.objective()
    key_result = make_key_result(objective, title="Stores with maps")
    for days in (3, 2, 1):
        make_check_in(
            key_result,
            value=50 - days,
            confidence=None,
            source=CheckInSource.CONNECTOR,
            observed_on=TODAY - timedelta(days=days),
        )
    page = visit(world.stranger, "objective", objective.pk)[1]
    assert "<details><summary" in page
    assert "3 automatic values, none changed its course" in page


def test_a_closed_one_shows_both_scores_and_why_they_differ(world: World, visit: Visit) -> None:
    objective = world.objective(
        state=ObjectiveState.CLOSED,
        progress=Decimal("0.64"),
        score=Decimal("0.8"),
        suggested_score=Decimal("0.64"),
        score_reason="The last store opens tomorrow.",
    )
    page = visit(world.stranger, "objective", objective.pk)[1]
    assert '<b class="num">0.8</b>' in page
    assert "0.64 computed, from 64 %" in page
    assert "The last store opens tomorrow." in page
    assert "Fastest way up" not in page


def test_key_results_of_every_kind_without_and_with_words(world: World, visit: Visit) -> None:
    objective = world.objective()
    for kind in KeyResultKind:
        key_result = make_key_result(objective, kind=kind, owner=None, owner_label="the night shift")
        make_check_in(key_result, value=1, note="It moves.", author=None, author_label="a guest")
    make_key_result(objective, title="Fed from below", value_source=ValueSource.ALIGNED_OBJECTIVES)
    world.count()
    status, page = visit(world.owner, "objective", objective.pk)
    assert status == 200
    for words in ("at most 5", "at least 95", "2 to 4", "of 2</b>", "finding out", "from aligned objectives"):
        assert words in page, words
    assert "the night shift" in page


def test_a_cycle_without_dates_has_neither_plan_nor_history(world: World, visit: Visit) -> None:
    objective = world.objective(
        cycle=make_cycle(world.organisation, starts_on=None, ends_on=None, name="Set 1")
    )
    spoken(objective, 1, 40)
    world.count()
    status, page = visit(world.owner, "objective", objective.pk)
    assert status == 200
    assert "Set 1" in page
    assert "How did it move?" not in page
    assert "Plan for today" not in page


def test_history_joins_kept_days_with_today(world: World, visit: Visit) -> None:
    objective = world.objective()
    key_result = spoken(objective, 1, 40, days=20)
    world.count()
    snapshot(world, TODAY - timedelta(days=10))
    make_check_in(key_result, value=60, author=world.owner)
    world.count()
    page = visit(world.owner, "objective", objective.pk)[1]
    assert "From 40 % on 10 May 2026 to 60 % on 20 May 2026" in page


def test_where_it_leads_and_what_leads_to_it(world: World, visit: Visit) -> None:
    priority = make_priority(world.organisation, title="Be the easiest place")
    objective, sibling = world.objective(), world.objective(title="The other one")
    for child, weight in ((objective, 3), (sibling, 7)):
        spoken(child, 1, 50)
        make_link(child, priority, weight=Decimal(weight))
    make_link(world.objective(title="A helper"), objective, kind=LinkKind.SUPPORTS, reason="It sends maps.")
    world.count()
    page = visit(world.stranger, "objective", objective.pk)[1]
    assert "contributes 30 %" in page
    assert "Contributes 30 % to" in page
    assert "Supported by" in page
    assert "It sends maps." in page


def test_a_private_child_is_named_only_to_those_who_may_see_it(world: World, visit: Visit) -> None:
    parent = world.objective()
    hidden = world.objective(title="A quiet plan", visibility=Visibility.PRIVATE)
    counts = world.objective(
        title="Another quiet plan", visibility=Visibility.PRIVATE, counts_when_private=True
    )
    for child in (hidden, counts):
        spoken(child, 1, 50)
        make_link(child, parent, kind=LinkKind.CONTRIBUTES)
    world.count()
    page = visit(world.stranger, "objective", parent.pk)[1]
    assert "quiet plan" not in page
    assert "a private objective" in page
    assert str(hidden.pk) not in page
    assert str(counts.pk) not in page
    assert "Another quiet plan" in visit(world.owner, "objective", parent.pk)[1]


def test_a_draft_priority_is_not_shown_to_members(world: World, visit: Visit) -> None:
    priority = make_priority(world.organisation, title="Not told yet", state="draft")
    objective = world.objective()
    make_link(objective, priority)
    assert "Not told yet" not in visit(world.owner, "objective", objective.pk)[1]
    assert "Not told yet" in visit(world.administrator, "objective", objective.pk)[1]


def test_text_of_others_is_escaped_and_addresses_become_links(world: World, visit: Visit) -> None:
    objective = world.objective(why="<script>x()</script> see https://example.org/a")
    ObjectiveNote.objects.create(
        organisation=world.organisation,
        objective=objective,
        text="**bold** <b>no</b>",
        value_text="3 of 7",
        known_at=NOW,
        author_label="a writer",
    )
    page = visit(world.owner, "objective", objective.pk)[1]
    assert "<script>x()" not in page
    assert '<a href="https://example.org/a" rel="nofollow">' in page
    assert "**bold** &lt;b&gt;no&lt;/b&gt;" in page
    assert "3 of 7" in page
    assert "no date" in page


def test_what_an_import_said_is_kept_in_sight(world: World, visit: Visit) -> None:
    objective = world.objective(
        source_fields={"source_path": "2024/goals.md", "empty": ""},
        score=Decimal("-0.012"),
        state=ObjectiveState.CLOSED,
    )
    page = visit(world.stranger, "objective", objective.pk)[1]
    assert "source path" in page
    assert "2024/goals.md" in page
    assert "-0.012" in page


def test_initiatives_wear_their_state(world: World, visit: Visit) -> None:
    objective = world.objective()
    make_initiative(
        make_key_result(objective), title="Help points", state="paused", url="https://example.org/"
    )
    page = visit(world.stranger, "objective", objective.pk)[1]
    assert "Help points" in page
    assert 'rel="nofollow noopener noreferrer"' in page


def test_only_editors_get_the_forms_for_work_and_links(world: World, visit: Visit) -> None:
    objective = world.objective()
    key_result = make_key_result(objective)
    link = make_link(objective, make_priority(world.organisation))
    forms = (
        reverse("initiative_save", args=[key_result.pk]),
        reverse("link_delete", args=[link.pk]),
        reverse("key_result_state", args=[key_result.pk]),
        f"{reverse('link_new')}?child={objective.pk}",
        f"{reverse('objective_state', args=[objective.pk])}?action=pause",
    )
    for form in forms:
        assert form in visit(world.contributor, "objective", objective.pk)[1], form
        assert form not in visit(world.team_mate, "objective", objective.pk)[1], form


def test_a_deleted_one_can_be_brought_back_by_those_who_may_edit_it(world: World, visit: Visit) -> None:
    objective = world.objective()
    delete_objective(objective=objective, by=world.owner, at=NOW)
    status, page = visit(world.owner, "objective", objective.pk)
    assert (status, "This objective was deleted" in page) == (410, True)
    status, page = visit(world.stranger, "objective", objective.pk)
    assert (status, NOWHERE in page) == (404, True)


def test_a_page_beyond_the_conversation_is_nowhere(world: World, visit: Visit) -> None:
    objective = world.objective()
    assert visit(world.owner, "objective", objective.pk, "?page=9")[0] == 404
    assert visit(world.owner, "objective", objective.pk, "?page=0&show=nonsense")[0] == 200


def test_tabs_show_one_side_of_the_conversation(world: World, visit: Visit) -> None:
    objective = world.objective()
    make_check_in(make_key_result(objective), note="Maps are right.", author=world.owner)
    pause_objective(objective=objective, by=world.owner, at=NOW, reason="Until spring.")
    said = visit(world.owner, "objective", objective.pk, "?show=check_ins")[1]
    changed = visit(world.owner, "objective", objective.pk, "?show=changes")[1]
    assert "Paused." not in said
    assert said.count("Maps are right.") == 2
    assert "Paused." in changed
    assert changed.count("Maps are right.") == 1


@pytest.mark.parametrize("key_results", [3, 30])
def test_twelve_statements_whatever_it_holds(
    world: World, counted: Callable[..., int], key_results: int
) -> None:
    objective = _full(world, key_results)
    assert counted(world.contributor, "objective", objective.pk) == 12
    assert counted(world.stranger, "objective", objective.pk) == 12


def _full(world: World, key_results: int) -> Objective:
    objective = world.objective()
    make_link(objective, make_priority(world.organisation))
    for place in range(key_results):
        kind = KeyResultKind.MILESTONES if place % 3 == 0 else KeyResultKind.INCREASE
        key_result = make_key_result(objective, kind=kind, owner=world.owner)
        make_initiative(key_result)
        for week in range(2):
            make_check_in(
                key_result,
                author=world.owner,
                recorded_by=world.administrator,
                observed_on=TODAY - timedelta(days=7 * week),
                note="Words.",
                source=CheckInSource.MANUAL,
            )
        make_link(world.objective(title=f"Child {place}"), objective)
    world.count()
    snapshot(world, TODAY - timedelta(days=1))
    return objective


def test_a_closed_cycle_offers_nothing_but_words(world: World, visit: Visit) -> None:
    cycle = make_cycle(world.organisation, state=CycleState.CLOSED, name="Q1 2026")
    objective = world.objective(cycle=cycle, state=ObjectiveState.CLOSED)
    make_key_result(objective)
    page = visit(world.administrator, "objective", objective.pk)[1]
    assert "data-check-in" not in page.split("<main", 1)[1]
    forms = re.findall(r'action="([^"]*)"', page.split('id="main"', 1)[1].split("</main>")[0])
    assert [one for one in forms if not one.startswith(reverse("comment_new"))] == []
