"""The week of a team goes to its channel once, before the review, and holds what everybody may read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from activity.models import OutboxJob
from checkins.services import tell_team_channel
from checkins.services.tell_team_channel import plan_team_weeks, send_team_week
from notices.models import ChatHook
from notices.rendering import Section
from objectives.models import Objective
from objectives.rules.kinds import Visibility
from people.models import Team
from tests.factories import (
    NOW,
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
    make_team,
)
from tests.factories.checkins import make_check_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
THURSDAY_NINE = NOW.replace(day=21, hour=9, minute=0)


@pytest.fixture
def team() -> Team:
    organisation = make_organisation()
    lead = make_person(organisation, name="Leila")
    team = make_team(lead=lead, members=[lead], name="Store")
    ChatHook.objects.create(
        organisation=organisation, team=team, format="slack", url="https://chat.example/x", created_at=NOW
    )
    return team


def test_it_is_planned_once_an_hour_before_the_review(team: Team) -> None:
    here = team.organisation
    assert plan_team_weeks(organisation=here, at=THURSDAY_NINE - timedelta(minutes=1)) == 0
    for minutes in (0, 1, 300):
        assert plan_team_weeks(organisation=here, at=THURSDAY_NINE + timedelta(minutes=minutes)) == 1
    assert OutboxJob.objects.count() == 1
    assert plan_team_weeks(organisation=here, at=THURSDAY_NINE + timedelta(hours=6)) == 0
    assert plan_team_weeks(organisation=here, at=THURSDAY_NINE + timedelta(days=1)) == 0
    Team.objects.update(review_weekday=4, review_hour=11)
    assert plan_team_weeks(organisation=here, at=THURSDAY_NINE + timedelta(days=1, hours=1)) == 1


def test_it_holds_what_everybody_may_read(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    posted: list[Section] = []

    def post(hook: ChatHook, sections: tuple[Section, ...], **_: Any) -> None:
        posted.extend(sections)

    monkeypatch.setattr(tell_team_channel, "post_sections", post)
    objective = make_objective(make_cycle(team.organisation), owner=team.lead, team=team, title="Energy")
    make_check_in(make_key_result(objective), author=team.lead, win="It is warm.", recorded_at=THURSDAY_NINE)
    send_team_week(team_id=team.pk, at=THURSDAY_NINE)
    assert [line.words for line in posted[0].lines] == ["“It is warm.”"]
    for closed in (Visibility.TEAM, Visibility.PRIVATE):
        posted.clear()
        Objective.objects.update(visibility=closed)
        send_team_week(team_id=team.pk, at=THURSDAY_NINE)
        assert posted == []


def test_what_went_quiet_names_nobody(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    posted: list[Section] = []
    monkeypatch.setattr(
        tell_team_channel, "post_sections", lambda hook, sections, **_: posted.extend(sections)
    )
    objective = make_objective(make_cycle(team.organisation), owner=team.lead, team=team, title="Energy")
    make_key_result(objective, owner=team.lead, title="Meters read", due_until=THURSDAY_NINE.date() - DAY)
    send_team_week(team_id=team.pk, at=THURSDAY_NINE)
    [section] = posted
    assert [line.title for line in section.lines] == ["Meters read"]
    assert "Leila" not in repr(section)
