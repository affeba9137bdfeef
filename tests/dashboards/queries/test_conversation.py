"""The conversation of an objective: what belongs together, in which order, and where a page ends."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity.models import Event
from checkins.models import CheckIn, ObjectiveNote
from checkins.rules.kinds import CheckInSource
from checkins.services.edit_check_in import edit_check_in
from checkins.services.record_check_in import record_check_in
from dashboards.queries.conversation import PAGE_SIZE, Conversation, Show
from dashboards.queries.objective_page import find_objective, objective_page
from objectives.models import KeyResult, Objective
from objectives.services.edit_key_result import edit_key_result
from tests.dashboards.page_world import World, world
from tests.factories import NOW, TODAY, make_check_in, make_key_result, moment

__all__ = ["world"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def objective(world: World) -> Objective:
    return world.objective()


@pytest.fixture
def key_result(objective: Objective) -> KeyResult:
    return make_key_result(objective, title="Stores with maps", unit="stores")


def conversation(
    world: World, objective: Objective, show: Show = "everything", page: int = 1
) -> Conversation:
    world.count()
    found = find_objective(world.owner, objective.pk)
    assert found is not None
    return objective_page(world.owner, found, today=TODAY, show=show, page=page).conversation


def test_what_one_person_said_on_one_day_is_one_entry(
    world: World, objective: Objective, key_result: KeyResult
) -> None:
    other = make_key_result(objective, title="Minutes to the shelf")
    for place in (key_result, other):
        make_check_in(place, author=world.owner)
    make_check_in(other, author=world.contributor)
    entries = conversation(world, objective, "check_ins").entries
    assert sorted((entry.who, len(entry.lines)) for entry in entries) == [("Caro", 1), ("Leila", 2)]


def test_it_knows_what_was_said_before(world: World, objective: Objective, key_result: KeyResult) -> None:
    make_check_in(
        key_result, value=20, confidence=7, author=world.owner, observed_on=TODAY - timedelta(days=7)
    )
    make_check_in(key_result, value=45, confidence=4, author=world.owner)
    latest, first = (entry.lines[0] for entry in conversation(world, objective, "check_ins").entries)
    assert (latest.was_value, latest.value) == ("20", "45\u00a0stores")
    assert (latest.was_progress, latest.said.progress) == (Decimal("0.2"), Decimal("0.45"))
    assert (latest.said.was_confidence, latest.said.confidence) == (7, 4)
    assert (first.was_value, first.was_progress, first.said.was_confidence) == ("", None, None)


def test_latest_first_by_the_day_that_is_spoken_of(
    world: World, objective: Objective, key_result: KeyResult
) -> None:
    days = [TODAY - timedelta(days=count) for count in (3, 9, 0, 5)]
    for day in days:
        make_check_in(key_result, author=world.owner, observed_on=day)
    ObjectiveNote.objects.create(
        organisation=world.organisation,
        objective=objective,
        text="Between",
        on=TODAY - timedelta(days=4),
        known_at=NOW,
    )
    ObjectiveNote.objects.create(
        organisation=world.organisation, objective=objective, text="Whenever", known_at=NOW
    )
    entries = conversation(world, objective).entries
    days_ago = [None if entry.on is None else (TODAY - entry.on).days for entry in entries]
    assert days_ago == [0, 3, 4, 5, 9, None]


def test_a_backdated_one_says_when_it_was_written(
    world: World, objective: Objective, key_result: KeyResult
) -> None:
    make_check_in(
        key_result, author=world.owner, observed_on=TODAY - timedelta(days=6), recorded_at=moment(TODAY)
    )
    (entry,) = conversation(world, objective).entries
    assert entry.is_backdated
    assert entry.at.date() == TODAY


def test_neighbouring_automatic_values_fold(
    world: World, objective: Objective, key_result: KeyResult
) -> None:
    other = make_key_result(objective, title="Second")
    for count, value in enumerate((50, 40, 30)):
        make_check_in(
            key_result, value=value, confidence=None, source=CheckInSource.CONNECTOR,
            author_label="Shelf system", observed_on=TODAY - timedelta(days=count),
        )  # fmt: skip
    make_check_in(
        other, value=9, confidence=None, source=CheckInSource.API, author=world.owner,
        observed_on=TODAY - timedelta(days=1),
    )  # fmt: skip
    make_check_in(key_result, value=10, author=world.owner, observed_on=TODAY - timedelta(days=5))
    folded, said = conversation(world, objective).entries
    assert (folded.kind, folded.who, said.kind) == ("automatic", "", "check_ins")
    lines = {line.title: (line.first, line.last, line.count) for line in folded.folded}
    assert lines["Stores with maps"] == ("10", "50\u00a0stores", 3)
    assert lines["Second"] == ("9", "9", 1)


def test_automatic_values_that_change_the_course_are_counted(
    world: World, objective: Objective, key_result: KeyResult
) -> None:
    for days, status in ((4, "on_track"), (3, "on_track"), (2, "at_risk"), (1, "at_risk")):
        make_check_in(
            key_result, value=9 - days, confidence=None, source=CheckInSource.CONNECTOR, status=status,
            observed_on=TODAY - timedelta(days=days),
        )  # fmt: skip
    (folded,) = conversation(world, objective).entries
    assert (folded.value_count, folded.turns) == (4, 1)


def test_recorded_on_behalf_and_edited_are_marked(
    world: World, objective: Objective, key_result: KeyResult
) -> None:
    made = record_check_in(
        key_result_id=key_result.pk, by=world.administrator, at=NOW, value=Decimal(5), confidence=6,
        on_behalf_of=world.owner,
    )  # fmt: skip
    edit_check_in(check_in=made.check_in, by=world.administrator, at=NOW, value=Decimal(6))
    (entry,) = conversation(world, objective, "check_ins").entries
    assert (entry.who, entry.recorded_by, entry.lines[0].said.version_count) == ("Leila", "Maren", 1)


def test_what_was_deleted_is_not_said_any_more(
    world: World, objective: Objective, key_result: KeyResult
) -> None:
    make_check_in(key_result, author=world.owner, deleted_at=NOW)
    assert conversation(world, objective).entries == ()


def test_a_new_weight_is_told_in_plain_words(
    world: World, objective: Objective, key_result: KeyResult
) -> None:
    edit_key_result(
        key_result=key_result, by=world.owner, at=NOW, weight=Decimal(2), target_value=Decimal(80)
    )
    (entry,) = conversation(world, objective, "changes").entries
    assert entry.change is not None
    assert entry.change.sentence == "“Stores with maps” was changed."
    assert {(one.name, one.before, one.after) for one in entry.change.changes} == {
        ("weight", "1", "2"), ("target", "100", "80"),
    }  # fmt: skip


def test_pages_meet_without_gap_or_repeat(world: World, objective: Objective, key_result: KeyResult) -> None:
    CheckIn.objects.bulk_create(
        CheckIn(
            organisation=world.organisation, key_result=key_result, author=world.owner, source=CheckInSource.MANUAL,
            value=count, observed_on=TODAY - timedelta(days=count), recorded_at=moment(TODAY - timedelta(days=count)),
            known_at=NOW, updated_at=NOW,
        )
        for count in range(40)
    )  # fmt: skip
    Event.objects.bulk_create(
        Event(
            organisation=world.organisation, at=moment(TODAY - timedelta(days=count)), by=world.owner,
            verb="objective.activated", subject_type="objective", subject_id=objective.pk, objective_id=objective.pk,
        )
        for count in range(40)
    )  # fmt: skip
    pages = [conversation(world, objective, page=page) for page in (1, 2, 3)]
    assert [len(page.entries) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 20]
    assert [page.has_earlier for page in pages] == [True, True, False]
    places = [entry.place for page in pages for entry in page.entries]
    assert places == sorted(places, reverse=True)
    assert len({(entry.kind, entry.on) for page in pages for entry in page.entries}) == 80


def test_the_same_statements_for_3_and_50_check_ins(
    world: World, objective: Objective, key_result: KeyResult
) -> None:
    def statements() -> int:
        world.count()
        found = find_objective(world.administrator, objective.pk)
        assert found is not None
        with CaptureQueriesContext(connection) as counted:
            objective_page(world.administrator, found, today=TODAY)
        return len(counted)

    for count in range(3):
        make_check_in(key_result, author=world.owner, observed_on=TODAY - timedelta(days=count))
    assert statements() == 6
    for count in range(47):
        make_check_in(key_result, author=world.contributor, observed_on=TODAY - timedelta(days=count))
    assert statements() == 6
