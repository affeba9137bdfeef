"""Whose day holds: one's own, the team's, the organisation's, and what a lock keeps."""

from __future__ import annotations

from typing import Any

import pytest

from activity.models import Event
from common.errors import InvalidInput, NotAllowed, RuleConflict
from people.models import User
from people.queries.rhythm_choice import RhythmChoice, rhythm_choice
from people.roles import Role
from people.services import edit_organisation, edit_own_settings, set_team_rhythm
from tests.factories.people import make_person, make_team
from tests.factories.when import NOW

pytestmark = pytest.mark.django_db
OWN: dict[str, Any] = {
    "rhythm_weeks": 2,
    "check_in_weekday": 1,
    "check_in_hour": 9,
    "rhythm_is_locked": True,
    "review_weekday": 2,
    "review_hour": 11,
}


@pytest.fixture
def administrator() -> User:
    return make_person(role=Role.ADMINISTRATOR, name="Maren")


def test_the_organisation_says_when_it_meets(administrator: User) -> None:
    here = edit_organisation(
        by=administrator, at=NOW, review_weekday=1, review_hour=9, review_minutes=30, rhythm_is_locked=True
    )
    assert (here.review_weekday, here.review_hour, here.review_minutes, here.rhythm_is_locked) == (
        1,
        9,
        30,
        True,
    )
    changes = Event.objects.get(verb="organisation.edited").payload["changes"]
    assert changes["rhythm_is_locked"] == [False, True]
    for field, value in {
        "review_weekday": 7,
        "review_hour": 24,
        "review_minutes": 3,
        "rhythm_weeks": 3,
    }.items():
        with pytest.raises(InvalidInput) as caught:
            edit_organisation(by=administrator, at=NOW, **{field: value})  # type: ignore[arg-type]
        assert caught.value.problems[0].field == field


def test_a_lead_chooses_the_day_of_the_team(administrator: User) -> None:
    lead = make_person(administrator.organisation)
    team = make_team(lead=lead)
    changed = set_team_rhythm(team=team, by=lead, at=NOW, **OWN)
    assert (changed.check_in_weekday, changed.review_hour, changed.rhythm_is_locked) == (1, 11, True)
    assert Event.objects.get(verb="team.edited").payload["changes"]["rhythm_weeks"] == [None, 2]
    set_team_rhythm(team=team, by=lead, at=NOW, **OWN)
    assert Event.objects.filter(verb="team.edited").count() == 1
    with pytest.raises(NotAllowed):
        set_team_rhythm(team=team, by=make_person(administrator.organisation), at=NOW, **OWN)
    with pytest.raises(InvalidInput):
        set_team_rhythm(team=team, by=lead, at=NOW, **{**OWN, "check_in_hour": 24})


def test_a_locked_organisation_keeps_one_day(administrator: User) -> None:
    team = make_team(lead=administrator, members=[administrator])
    edit_organisation(by=administrator, at=NOW, rhythm_is_locked=True)
    administrator.organisation.refresh_from_db()
    with pytest.raises(RuleConflict):
        set_team_rhythm(team=team, by=administrator, at=NOW, **OWN)
    only_reviews = {name: (OWN[name] if name.startswith("review") else None) for name in OWN}
    only_reviews["rhythm_is_locked"] = False
    assert set_team_rhythm(team=team, by=administrator, at=NOW, **only_reviews).review_weekday == 2
    assert rhythm_choice(administrator) == RhythmChoice(True, administrator.organisation.name)


def test_who_keeps_the_day(administrator: User) -> None:
    person = make_person(administrator.organisation)
    assert rhythm_choice(person) == RhythmChoice(False, "")
    make_team(members=[person], name="B", rhythm_is_locked=True)
    assert rhythm_choice(person) == RhythmChoice(True, "B")
    make_team(members=[person], name="A", check_in_weekday=2)
    assert rhythm_choice(person) == RhythmChoice(True, "")


def test_ones_own_times(administrator: User) -> None:
    changed = edit_own_settings(
        by=administrator,
        at=NOW,
        working_days=[4, 0, 0],
        check_in_weekday=None,
        check_in_hour=7,
        quiet_from_hour=20,
        quiet_until_hour=6,
        prefers_private_thanks=True,
    )
    assert (changed.working_days, changed.check_in_weekday, changed.check_in_hour) == ("04", None, 7)
    assert (changed.quiet_from_hour, changed.quiet_until_hour) == (20, 6)
    assert changed.prefers_private_thanks
    wrong: dict[str, Any] = {
        "working_days": [],
        "check_in_weekday": 7,
        "check_in_hour": 24,
        "quiet_from_hour": -1,
        "quiet_until_hour": 25,
    }
    for field, value in wrong.items():
        with pytest.raises(InvalidInput) as caught:
            edit_own_settings(by=administrator, at=NOW, **{field: value})
        assert caught.value.problems[0].field == field
