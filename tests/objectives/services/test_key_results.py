"""Creating, editing, pausing, closing and deleting key results."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from activity.models import Event
from checkins.models import CheckIn
from common.errors import InvalidInput, NotAllowed, RuleConflict, StaleVersion
from objectives.models import Objective
from objectives.rules.kinds import CycleState, KeyResultKind, KeyResultState, ObjectiveState, ValueSource
from objectives.services import (
    Inherited,
    MilestoneDraft,
    activate_key_result,
    cancel_key_result,
    close_key_result,
    create_key_result,
    delete_key_result,
    edit_key_result,
    pause_key_result,
    restore_key_result,
)
from people.models import User
from people.roles import Role
from tests.factories import (
    NOW,
    make_check_in,
    make_cycle,
    make_key_result,
    make_objective,
    make_person,
    make_team,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def owner() -> User:
    return make_person()


@pytest.fixture
def objective(owner: User) -> Objective:
    return make_objective(owner=owner)


def problems_of(refused: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in refused.value.problems]


def test_a_new_one_stands_last_and_is_the_owners(owner: User, objective: Objective) -> None:
    make_key_result(objective, position=4)

    made = create_key_result(objective=objective, by=owner, at=NOW, title=" Handbook ", unit=" % ")

    made.refresh_from_db()
    assert (made.title, made.unit, made.kind) == ("Handbook", "%", KeyResultKind.PERCENT_DONE)
    assert (made.position, made.owner, made.state) == (5, owner, KeyResultState.ACTIVE)
    event = Event.objects.get()
    assert (event.verb, event.objective_id) == ("key_result.created", objective.pk)


def test_nobody_or_somebody_else_can_own_it(owner: User, objective: Objective) -> None:
    heir = make_person(owner.organisation)

    assert create_key_result(objective=objective, by=owner, at=NOW, title="A", owner=None).owner is None
    made = create_key_result(objective=objective, by=owner, at=NOW, title="B", owner=heir)
    assert made.owner == heir
    back = edit_key_result(key_result=made, by=owner, at=NOW, owner=Inherited.OWNER)
    assert back.owner == owner


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"title": " "}, [("title", "required")]),
        ({"kind": "wish"}, [("kind", "unknown")]),
        ({"kind": "increase"}, [("start_value", "required"), ("target_value", "required")]),
        (
            {"kind": "decrease", "start_value": Decimal(10), "target_value": Decimal(14)},
            [("target_value", "wrong_direction")],
        ),
        ({"kind": "between", "lower_bound": Decimal(3)}, [("upper_bound", "required")]),
        ({"kind": "milestones"}, [("milestones", "required")]),
        ({"target_value": Decimal(5)}, [("target_value", "not_for_kind")]),
        ({"milestones": [MilestoneDraft("Step")]}, [("milestones", "not_for_kind")]),
        ({"weight": Decimal(-1)}, [("weight", "negative")]),
        ({"weight": Decimal(1_000_000)}, [("weight", "too_large")]),
        ({"weight": Decimal("NaN")}, [("weight", "not_finite")]),
        (
            {"kind": "at_most", "upper_bound": Decimal("0.1234567")},
            [("upper_bound", "too_many_decimals")],
        ),
        ({"kind": "at_most", "upper_bound": Decimal("1e12")}, [("upper_bound", "too_many_digits")]),
        ({"cadence_days": 0}, [("cadence_days", "out_of_range")]),
        ({"value_source": "guess"}, [("value_source", "unknown")]),
        (
            {"planned_values": [(date(2026, 5, 1), Decimal(1)), (date(2026, 5, 1), Decimal("Infinity"))]},
            [("planned_values.1.value", "not_finite"), ("planned_values.1.on", "repeated")],
        ),
        (
            {"kind": "milestones", "milestones": [MilestoneDraft(" ", Decimal(-1))]},
            [
                ("milestones.0.title", "required"),
                ("milestones.0.weight", "negative"),
                ("milestones", "negative"),
            ],
        ),
    ],
)
def test_what_cannot_be_saved(
    owner: User, objective: Objective, fields: dict, problems: list[tuple[str, str]]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_key_result(objective=objective, by=owner, at=NOW, **{"title": "A", **fields})

    assert problems_of(refused) == problems
    assert not objective.key_results.exists()


def test_an_owner_from_elsewhere_is_not_found(owner: User, objective: Objective) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_key_result(objective=objective, by=owner, at=NOW, title="A", owner=make_person())

    assert problems_of(refused) == [("owner", "not_found")]


def test_the_log_keeps_numbers_and_days_of_an_edit(owner: User, objective: Objective) -> None:
    key_result = make_key_result(objective, title="Orders")

    edit_key_result(
        key_result=key_result,
        by=owner,
        at=NOW,
        expected_version=1,
        target_value=Decimal("120.50"),
        weight=Decimal(2),
        planned_values=[(date(2026, 5, 1), Decimal(40))],
        value_source=ValueSource.CONNECTOR,
    )

    key_result.refresh_from_db()
    assert (key_result.target_value, key_result.version, key_result.updated_at) == (Decimal("120.5"), 2, NOW)
    assert Event.objects.get().payload["changes"] == {
        "target_value": ["100", "120.5"],
        "weight": ["1", "2"],
        "value_source": ["manual", "connector"],
        "planned_values": [[], [{"on": "2026-05-01", "value": "40"}]],
    }


def test_an_edit_that_changes_nothing_leaves_no_trace(owner: User, objective: Objective) -> None:
    key_result = make_key_result(objective, kind=KeyResultKind.MILESTONES)
    steps = [MilestoneDraft(step.title, step.weight, id=step.pk) for step in key_result.milestones.all()]

    same = edit_key_result(key_result=key_result, by=owner, at=NOW, milestones=steps, weight=Decimal("1.0"))

    assert same.version == 1
    assert not Event.objects.exists()


def test_milestones_are_renamed_added_moved_and_removed(owner: User, objective: Objective) -> None:
    key_result = make_key_result(objective, kind=KeyResultKind.MILESTONES)
    first, second = key_result.milestones.all()
    make_check_in(key_result, value=None, milestones_done=[str(second.pk)], observed_on=date(2026, 5, 1))

    edit_key_result(
        key_result=key_result,
        by=owner,
        at=NOW,
        milestones=[MilestoneDraft("Brand new"), MilestoneDraft("Second, renamed", Decimal(2), id=second.pk)],
    )

    steps = list(key_result.milestones.all())
    assert [(step.title, int(step.weight)) for step in steps] == [("Brand new", 1), ("Second, renamed", 2)]
    assert (steps[1].pk, steps[1].done_on) == (second.pk, date(2026, 5, 1))
    assert Event.objects.get().payload["milestones_removed"] == [str(first.pk)]


def test_a_step_of_another_key_result_is_not_found(owner: User, objective: Objective) -> None:
    key_result = make_key_result(objective, kind=KeyResultKind.MILESTONES)
    other = make_key_result(objective, kind=KeyResultKind.MILESTONES).milestones.all()[0]
    own = key_result.milestones.all()[0]

    with pytest.raises(InvalidInput) as refused:
        edit_key_result(
            key_result=key_result,
            by=owner,
            at=NOW,
            milestones=[
                MilestoneDraft("A", id=own.pk),
                MilestoneDraft("B", id=own.pk),
                MilestoneDraft("C", id=other.pk),
            ],
        )

    assert problems_of(refused) == [("milestones.1.id", "not_found"), ("milestones.2.id", "not_found")]


def test_a_baseline_turns_into_another_kind_with_its_history(owner: User, objective: Objective) -> None:
    key_result = make_key_result(objective, kind=KeyResultKind.BASELINE)
    check_in = make_check_in(key_result, value=31, author=owner)

    edit_key_result(
        key_result=key_result,
        by=owner,
        at=NOW,
        kind=KeyResultKind.DECREASE,
        start_value=Decimal(31),
        target_value=Decimal(20),
    )

    key_result.refresh_from_db()
    assert key_result.kind == KeyResultKind.DECREASE
    assert list(CheckIn.objects.all()) == [check_in]


def test_a_new_kind_drops_what_it_has_no_use_for(owner: User, objective: Objective) -> None:
    key_result = make_key_result(objective)

    edited = edit_key_result(key_result=key_result, by=owner, at=NOW, kind=KeyResultKind.YES_NO)

    assert {edited.start_value, edited.target_value} == {None}
    assert Event.objects.get().payload["changes"]["target_value"] == ["100", None]
    with pytest.raises(InvalidInput) as refused:
        edit_key_result(
            key_result=key_result, by=owner, at=NOW, kind=KeyResultKind.PERCENT_DONE, start_value=Decimal(1)
        )
    assert problems_of(refused) == [("start_value", "not_for_kind")]


def test_a_stale_version_is_refused(owner: User, objective: Objective) -> None:
    key_result = make_key_result(objective, version=3)

    with pytest.raises(StaleVersion):
        edit_key_result(key_result=key_result, by=owner, at=NOW, title="B", expected_version=2)
    with pytest.raises(StaleVersion):
        delete_key_result(key_result=key_result, by=owner, at=NOW, expected_version=2)


def test_an_unknown_field_is_a_mistake_of_the_caller(owner: User, objective: Objective) -> None:
    with pytest.raises(TypeError, match="progress"):
        edit_key_result(key_result=make_key_result(objective), by=owner, at=NOW, progress=1)  # type: ignore[call-arg]


def test_pausing_and_cancelling_keep_the_reason(owner: User, objective: Objective) -> None:
    key_result = make_key_result(objective)

    paused = pause_key_result(key_result=key_result, by=owner, at=NOW, reason=" No data ")
    assert (paused.state, paused.state_reason, paused.version) == (KeyResultState.PAUSED, "No data", 2)
    active = activate_key_result(key_result=key_result, by=owner, at=NOW)
    assert (active.state, active.state_reason) == (KeyResultState.ACTIVE, "")
    assert activate_key_result(key_result=key_result, by=owner, at=NOW).version == 3
    cancelled = cancel_key_result(key_result=key_result, by=owner, at=NOW, reason="Sold")
    assert cancelled.state == KeyResultState.CANCELLED
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["key_result.paused", "key_result.activated", "key_result.cancelled"]


@pytest.mark.parametrize("step", [pause_key_result, cancel_key_result])
def test_pausing_and_cancelling_need_a_reason(owner: User, objective: Objective, step) -> None:
    with pytest.raises(InvalidInput):
        step(key_result=make_key_result(objective), by=owner, at=NOW, reason=" ")


def test_closing_freezes_the_score_and_activating_lifts_it(owner: User, objective: Objective) -> None:
    key_result = make_key_result(objective, progress=Decimal("0.455"))

    closed = close_key_result(key_result=key_result, by=owner, at=NOW)
    assert (closed.state, closed.score, closed.closed_at) == (KeyResultState.CLOSED, Decimal("0.46"), NOW)
    with pytest.raises(RuleConflict, match="closed already"):
        close_key_result(key_result=key_result, by=owner, at=LATER)
    with pytest.raises(RuleConflict, match="closed"):
        edit_key_result(key_result=key_result, by=owner, at=LATER, title="B")
    opened = activate_key_result(key_result=key_result, by=owner, at=LATER)
    assert (opened.state, opened.score, opened.closed_at) == (KeyResultState.ACTIVE, None, None)
    again = close_key_result(key_result=key_result, by=owner, at=LATER, score=Decimal("0.5"))
    assert again.score == Decimal("0.5")


def test_a_cancelled_one_is_not_paused_or_closed(owner: User, objective: Objective) -> None:
    key_result = make_key_result(objective, state=KeyResultState.CANCELLED)

    with pytest.raises(RuleConflict, match="cancelled"):
        pause_key_result(key_result=key_result, by=owner, at=NOW, reason="r")
    with pytest.raises(RuleConflict, match="cancelled"):
        close_key_result(key_result=key_result, by=owner, at=NOW)


def test_a_deleted_one_comes_back_for_thirty_days(owner: User, objective: Objective) -> None:
    key_result = make_key_result(objective)

    deleted = delete_key_result(key_result=key_result, by=owner, at=NOW)
    assert not objective.key_results.exists()
    with pytest.raises(RuleConflict, match="deleted"):
        delete_key_result(key_result=key_result, by=owner, at=NOW)
    with pytest.raises(RuleConflict, match="30 days"):
        restore_key_result(key_result=deleted, by=owner, at=NOW + timedelta(days=31))
    restore_key_result(key_result=deleted, by=owner, at=LATER)

    back = objective.key_results.get()
    assert (back.deleted_at, back.deleted_by, back.version) == (None, None, 3)
    assert restore_key_result(key_result=back, by=owner, at=LATER).version == 3


STEPS = [
    (edit_key_result, {"title": "B"}),
    (pause_key_result, {"reason": "r"}),
    (cancel_key_result, {"reason": "r"}),
    (close_key_result, {}),
    (activate_key_result, {}),
    (delete_key_result, {}),
]


@pytest.mark.parametrize(("step", "fields"), STEPS)
def test_nothing_changes_below_what_has_ended(step, fields: dict) -> None:
    owner = make_person()
    ended = make_objective(owner=owner, title="Old aim", state=ObjectiveState.CLOSED)
    past = make_objective(make_cycle(owner.organisation, name="Q1", state=CycleState.CLOSED), owner=owner)

    with pytest.raises(RuleConflict, match="Old aim"):
        step(key_result=make_key_result(ended), by=owner, at=NOW, **fields)
    with pytest.raises(RuleConflict, match="Q1"):
        step(key_result=make_key_result(past), by=owner, at=NOW, **fields)
    with pytest.raises(RuleConflict):
        create_key_result(objective=ended, by=owner, at=NOW, title="A")


@pytest.mark.parametrize(("step", "fields"), [*STEPS, (restore_key_result, {})])
def test_team_mates_viewers_and_strangers_may_not(step, fields: dict) -> None:
    team_mate = make_person()
    objective = make_objective(make_cycle(team_mate.organisation), team=make_team(members=[team_mate]))
    key_result = make_key_result(objective, owner=team_mate)
    viewer = make_person(team_mate.organisation, role=Role.VIEWER)

    for person in (team_mate, viewer, make_person(role=Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            step(key_result=key_result, by=person, at=NOW, **fields)
        with pytest.raises(NotAllowed):
            create_key_result(objective=objective, by=person, at=NOW, title="A")
