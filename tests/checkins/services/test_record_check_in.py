from datetime import timedelta
from decimal import Decimal

import pytest

from alignment.models import PriorityProgress
from alignment.queries.explain import explain_objective
from alignment.rules.kinds import LinkKind
from checkins.models import CheckIn, CheckInVersion
from checkins.services.edit_check_in import delete_check_in, edit_check_in, restore_check_in
from checkins.services.find_drift import find_drift
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.record_check_in import record_check_in
from common.errors import InvalidInput, NotAllowed, RuleConflict
from objectives.rules.kinds import CycleState, KeyResultKind, ObjectiveState, Status, Visibility
from objectives.services import MilestoneDraft, close_objective, edit_key_result
from people.roles import Role
from tests.factories import (
    NOW,
    TODAY,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
    make_team,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_person(make_organisation())


@pytest.fixture
def objective(owner):
    return make_objective(make_cycle(owner.organisation), owner=owner)


def say(key_result, by, value=None, confidence=7, **words):
    value = Decimal(value) if value is not None else None
    return record_check_in(
        key_result_id=key_result.pk, by=by, at=NOW, value=value, confidence=confidence, **words
    )


def test_moves_the_key_result_its_objective_and_the_priority_above(owner, objective):
    priority = make_priority(owner.organisation)
    make_link(objective, priority)
    key_result = make_key_result(objective)
    make_key_result(objective)
    rebuild_numbers(organisation=owner.organisation, today=TODAY)

    recorded = say(key_result, owner, "40", note="Halfway there")

    objective.refresh_from_db()
    assert recorded.key_result.progress == Decimal("0.4")
    assert objective.progress == Decimal("0.2")
    standing = PriorityProgress.objects.get(priority=priority, cycle=objective.cycle)
    assert standing.progress == Decimal("0.2")
    assert [(row.type, row.id, row.progress_after) for row in recorded.lifted] == [
        ("objective", objective.pk, Decimal("0.2")),
        ("priority", priority.pk, Decimal("0.2")),
    ]
    assert find_drift(organisation=owner.organisation, today=TODAY) == []


def test_climbs_through_key_results_that_are_fed_by_objectives(owner, objective):
    parent = make_objective(objective.cycle, title="Parent", owner=owner)
    fed = make_key_result(parent, kind=KeyResultKind.PERCENT_DONE, value_source="aligned_objectives")
    make_link(objective, fed, kind="contributes")
    key_result = make_key_result(objective)
    rebuild_numbers(organisation=owner.organisation, today=TODAY)

    recorded = say(key_result, owner, "50")

    parent.refresh_from_db()
    fed.refresh_from_db()
    assert fed.progress == Decimal("0.5")
    assert parent.progress == Decimal("0.5")
    assert {row.title for row in recorded.lifted} == {objective.title, "Parent"}
    assert find_drift(organisation=owner.organisation, today=TODAY) == []


def test_the_latest_day_wins_and_a_backdated_value_does_not_replace_it(owner, objective):
    key_result = make_key_result(objective)
    say(key_result, owner, "60")

    recorded = say(key_result, owner, "10", observed_on=TODAY - timedelta(days=14))

    assert recorded.key_result.current_value == Decimal(60)
    assert recorded.check_in.progress == Decimal("0.1")
    later = CheckIn.objects.get(key_result=key_result, observed_on=TODAY)
    assert later.previous_value == Decimal(10)


def test_two_people_on_one_day_are_both_kept(owner, objective):
    other = make_person(owner.organisation)
    objective.contributors.add(other)
    key_result = make_key_result(objective)
    say(key_result, owner, "10")
    say(key_result, other, "12")
    assert sorted(CheckIn.objects.values_list("value", flat=True)) == [Decimal(10), Decimal(12)]


def test_editing_and_deleting_recompute_everything_and_keep_the_earlier_wording(owner, objective):
    key_result = make_key_result(objective)
    check_in = say(key_result, owner, "40", note="First").check_in

    edited = edit_check_in(check_in=check_in, by=owner, at=NOW, value=Decimal(80), note="Second")
    objective.refresh_from_db()
    assert objective.progress == Decimal("0.8")
    assert edited.check_in.edited_at == NOW
    assert CheckInVersion.objects.get().fields == {"value": "40.000000", "note": "First"}

    delete_check_in(check_in=check_in, by=owner, at=NOW)
    objective.refresh_from_db()
    key_result.refresh_from_db()
    assert (objective.progress, key_result.has_data) == (Decimal(0), False)

    restore_check_in(check_in=check_in, by=owner, at=NOW)
    objective.refresh_from_db()
    assert objective.progress == Decimal("0.8")


def test_milestones_are_done_by_id(owner, objective):
    key_result = make_key_result(objective, kind=KeyResultKind.MILESTONES, steps=[("A", 1), ("B", 3)])
    steps = list(key_result.milestones.all())

    recorded = say(key_result, owner, milestones_done=[steps[1].pk])

    assert recorded.key_result.progress == Decimal("0.75")
    steps[1].refresh_from_db()
    assert steps[1].done_on == TODAY


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        (KeyResultKind.INCREASE, {}, "required"),
        (KeyResultKind.INCREASE, {"value": "1", "confidence": 11}, "out_of_range"),
        (KeyResultKind.INCREASE, {"value": "1", "confidence": None}, "required"),
        (KeyResultKind.INCREASE, {"value": "NaN"}, "not_finite"),
        (KeyResultKind.INCREASE, {"value": "1e30"}, "too_many_digits"),
        (KeyResultKind.YES_NO, {"value": "2"}, "not_yes_or_no"),
        (KeyResultKind.INCREASE, {"value": "1", "observed_on": TODAY + timedelta(days=1)}, "in_future"),
        (KeyResultKind.INCREASE, {"value": "1", "observed_on": TODAY - timedelta(days=200)}, "outside_cycle"),
        (KeyResultKind.MILESTONES, {"value": "1"}, "not_for_milestones"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(owner, objective, kind, fields, code):
    key_result = make_key_result(objective, kind=kind)
    with pytest.raises(InvalidInput) as refused:
        say(key_result, owner, **fields)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert not CheckIn.objects.exists()


def test_a_machine_may_leave_confidence_out_and_is_not_heard_as_a_person(owner, objective):
    key_result = make_key_result(objective)
    recorded = say(key_result, owner, "40", confidence=None, source="api")
    assert recorded.key_result.last_heard_on is None
    assert recorded.key_result.progress == Decimal("0.4")


def test_a_later_machine_value_for_the_same_external_id_and_day_corrects_the_earlier(owner, objective):
    key_result = make_key_result(objective, external_id="crm-7")
    say(key_result, owner, "40", confidence=None, source="api")
    say(key_result, owner, "45", confidence=None, source="api")
    assert list(CheckIn.objects.values_list("value", flat=True)) == [Decimal(45)]
    assert CheckInVersion.objects.get().fields["value"] == "40.000000"


def test_who_may_check_in(owner, objective):
    organisation = owner.organisation
    mate, stranger = make_person(organisation), make_person(organisation)
    viewer = make_person(organisation, role=Role.VIEWER)
    objective.team = make_team(organisation, members=[mate, viewer])
    objective.save()
    key_result = make_key_result(objective)
    say(key_result, mate, "1")
    for person in (stranger, viewer):
        with pytest.raises(NotAllowed):
            say(key_result, person, "1")


def test_an_administrator_records_on_behalf_and_it_is_marked(owner, objective):
    administrator = make_person(owner.organisation, role=Role.ADMINISTRATOR)
    key_result = make_key_result(objective)
    check_in = say(key_result, administrator, "1", on_behalf_of=owner).check_in
    assert (check_in.author, check_in.recorded_by) == (owner, administrator)
    with pytest.raises(NotAllowed):
        say(key_result, owner, "1", on_behalf_of=administrator)


def test_states_that_take_none_are_named(owner):
    draft = make_objective(make_cycle(owner.organisation), owner=owner, state=ObjectiveState.DRAFT)
    closed = make_objective(make_cycle(owner.organisation, name="Q1", state=CycleState.CLOSED), owner=owner)
    for objective, word in ((draft, "draft"), (closed, "closed")):
        with pytest.raises(RuleConflict, match=word):
            say(make_key_result(objective), owner, "1")


def test_what_the_whole_organisation_may_not_see_lifts_nothing(owner, objective):
    priority = make_priority(owner.organisation)
    objective.visibility = Visibility.PRIVATE
    objective.save()
    make_link(objective, priority)
    recorded = say(make_key_result(objective), owner, "40")
    assert [row.type for row in recorded.lifted] == ["objective"]
    assert not PriorityProgress.objects.exclude(progress=None).exists()


def test_a_person_is_not_told_of_objectives_they_may_not_see(owner, objective):
    boss = make_person(owner.organisation)
    parent = make_objective(objective.cycle, owner=boss, visibility=Visibility.PRIVATE)
    make_link(objective, parent, kind="contributes")
    recorded = say(make_key_result(objective), owner, "40")
    assert [row.id for row in recorded.lifted] == [objective.pk]
    parent.refresh_from_db()
    assert parent.progress == Decimal("0.4")


def test_status_follows_the_forecast(owner, objective):
    key_result = make_key_result(objective)
    assert say(key_result, owner, "100").key_result.status == Status.ACHIEVED


def test_what_moved_counts_as_updated_and_what_did_not_does_not(owner, objective):
    other = make_objective(objective.cycle, owner=owner)
    key_result = make_key_result(objective)
    rebuild_numbers(organisation=owner.organisation, today=TODAY)
    say(key_result, owner, "40")
    objective.refresh_from_db()
    other.refresh_from_db()
    assert objective.updated_at == NOW
    assert other.updated_at != NOW


def test_old_words_can_be_mended_whatever_the_key_result_has_become(owner, objective):
    key_result = make_key_result(objective, kind=KeyResultKind.PERCENT_DONE)
    said = say(key_result, owner, "40", note="Halfway tehre").check_in
    edit_key_result(
        key_result=key_result,
        kind=KeyResultKind.MILESTONES,
        milestones=[MilestoneDraft("Open the doors")],
        by=owner,
        at=NOW,
    )
    mended = edit_check_in(check_in=said, note="Halfway there", value=Decimal(40), by=owner, at=NOW)
    assert mended.check_in.note == "Halfway there"
    with pytest.raises(InvalidInput, match="milestones_done"):
        edit_check_in(check_in=said, value=Decimal(50), by=owner, at=NOW)


def test_a_closed_objective_explains_its_frozen_number_whatever_happens_below(owner, objective):
    child = make_objective(objective.cycle, title="Child", owner=owner)
    make_link(child, objective, kind=LinkKind.CONTRIBUTES)
    below = make_key_result(child)
    say(below, owner, "60")
    close_objective(objective=objective, by=owner, at=NOW)
    say(below, owner, "90")
    objective.refresh_from_db()
    explained = explain_objective(owner, objective)
    assert (objective.progress, explained.value) == (Decimal("0.6"), Decimal("0.6"))
    assert [part.contribution for part in explained.parts] == [Decimal("0.6")]
