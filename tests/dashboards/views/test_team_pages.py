"""Teams, one team, one person: what they show, to whom, and what it costs."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from objectives.rules.kinds import KeyResultKind, ObjectiveState, Visibility
from people.models import Absence
from tests.dashboards.page_world import World, counted, make_world, spoken, visit, world
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_key_result,
    make_person,
    make_team,
)

__all__ = ["counted", "visit", "world"]
pytestmark = pytest.mark.django_db
Visit = Callable[..., tuple[int, str]]
LAST_WEEK = TODAY - timedelta(days=7)


def test_teams_stand_in_order_of_names_with_their_sub_teams_below(world: World, visit: Visit) -> None:
    make_team(parent=world.team, name="Antwerp")
    make_team(world.organisation, name="Data")
    make_team(world.organisation, name="Zoo", archived_at=NOW)
    page = visit(world.stranger, "teams")[1].split("<tbody>")[1]
    names = re.findall(r'<th scope="row" class="d(\d)"><a [^>]+>([^<]+)', page)
    assert names == [("0", "Data"), ("0", "Store Operations"), ("1", "Antwerp")]


def test_a_team_counts_what_everybody_may_see(world: World, visit: Visit) -> None:
    for title, value, visibility in (
        ("First", 20, Visibility.ORGANISATION),
        ("Second", 60, Visibility.ORGANISATION),
        ("Hidden", 100, Visibility.PRIVATE),
    ):
        spoken(world.objective(title=title, visibility=visibility), 1, value)
    world.objective(title="Draft", state=ObjectiveState.DRAFT)
    world.count()
    for person in (world.owner, world.stranger):
        row = visit(person, "teams")[1].split("<tbody>")[1].split("</tbody>")[0]
        assert '<span class="num w36">40 %</span>' in row
        assert '<td class="num right" data-label="Objectives">2</td>' in row
        assert "2 objectives and 2 key results" in visit(person, "team", world.team.pk)[1]


def test_a_team_without_anything_says_so(world: World, visit: Visit) -> None:
    empty = make_team(world.organisation, name="Quiet corner")
    for query in ("", "?tab=objectives", "?tab=people", "?tab=nonsense"):
        assert visit(world.stranger, "team", empty.pk, query)[0] == 200
    assert "Nobody yet." in visit(world.stranger, "team", empty.pk)[1]


def test_what_changed_course_has_most_confidence_lost_first(world: World, visit: Visit) -> None:
    objective = world.objective()
    for title, before, after in (("Slipped a little", 7, 5), ("Slipped a lot", 9, 3), ("Steady", 6, 6)):
        key_result = spoken(objective, 1, 50, days=7, title=title)
        key_result.check_ins.update(confidence=before)
        make_check_in(key_result, value=55, confidence=after, author=world.owner, note=f"About {title}.")
    world.count()
    page = visit(world.stranger, "team", world.team.pk)[1]
    course = page.split("What changed course")[1].split("</section>")[0]
    assert course.index("Slipped a lot") < course.index("Slipped a little")
    assert "Confidence 9 → 3." in course
    assert "About Slipped a lot." in course
    assert "Steady" not in course
    assert "1 other key result did not turn" in course


def test_a_status_that_worsened_changes_course_too(world: World, visit: Visit) -> None:
    key_result = make_key_result(world.objective(), kind=KeyResultKind.AT_MOST, title="Queue", unit="min")
    make_check_in(key_result, value=4, observed_on=LAST_WEEK, author=world.owner)
    make_check_in(key_result, value=7, author=world.owner)
    world.count()
    page = visit(world.stranger, "team", world.team.pk)[1]
    assert "7 min. Confidence steady at 6." in page.split("What changed course")[1]


def test_wins_of_two_weeks_and_what_went_quiet(world: World, visit: Visit) -> None:
    objective = world.objective(activated_at=NOW - timedelta(days=60))
    new = make_key_result(objective, title="Searches", activated_at=NOW - timedelta(days=60))
    old = make_key_result(objective, title="Forgotten", activated_at=NOW - timedelta(days=60))
    make_check_in(new, win="Antwerp moved the desk.", author=world.owner)
    make_check_in(old, win="Long ago.", author=world.owner, observed_on=TODAY - timedelta(days=30))
    world.count()
    page = visit(world.stranger, "team", world.team.pk)[1]
    assert "Antwerp moved the desk." in page
    assert "Long ago." not in page
    assert "Forgotten" in page.split("Gone quiet")[1].split("</section>")[0]


def test_private_objectives_stay_out_of_the_sight_of_strangers(world: World, visit: Visit) -> None:
    hidden = world.objective(title="A quiet plan", visibility=Visibility.PRIVATE)
    key_result = spoken(hidden, 1, 50, title="Quiet sign")
    key_result.check_ins.update(win="Quiet win", note="Quiet note")
    world.count()
    for name, key in (("team", world.team.pk), ("person", world.owner.pk)):
        for query in ("", "?tab=objectives"):
            assert not re.search(
                "quiet (plan|sign|win|note)", visit(world.stranger, name, key, query)[1], re.I
            )
        assert re.search("quiet (plan|sign|win|note)", visit(world.owner, name, key)[1], re.I)


def test_nothing_of_another_organisation(world: World, visit: Visit) -> None:
    other = make_world()
    assert visit(world.administrator, "team", other.team.pk)[0] == 404
    assert visit(world.administrator, "person", other.owner.pk)[0] == 404


def test_a_person_with_what_they_look_after(world: World, visit: Visit) -> None:
    key_result = spoken(world.objective(), 1, 50, title="Searches")
    key_result.check_ins.update(note="Half way there.")
    world.count()
    page = visit(world.stranger, "person", world.owner.pk)[1]
    for words in ("Store Operations", "lead", "owner, Store Operations", "Searches", "Half way there."):
        assert words in page, words
    assert "contributor, Store Operations" in visit(world.stranger, "person", world.contributor.pk)[1]


@pytest.mark.parametrize(
    ("fields", "tag"),
    [({}, ""), ({"email": None}, "has not joined yet"), ({"is_active": False}, "no longer here")],
)
def test_anybody_has_a_page(world: World, visit: Visit, fields: dict[str, object], tag: str) -> None:
    person = make_person(world.organisation, name="Ilse", **fields)  # type: ignore[arg-type]
    status, page = visit(world.stranger, "person", person.pk)
    assert status == 200
    assert "in no team" in page
    assert tag in page


def test_who_is_away_is_said(world: World, visit: Visit) -> None:
    Absence.objects.create(
        user=world.owner, starts_on=TODAY, ends_on=TODAY + timedelta(days=2), created_at=NOW
    )
    text = visit(world.stranger, "team", world.team.pk, "?tab=people")[1]
    assert "away until" in text


def test_members_are_edited_by_lead_and_administrators(world: World, visit: Visit) -> None:
    for person, edits in ((world.owner, True), (world.administrator, True), (world.team_mate, False)):
        assert (f"/settings/teams/{world.team.pk}/" in visit(person, "team", world.team.pk)[1]) is edits


@pytest.mark.parametrize("rows", [3, 20])
def test_statements_stay_the_same(world: World, counted: Callable[..., int], rows: int) -> None:
    for place in range(rows):
        objective = world.objective(title=f"Objective {place}")
        spoken(objective, 1, 50, days=7)
        make_key_result(objective, kind=KeyResultKind.MILESTONES, weight=Decimal(2), owner=world.owner)
        make_team(parent=world.team, name=f"Part {place}", members=[make_person(world.organisation)])
    world.count()
    assert counted(world.stranger, "teams") == 6
    assert counted(world.stranger, "team", world.team.pk) == 15
    assert counted(world.stranger, "person", world.owner.pk) == 10
