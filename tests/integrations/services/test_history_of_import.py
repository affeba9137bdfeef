"""What came in can be seen as it was on any day of its source; what was taken back was never known."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest

from activity.models import RowVersion
from checkins.models import CheckIn, ObjectiveNote
from checkins.services.see_past import seen_as_of
from integrations.rules.okr_folder.files import FolderFiles
from integrations.services.apply_import import AppliedImport, apply_folder
from integrations.services.undo_import import undo_import
from objectives.models import KeyResult, Objective
from people.models import Organisation
from people.roles import Role
from tests.factories import NOW, make_organisation, make_person
from tests.integrations.folders import DATA, folder_of
from tests.integrations.services.test_apply_import import read_folder

pytestmark = pytest.mark.django_db


def bring_in(files: FolderFiles) -> AppliedImport:
    administrator = make_person(make_organisation("Pine"), role=Role.ADMINISTRATOR)
    return apply_folder(files=files, organisation_name="Pine", by=administrator, at=NOW)


def test_every_update_of_a_real_set_shows_the_state_of_its_day() -> None:
    bring_in(read_folder(DATA / "rust"))
    organisation = Organisation.objects.get(name="Pine")
    with (DATA / "rust" / "updates.csv").open(encoding="utf-8") as source:
        said = [date.fromisoformat(row["date"]) for row in csv.DictReader(source) if row["date"]]
    for day in sorted(set(said)):
        with seen_as_of(organisation=organisation, day=day, viewer=None, now=NOW):
            assert ObjectiveNote.objects.filter(on__isnull=False).count() == sum(one <= day for one in said)
            told = set(ObjectiveNote.objects.values_list("objective_id", flat=True))
            assert set(Objective.objects.filter(pk__in=told).values_list("pk", flat=True)) == told
            still_told_of = ObjectiveNote.objects.filter(known_at__date__gt=day)
            assert not still_told_of.exists()
    with seen_as_of(organisation=organisation, day=min(said) - timedelta(days=1), viewer=None, now=NOW):
        assert not ObjectiveNote.objects.exists()


def test_a_key_result_moves_with_its_dated_updates() -> None:
    bring_in(folder_of())
    organisation = Organisation.objects.get(name="Pine")
    said = list(CheckIn.objects.filter(key_result__external_id="K2", value__isnull=False))
    assert len({one.value for one in said}) > 1
    for one in said:
        day = one.known_at.date()
        with seen_as_of(organisation=organisation, day=day, viewer=None, now=NOW):
            assert KeyResult.objects.get(external_id="K2").current_value == one.value
            assert not CheckIn.objects.filter(known_at__date__gt=day).exists()
    with seen_as_of(organisation=organisation, day=date(2026, 4, 2), viewer=None, now=NOW):
        assert not KeyResult.objects.get(external_id="K2").has_data


def test_what_was_taken_back_leaves_no_history() -> None:
    applied = bring_in(folder_of())
    assert applied.run is not None
    assert applied.run.by is not None
    assert RowVersion.objects.filter(subject_type="objective").exists()
    undo_import(run=applied.run, by=applied.run.by, at=NOW + timedelta(hours=1))
    assert not RowVersion.objects.filter(subject_type__in=("objective", "key_result", "link")).exists()
