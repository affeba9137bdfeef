"""Taking an import back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps

from activity.services import record_event
from alignment.models import AlignmentLink
from checkins.models import CheckIn
from common.errors import NotAllowed, RuleConflict
from integrations.models import ImportRun
from integrations.services.apply_import import apply_folder
from integrations.services.undo_import import undo_import
from objectives.models import Cycle, KeyResult, Objective
from people.models import Team, User
from people.roles import Role
from tests.factories import NOW, make_check_in, make_organisation, make_person
from tests.integrations.folders import folder_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)
LOGS = {"Event", "ImportRun", "ImportQuestion", "OutboxJob"}


@pytest.fixture
def administrator() -> User:
    return make_person(make_organisation("Pine"), role=Role.ADMINISTRATOR)


@pytest.fixture
def run(administrator: User) -> ImportRun:
    applied = apply_folder(files=folder_of(), organisation_name="Pine", by=administrator, at=NOW)
    assert applied.run is not None
    return applied.run


def rows_by_table() -> dict[str, int]:
    return {
        model.__name__: model._base_manager.count()
        for model in apps.get_models()
        if model.__name__ not in LOGS
    }


def test_nothing_stays_when_nobody_touched_it(administrator: User) -> None:
    before = rows_by_table()
    applied = apply_folder(files=folder_of(), organisation_name="Pine", by=administrator, at=NOW)
    assert applied.run is not None
    assert undo_import(run=applied.run, by=administrator, at=LATER) == 0
    assert rows_by_table() == before
    assert ImportRun.objects.get().state == "undone"


def test_edited_objective_stays_with_all_that_hangs_on_it(run: ImportRun, administrator: User) -> None:
    kept = Objective.objects.get(external_id="O1")
    record_event(
        verb="objective.edited",
        subject=kept,
        organisation_id=kept.organisation_id,
        by=administrator,
        at=LATER,
        objective_id=kept.pk,
    )
    assert undo_import(run=run, by=administrator, at=LATER) == 1
    assert list(Objective.objects.values_list("external_id", flat=True)) == ["O1"]
    assert set(KeyResult.objects.values_list("external_id", flat=True)) == {"K1", "K2"}
    assert CheckIn.objects.count() == 4
    assert list(Cycle.objects.values_list("name", flat=True)) == ["2026-Q2"]
    assert (Team.objects.filter(name="Supply").exists(), Team.objects.filter(name="Repairs").exists()) == (
        True,
        False,
    )
    assert User.objects.filter(name="maren").exists()
    assert not AlignmentLink.objects.exists()


def test_key_result_that_somebody_checked_in_on_stays(run: ImportRun, administrator: User) -> None:
    make_check_in(KeyResult.objects.get(external_id="K2"), author=administrator)
    assert undo_import(run=run, by=administrator, at=LATER) == 1
    assert Objective.objects.get().external_id == "O1"


def test_too_late_twice_and_by_others(run: ImportRun, administrator: User) -> None:
    with pytest.raises(RuleConflict, match="14 days"):
        undo_import(run=run, by=administrator, at=NOW + timedelta(days=15))
    for person in (make_person(administrator.organisation), make_person(role=Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            undo_import(run=run, by=person, at=LATER)
    undo_import(run=run, by=administrator, at=LATER)
    with pytest.raises(RuleConflict):
        undo_import(run=run, by=administrator, at=LATER)
