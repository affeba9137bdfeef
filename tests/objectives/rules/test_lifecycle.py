"""Which state may follow which (RULES §3, §6)."""

import pytest

from objectives.rules.kinds import CycleState, KeyResultState, ObjectiveState
from objectives.rules.lifecycle import (
    KeyResultAction,
    ObjectiveAction,
    TransitionRefused,
    is_open_objective,
    key_result_after,
    key_result_may_become,
    objective_actions,
    objective_after,
    takes_check_ins,
    why_no_check_in,
)

S, A = ObjectiveState, ObjectiveAction
ALLOWED = {
    (A.PROPOSE, S.DRAFT): S.PROPOSED,
    (A.PROPOSE, S.PROPOSED): S.PROPOSED,
    (A.AGREE, S.PROPOSED): S.AGREED,
    (A.AGREE, S.AGREED): S.AGREED,
    (A.ACTIVATE, S.DRAFT): S.ACTIVE,
    (A.ACTIVATE, S.PROPOSED): S.ACTIVE,
    (A.ACTIVATE, S.AGREED): S.ACTIVE,
    (A.ACTIVATE, S.PAUSED): S.ACTIVE,
    (A.ACTIVATE, S.ACTIVE): S.ACTIVE,
    (A.PAUSE, S.ACTIVE): S.PAUSED,
    (A.PAUSE, S.PAUSED): S.PAUSED,
    (A.CLOSE, S.ACTIVE): S.CLOSED,
    (A.CLOSE, S.PAUSED): S.CLOSED,
    (A.REOPEN, S.CLOSED): S.ACTIVE,
    (A.CANCEL, S.DRAFT): S.CANCELLED,
    (A.CANCEL, S.PROPOSED): S.CANCELLED,
    (A.CANCEL, S.AGREED): S.CANCELLED,
    (A.CANCEL, S.ACTIVE): S.CANCELLED,
    (A.CANCEL, S.PAUSED): S.CANCELLED,
    (A.CANCEL, S.CANCELLED): S.CANCELLED,
}


@pytest.mark.parametrize("action", A)
@pytest.mark.parametrize("state", S)
def test_every_step_from_every_state(action: ObjectiveAction, state: ObjectiveState) -> None:
    after = ALLOWED.get((action, state))
    offered = action in objective_actions(state)
    if after is None:
        assert not offered
        with pytest.raises(TransitionRefused, match=f"{state} objective cannot be"):
            objective_after(action, state)
    else:
        assert objective_after(action, state) is after
        assert offered is (after is not state)


def test_a_refusal_is_a_sentence() -> None:
    with pytest.raises(TransitionRefused, match=r"^an active objective cannot be reopened$"):
        objective_after(A.REOPEN, S.ACTIVE)


@pytest.mark.parametrize("action", A)
@pytest.mark.parametrize("state", S)
def test_a_closed_cycle_allows_no_step(action: ObjectiveAction, state: ObjectiveState) -> None:
    assert objective_actions(state, cycle_state=CycleState.CLOSED) == ()
    with pytest.raises(TransitionRefused, match="its cycle is closed") as refusal:
        objective_after(action, state, cycle_state=CycleState.CLOSED)
    assert refusal.value.state is CycleState.CLOSED


@pytest.mark.parametrize("cycle_state", [CycleState.PLANNING, CycleState.ACTIVE, CycleState.CLOSING])
def test_a_closed_objective_reopens_while_its_cycle_is_open(cycle_state: CycleState) -> None:
    assert objective_after(A.REOPEN, S.CLOSED, cycle_state=cycle_state) is S.ACTIVE


K = KeyResultState
KEY_RESULT_CHANGES = {
    (K.ACTIVE, K.PAUSED),
    (K.ACTIVE, K.CLOSED),
    (K.ACTIVE, K.CANCELLED),
    (K.PAUSED, K.ACTIVE),
    (K.PAUSED, K.CLOSED),
    (K.PAUSED, K.CANCELLED),
    (K.CLOSED, K.ACTIVE),
    (K.CANCELLED, K.ACTIVE),
}
REACHES = {
    KeyResultAction.ACTIVATE: K.ACTIVE,
    KeyResultAction.PAUSE: K.PAUSED,
    KeyResultAction.CLOSE: K.CLOSED,
    KeyResultAction.CANCEL: K.CANCELLED,
}


@pytest.mark.parametrize("state", K)
@pytest.mark.parametrize("action", KeyResultAction)
def test_key_result_steps(action: KeyResultAction, state: KeyResultState) -> None:
    after = REACHES[action]
    is_allowed = state is after or (state, after) in KEY_RESULT_CHANGES
    assert key_result_may_become(state, after) is is_allowed
    if is_allowed:
        assert key_result_after(action, state) is after
    else:
        with pytest.raises(TransitionRefused, match=f"a {state} key result cannot become {after}"):
            key_result_after(action, state)


@pytest.mark.parametrize("objective_state", S)
@pytest.mark.parametrize("cycle_state", CycleState)
@pytest.mark.parametrize("key_result_state", K)
def test_check_ins_are_taken_while_all_three_run(
    objective_state: ObjectiveState, cycle_state: CycleState, key_result_state: KeyResultState
) -> None:
    expected = (
        objective_state in {"active", "paused"}
        and cycle_state in {"active", "closing"}
        and key_result_state in {"active", "paused"}
    )
    assert takes_check_ins(objective_state, cycle_state, key_result_state) is expected


@pytest.mark.parametrize(
    ("objective_state", "cycle_state", "key_result_state", "words"),
    [
        (S.ACTIVE, CycleState.PLANNING, K.ACTIVE, "its cycle is in planning"),
        (S.ACTIVE, CycleState.CLOSED, K.ACTIVE, "its cycle is closed"),
        (S.DRAFT, CycleState.ACTIVE, K.ACTIVE, "its objective is a draft"),
        (S.CANCELLED, CycleState.ACTIVE, K.ACTIVE, "its objective is cancelled"),
        (S.ACTIVE, CycleState.ACTIVE, K.CLOSED, "it is closed"),
        (S.PAUSED, CycleState.CLOSING, K.PAUSED, None),
    ],
)
def test_the_refusing_state_is_named(
    objective_state: ObjectiveState,
    cycle_state: CycleState,
    key_result_state: KeyResultState,
    words: str | None,
) -> None:
    assert why_no_check_in(objective_state, cycle_state, key_result_state) == words


def test_open_objectives() -> None:
    assert {state for state in S if is_open_objective(state)} == {S.ACTIVE, S.PAUSED}
