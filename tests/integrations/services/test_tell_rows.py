"""The feed of changes knows every row that an import wrote, and every one that left with it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest

from activity.queries.event_list import event_list
from activity.services.number_events import number_events
from checkins.models import CheckIn
from dashboards.queries.resources.change_feed import ChangeRow, change_page
from integrations.services import tell_rows
from integrations.services.apply_import import apply_folder
from integrations.services.undo_import import undo_import
from objectives.models import KeyResult, Objective
from people.models import User
from people.roles import Role
from tests.factories import NOW, make_organisation, make_person
from tests.integrations.folders import folder_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


@pytest.fixture
def administrator() -> User:
    return make_person(make_organisation("Pine"), role=Role.ADMINISTRATOR)


def lines(viewer: User) -> tuple[ChangeRow, ...]:
    number_events(viewer.organisation_id)
    return change_page(viewer, size=10_000).rows


def test_every_row_is_created_once_and_after_what_it_belongs_to(
    administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tell_rows, "ROWS_OF_ONE_EVENT", 2)
    member = make_person(administrator.organisation)
    apply_folder(files=folder_of(), organisation_name="Pine", by=administrator, at=NOW)
    told = lines(member)
    assert all(count == 1 for count in Counter((row.type, row.id) for row in told).values())
    place = {row.id: number for number, row in enumerate(told) if row.action == "create"}
    for model in (Objective, KeyResult, CheckIn):
        assert {row.pk for row in model.objects.all()} <= set(place)
    for result in KeyResult.objects.all():
        assert place[result.objective_id] < place[result.pk]
    for said in CheckIn.objects.all():
        assert place[said.key_result_id] < place[said.pk]


def test_rows_that_leave_are_told(administrator: User) -> None:
    run = apply_folder(files=folder_of(), organisation_name="Pine", by=administrator, at=NOW).run
    assert run is not None
    gone = {*Objective.objects.values_list("pk", flat=True), *KeyResult.objects.values_list("pk", flat=True)}
    undo_import(run=run, by=administrator, at=LATER)
    ended: set[UUID] = {row.id for row in lines(administrator) if row.action == "delete"}
    assert gone <= ended


def test_the_audit_log_keeps_one_line(administrator: User) -> None:
    apply_folder(files=folder_of(), organisation_name="Pine", by=administrator, at=NOW)
    verbs = [row.verb for row in event_list(administrator).rows if row.verb.startswith("import.")]
    assert verbs == ["import.applied"]
