"""Days away: planned by the person, never twice over the same days."""

from __future__ import annotations

from datetime import date

import pytest

from activity.models import Event
from common.errors import InvalidInput, NotAllowed
from people.models import Absence, User
from people.queries.absences import back_on, planned_absences
from people.roles import Role
from people.services import change_absence, deactivate_person, drop_absence, plan_absence
from tests.factories.people import make_person
from tests.factories.when import NOW, TODAY

pytestmark = pytest.mark.django_db
MONDAY, FRIDAY = date(2026, 6, 1), date(2026, 6, 5)


@pytest.fixture
def leila() -> User:
    return make_person(name="Leila")


def _problem(leila: User, **changes: object) -> str:
    with pytest.raises(InvalidInput) as caught:
        plan_absence(by=leila, at=NOW, **{"starts_on": MONDAY, "ends_on": FRIDAY, **changes})  # type: ignore[arg-type]
    (problem,) = caught.value.problems
    return f"{problem.field} {problem.code}"


def test_days_away_are_planned_changed_and_taken_back(leila: User) -> None:
    caro = make_person(leila.organisation, name="Caro")
    absence = plan_absence(by=leila, at=NOW, starts_on=MONDAY, ends_on=FRIDAY, stand_in=caro)
    (row,) = planned_absences(leila, today=TODAY)
    assert (row.starts_on, row.ends_on, row.stand_in) == (MONDAY, FRIDAY, "Caro")
    change_absence(absence=absence, by=leila, at=NOW, starts_on=MONDAY, ends_on=MONDAY)
    (row,) = planned_absences(leila, today=TODAY)
    assert (row.ends_on, row.stand_in) == (MONDAY, "")
    drop_absence(absence=absence, by=leila, at=NOW)
    assert not Absence.objects.exists()
    verbs = [event.verb for event in Event.objects.filter(subject_id=leila.pk).order_by("at", "id")]
    assert verbs == ["person.absence_planned", "person.absence_changed", "person.absence_dropped"]


def test_the_same_days_are_taken_once(leila: User) -> None:
    absence = plan_absence(by=leila, at=NOW, starts_on=MONDAY, ends_on=FRIDAY)
    assert _problem(leila, starts_on=FRIDAY, ends_on=date(2026, 6, 9)) == "starts_on overlaps"
    assert _problem(leila, starts_on=date(2026, 5, 25), ends_on=MONDAY) == "starts_on overlaps"
    plan_absence(by=leila, at=NOW, starts_on=date(2026, 6, 6), ends_on=date(2026, 6, 9))
    change_absence(absence=absence, by=leila, at=NOW, starts_on=MONDAY, ends_on=date(2026, 6, 4))
    assert plan_absence(by=make_person(leila.organisation), at=NOW, starts_on=MONDAY, ends_on=FRIDAY)


def test_days_that_cannot_be(leila: User) -> None:
    assert _problem(leila, ends_on=date(2026, 5, 31)) == "ends_on before_start"
    assert _problem(leila, starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 19)) == "ends_on over"
    assert _problem(leila, ends_on=date(2027, 6, 2)) == "ends_on too_long"
    assert plan_absence(by=leila, at=NOW, starts_on=date(2026, 5, 1), ends_on=TODAY)


def test_who_can_stand_in(leila: User) -> None:
    here = leila.organisation
    viewer = make_person(here, role=Role.VIEWER)
    administrator, left = make_person(here, role=Role.ADMINISTRATOR), make_person(here)
    deactivate_person(person=left, by=administrator, at=NOW)
    left.refresh_from_db()
    assert _problem(leila, stand_in=leila) == "stand_in yourself"
    assert _problem(leila, stand_in=make_person()) == "stand_in unknown"
    assert _problem(leila, stand_in=make_person(here, email=None)) == "stand_in cannot_answer"
    assert _problem(leila, stand_in=viewer) == "stand_in cannot_answer"
    assert _problem(leila, stand_in=left) == "stand_in cannot_answer"


def test_nobody_else_changes_them(leila: User) -> None:
    absence = plan_absence(by=leila, at=NOW, starts_on=MONDAY, ends_on=FRIDAY)
    administrator = make_person(leila.organisation, role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        drop_absence(absence=absence, by=administrator, at=NOW)
    with pytest.raises(NotAllowed):
        change_absence(absence=absence, by=administrator, at=NOW, starts_on=MONDAY, ends_on=MONDAY)


def test_back_on_the_first_working_day(leila: User) -> None:
    plan_absence(by=leila, at=NOW, starts_on=MONDAY, ends_on=FRIDAY)
    assert back_on([leila.pk], today=date(2026, 5, 31)) == {}
    assert back_on([leila.pk], today=MONDAY) == {leila.pk: date(2026, 6, 8)}
    plan_absence(by=leila, at=NOW, starts_on=date(2026, 6, 8), ends_on=date(2026, 6, 9))
    assert back_on([leila.pk], today=FRIDAY) == {leila.pk: date(2026, 6, 10)}
