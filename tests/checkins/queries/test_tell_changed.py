"""What changed in a week, as lines of a digest."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from checkins.queries.tell_changed import MOST, changed_section
from checkins.queries.tell_lead_week import tell_lead_week
from checkins.queries.tell_leader_week import tell_leader_week
from checkins.services.record_check_in import record_check_in
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import Visibility
from objectives.services import edit_key_result, edit_objective, pause_objective
from people.models import User
from people.roles import Role
from tests.factories import NOW, make_key_result, make_objective, make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> User:
    person = make_person(make_organisation(), name="Leila")
    make_team(person.organisation, lead=person, name="Store")
    return person


@pytest.fixture
def objective(lead: User) -> Objective:
    return make_objective(owner=lead, team=lead.organisation.teams.get(), title="Maps that are right")


@pytest.fixture
def key_result(objective: Objective) -> KeyResult:
    return make_key_result(objective, owner=objective.owner, title="Repeat share")


def lines(viewer: User, **narrowed: object) -> list[tuple[str, str]]:
    section = changed_section(viewer, NOW, **narrowed)  # type: ignore[arg-type]
    return [] if section is None else [(line.words, line.facts) for line in section.lines]


def test_who_and_why(lead: User, objective: Objective, key_result: KeyResult) -> None:
    edit_key_result(key_result=key_result, by=lead, at=NOW, target_value=Decimal(90))
    pause_objective(objective=objective, by=lead, at=NOW, reason="No planners")
    day = "Wed 20 May"
    told = lines(make_person(lead.organisation, role=Role.LEADER))
    assert ("Maps that are right: state active → paused.", f"Leila, {day}: “No planners”") in told
    assert ("Repeat share: target 100 → 90.", f"Leila, {day}") in told


def test_values_are_told_elsewhere_and_nothing_is_nothing(lead: User, key_result: KeyResult) -> None:
    record_check_in(key_result_id=key_result.pk, by=lead, at=NOW, value=Decimal(33), confidence=6)
    assert changed_section(lead, NOW) is None


def test_five_lines_and_the_way_to_the_rest(lead: User) -> None:
    team = lead.organisation.teams.get()
    for place in range(MOST + 2):
        row = make_objective(owner=lead, team=team, title=f"Row {place}")
        edit_objective(objective=row, by=lead, at=NOW, title=f"Line {place}")
    section = changed_section(lead, NOW, team_ids=[team.pk])
    assert section is not None
    assert len(section.lines) == MOST + 1
    assert section.lines[-1].title == "Two more changes, on the page"
    assert section.lines[-1].href == f"/changes/?since=week&team={team.pk}"


def test_only_what_the_reader_may_see(lead: User, objective: Objective) -> None:
    edit_objective(objective=objective, by=lead, at=NOW, title="Hidden", visibility=Visibility.PRIVATE)
    assert lines(make_person(lead.organisation, role=Role.LEADER)) == []
    assert lines(lead, team_ids=[objective.team_id]) != []


def test_it_is_a_part_of_both_digests(lead: User, objective: Objective) -> None:
    edit_objective(objective=objective, by=lead, at=NOW - timedelta(days=1), title="Other words")
    for tell, reader in (
        (tell_lead_week, lead),
        (tell_leader_week, make_person(lead.organisation, role=Role.LEADER)),
    ):
        section = tell([], reader, NOW)
        assert section is not None
        assert "What changed?" in {part.title for part in (section, *section.after)}
