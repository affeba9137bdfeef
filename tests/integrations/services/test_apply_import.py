"""Bringing folders in: what lands where, once, all or nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from activity.models import Event
from alignment.models import AlignmentLink, ProgressSnapshot
from checkins.models import CheckIn, ObjectiveNote
from common.errors import NotAllowed
from integrations.models import ImportQuestion, ImportRun
from integrations.rules.okr_folder.files import FolderFiles, FolderRefused, read_folder
from integrations.services import apply_import
from integrations.services.apply_import import apply_folder, rehearse_folder
from objectives.models import Cycle, Initiative, KeyResult, Objective
from people.models import Organisation, Team, User
from people.roles import Role
from tests.factories import NOW, make_organisation, make_person
from tests.integrations.folders import CYCLES, DATA, KEY_RESULTS, OBJECTIVES, UPDATES, folder_of

pytestmark = pytest.mark.django_db


def bring_in(files: FolderFiles, name: str = "Pine", **more: Any) -> dict[str, int]:
    applied = apply_folder(files=files, organisation_name=name, by=None, at=NOW, **more)
    counts: dict[str, int] = applied.report["counts"]
    return counts


def rows_by_table() -> dict[str, int]:
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if issubclass(model, models.Model) and model._meta.managed
    }


def test_organisation_is_made_and_rows_land_in_it() -> None:
    counts = bring_in(folder_of())
    organisation = Organisation.objects.get(name="Pine")
    assert counts["refused"] == 0
    assert Objective.objects.filter(organisation=organisation).count() == 3
    assert KeyResult.objects.filter(organisation=organisation).count() == 6
    assert CheckIn.objects.filter(organisation=organisation).count() == 4 + 3
    assert set(Team.objects.values_list("name", flat=True)) == {"Supply", "Repairs"}


def test_people_become_placeholders() -> None:
    bring_in(folder_of())
    maren = User.objects.get(name="maren")
    assert (maren.email, maren.is_placeholder, maren.has_usable_password()) == (None, True, False)
    late = Objective.objects.get(external_id="O2")
    assert late.owner == User.objects.get(name="noor")
    assert list(late.contributors.all()) == [maren]


def test_person_who_is_here_already_is_found_by_name() -> None:
    pine = make_organisation("Pine")
    maren = make_person(pine, name="Maren")
    bring_in(folder_of())
    assert Objective.objects.get(external_id="O1").owner == maren
    assert not User.objects.filter(name="maren").exists()


def test_very_long_names_fit() -> None:
    long = "@" + "m" * 500
    bring_in(folder_of(objectives=OBJECTIVES.replace("@maren,Supply", f"{long},{'S' * 500}")))
    row = Objective.objects.get(external_id="O1")
    assert row.owner is not None
    assert row.team is not None
    assert (len(row.owner.name), len(row.team.name)) == (200, 200)


def test_numbers_are_counted_up() -> None:
    bring_in(folder_of())
    gaps = KeyResult.objects.get(external_id="K1")
    assert (gaps.current_value, gaps.progress) == (Decimal(9), Decimal("0.375"))
    desks = KeyResult.objects.get(external_id="K3")
    assert (desks.progress, desks.score) == (Decimal("0.7"), Decimal("0.7"))
    over = KeyResult.objects.get(external_id="K6")
    assert (over.progress, over.raw_progress, over.score) == (1, Decimal("1.3"), Decimal("1.3"))
    step = KeyResult.objects.get(external_id="K4")
    assert (step.progress, step.milestones.get().done_on) == (1, date(2025, 12, 31))
    repairs = Objective.objects.get(external_id="O3")
    assert repairs.score == Decimal("1.2")
    assert repairs.progress == Decimal("0.675")
    assert repairs.suggested_score == Decimal("0.68")
    assert ProgressSnapshot.objects.filter(subject_id=repairs.pk).exists()


def test_word_told_after_the_cycle_still_counts() -> None:
    updates = UPDATES + "Pine,2025-Q4,key_result,K3,2026-01-20,,,0.9,1,,,Told later\n"
    bring_in(folder_of(updates=updates))
    assert KeyResult.objects.get(external_id="K3").progress == Decimal("0.9")


def test_check_ins_carry_the_source_date_and_the_moment_of_import() -> None:
    bring_in(folder_of())
    check_in = CheckIn.objects.get(external_id="key_result:K1|2026-05-01|@maren|1")
    assert (check_in.source, check_in.observed_on, check_in.known_at.date()) == (
        "import",
        date(2026, 5, 1),
        date(2026, 5, 1),
    )
    assert (check_in.imported_at, check_in.author, check_in.note) == (
        NOW,
        User.objects.get(name="maren"),
        "9 · Three fewer",
    )


def test_notes_links_and_history_are_there() -> None:
    bring_in(folder_of())
    note = ObjectiveNote.objects.get()
    assert (note.text, note.value_text, note.author) == (
        "Going on, slowly",
        "2 of 8 tasks",
        User.objects.get(name="noor"),
    )
    assert set(AlignmentLink.objects.values_list("child__external_id", "kind")) == {
        ("O2", "supports"),
        ("O3", "supports"),
    }


def test_second_run_changes_nothing() -> None:
    bring_in(folder_of())
    before, moments = rows_by_table(), list(Objective.objects.values_list("updated_at"))
    counts = bring_in(folder_of())
    assert (counts["unchanged"], counts["read"]) == (16, 16)
    assert rows_by_table() == before
    assert list(Objective.objects.values_list("updated_at")) == moments


def test_rehearsal_writes_nothing_and_decides_the_same() -> None:
    before = rows_by_table()
    report = rehearse_folder(files=folder_of(), organisation=None, at=NOW)
    assert rows_by_table() == before
    assert report["counts"] == bring_in(folder_of())


def test_crash_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows_by_table()

    def crash(**_: Any) -> None:
        raise OSError("the lights went out")

    monkeypatch.setattr(apply_import, "rebuild_numbers", crash)
    with pytest.raises(OSError, match="lights"):
        bring_in(folder_of())
    assert rows_by_table() == before


def test_unreadable_table_leaves_nothing() -> None:
    before = rows_by_table()
    with pytest.raises(FolderRefused):
        bring_in(folder_of(updates="what,is,this\n1,2,3\n"))
    assert rows_by_table() == before


def test_changed_source_updates_what_nobody_edited() -> None:
    bring_in(folder_of())
    Objective.objects.filter(external_id="O1").update(title="Edited by a person")
    objectives = OBJECTIVES.replace(
        "Shelves are never empty,Customers walk out", "Full shelves,They walk out"
    )
    counts = bring_in(folder_of(objectives=objectives))
    assert (counts["flagged"], counts["unchanged"]) == (1, 15)
    row = Objective.objects.get(external_id="O1")
    assert (row.title, row.why) == ("Edited by a person", "They walk out")
    assert ImportQuestion.objects.get(code="edited_here_title").subject_id == row.pk


def test_changed_key_result_and_score_move_the_number() -> None:
    bring_in(folder_of())
    bring_in(folder_of(key_results=KEY_RESULTS.replace("0.7,stated_percent", "0.8,stated_percent")))
    assert KeyResult.objects.get(external_id="K3").score == Decimal("0.8")
    assert KeyResult.objects.get(external_id="K3").progress == Decimal("0.8")


def test_deleted_here_stays_deleted() -> None:
    bring_in(folder_of())
    Objective.objects.filter(external_id="O2").update(deleted_at=NOW)
    counts = bring_in(folder_of())
    assert counts["unchanged"] == counts["read"]
    assert not Objective.objects.filter(external_id="O2").exists()


def test_removed_link_is_not_made_again() -> None:
    bring_in(folder_of())
    AlignmentLink.objects.filter(child__external_id="O2").delete()
    bring_in(folder_of())
    assert not AlignmentLink.objects.filter(child__external_id="O2").exists()


def test_new_rows_join_what_is_there() -> None:
    bring_in(folder_of())
    counts = bring_in(folder_of(objectives=OBJECTIVES + "Pine,2026-Q2,O4,objective,O1,More,,,,,,\n"))
    assert (counts["made"], counts["unchanged"]) == (1, 16)
    assert AlignmentLink.objects.get(child__external_id="O4").objective == Objective.objects.get(
        external_id="O1"
    )


def test_loop_through_an_existing_link_is_refused() -> None:
    bring_in(folder_of())
    objectives = OBJECTIVES.replace("O1,,,", "O1,objective,O2,")
    counts = bring_in(folder_of(objectives=objectives))
    assert counts["flagged"] == 1
    assert not AlignmentLink.objects.filter(child__external_id="O1").exists()


def test_questions_know_their_row() -> None:
    bring_in(folder_of(cycles=CYCLES.replace("2025-12-31", "2025-11-31")))
    question = ImportQuestion.objects.get(code="cycle_end_date")
    assert (question.row, question.subject_id) == ("cycles.csv:2", Cycle.objects.get(name="2025-Q4").pk)
    assert [option["value"] for option in question.options] == ["end:2025-11-30", "end:2025-12-01"]


def test_import_is_in_the_log() -> None:
    bring_in(folder_of())
    event = Event.objects.get(verb="import.applied")
    assert event.payload["counts"]["read"] == 16
    assert ImportRun.objects.get().state == "applied"


@pytest.mark.parametrize("role", [Role.LEADER, Role.MEMBER, Role.VIEWER])
def test_only_administrators_import(role: Role) -> None:
    person = make_person(role=role)
    with pytest.raises(NotAllowed):
        apply_folder(files=folder_of(), organisation_name=person.organisation.name, by=person, at=NOW)


def test_not_even_administrators_import_elsewhere() -> None:
    person, other = make_person(role=Role.ADMINISTRATOR), make_organisation()
    with pytest.raises(NotAllowed):
        apply_folder(files=folder_of(), organisation_name=other.name, by=person, at=NOW)


def test_same_ids_in_two_organisations_do_not_meet() -> None:
    bring_in(folder_of(), "Pine")
    bring_in(folder_of(), "Harbour")
    assert Objective.objects.filter(external_id="O1").count() == 2


@pytest.mark.parametrize(
    ("name", "read", "expected"),
    [
        ("rust", 288, {Objective: 47, KeyResult: 161, ObjectiveNote: 78, Cycle: 1}),
        ("sourcegraph", 464, {Objective: 107, KeyResult: 214, CheckIn: 139, Cycle: 4}),
        ("nodejs", 29, {Objective: 7, KeyResult: 20, Cycle: 2}),
        ("scilifelab-dds", 88, {Objective: 3, KeyResult: 9, Initiative: 75, Cycle: 1}),
    ],
)
def test_real_sets_come_in_whole(name: str, read: int, expected: dict[type[models.Model], int]) -> None:
    files = read_folder(DATA / name)
    counts = bring_in(files)
    assert (counts["read"], counts["refused"]) == (read, 0)
    assert {model: model._base_manager.count() for model in expected} == expected
    assert bring_in(files)["unchanged"] == read
