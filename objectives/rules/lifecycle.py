"""Which state may follow which, and what a state allows (docs: RULES §2, §3)."""

from collections.abc import Mapping
from enum import StrEnum

from objectives.rules.kinds import CycleState, KeyResultState, ObjectiveState


class TransitionRefused(Exception):
    """The present state does not allow the step. `state` names it; the message is a sentence for people."""

    def __init__(self, message: str, *, state: StrEnum) -> None:
        super().__init__(message)
        self.state = state


class ObjectiveAction(StrEnum):
    """What a person can do to the life of an objective."""

    PROPOSE = "propose"
    AGREE = "agree"
    ACTIVATE = "activate"
    PAUSE = "pause"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"


class KeyResultAction(StrEnum):
    """What a person can do to the life of a key result."""

    ACTIVATE = "activate"
    PAUSE = "pause"
    CLOSE = "close"
    CANCEL = "cancel"


_RUNNING = frozenset({ObjectiveState.ACTIVE, ObjectiveState.PAUSED})
_UNSTARTED = frozenset({ObjectiveState.DRAFT, ObjectiveState.PROPOSED, ObjectiveState.AGREED})

_OBJECTIVE_STEPS: Mapping[ObjectiveAction, tuple[frozenset[ObjectiveState], ObjectiveState]] = {
    ObjectiveAction.PROPOSE: (frozenset({ObjectiveState.DRAFT}), ObjectiveState.PROPOSED),
    ObjectiveAction.AGREE: (frozenset({ObjectiveState.PROPOSED}), ObjectiveState.AGREED),
    ObjectiveAction.ACTIVATE: (_UNSTARTED | {ObjectiveState.PAUSED}, ObjectiveState.ACTIVE),
    ObjectiveAction.PAUSE: (frozenset({ObjectiveState.ACTIVE}), ObjectiveState.PAUSED),
    ObjectiveAction.CLOSE: (_RUNNING, ObjectiveState.CLOSED),
    ObjectiveAction.REOPEN: (frozenset({ObjectiveState.CLOSED}), ObjectiveState.ACTIVE),
    ObjectiveAction.CANCEL: (_UNSTARTED | _RUNNING, ObjectiveState.CANCELLED),
}
_NOT_REPEATABLE = frozenset({ObjectiveAction.CLOSE, ObjectiveAction.REOPEN})
"""Steps that write or lift a score: asking twice is a conflict, every other repeat is harmless."""

_DONE_TO: Mapping[ObjectiveAction, str] = {
    ObjectiveAction.PROPOSE: "proposed",
    ObjectiveAction.AGREE: "agreed",
    ObjectiveAction.ACTIVATE: "activated",
    ObjectiveAction.PAUSE: "paused",
    ObjectiveAction.CLOSE: "closed",
    ObjectiveAction.REOPEN: "reopened",
    ObjectiveAction.CANCEL: "cancelled",
}

_KEY_RESULT_STEPS: Mapping[KeyResultAction, tuple[frozenset[KeyResultState], KeyResultState]] = {
    KeyResultAction.ACTIVATE: (
        frozenset({KeyResultState.PAUSED, KeyResultState.CLOSED, KeyResultState.CANCELLED}),
        KeyResultState.ACTIVE,
    ),
    KeyResultAction.PAUSE: (frozenset({KeyResultState.ACTIVE}), KeyResultState.PAUSED),
    KeyResultAction.CLOSE: (frozenset({KeyResultState.ACTIVE, KeyResultState.PAUSED}), KeyResultState.CLOSED),
    KeyResultAction.CANCEL: (
        frozenset({KeyResultState.ACTIVE, KeyResultState.PAUSED}),
        KeyResultState.CANCELLED,
    ),
}


def objective_after(
    action: ObjectiveAction, state: ObjectiveState, *, cycle_state: CycleState = CycleState.ACTIVE
) -> ObjectiveState:
    """The state after `action`; the same state when the step has been taken already and repeats harmlessly.

    Raises TransitionRefused when `state` does not allow it, and always in a closed cycle.
    """
    if cycle_state == CycleState.CLOSED:
        raise TransitionRefused("its cycle is closed", state=cycle_state)
    allowed, after = _OBJECTIVE_STEPS[action]
    if state == after and action not in _NOT_REPEATABLE:
        return state
    if state not in allowed:
        article = "an" if state[0] in "aeiou" else "a"
        raise TransitionRefused(f"{article} {state} objective cannot be {_DONE_TO[action]}", state=state)
    return after


def objective_actions(
    state: ObjectiveState, *, cycle_state: CycleState = CycleState.ACTIVE
) -> tuple[ObjectiveAction, ...]:
    """The steps that would change something now, in a fixed order: what a page may offer."""
    if cycle_state == CycleState.CLOSED:
        return ()
    return tuple(action for action, (allowed, _) in _OBJECTIVE_STEPS.items() if state in allowed)


def key_result_after(action: KeyResultAction, state: KeyResultState) -> KeyResultState:
    """The state of a key result after `action`; the same state when the step repeats harmlessly.

    Raises TransitionRefused when `state` does not allow it.
    """
    allowed, after = _KEY_RESULT_STEPS[action]
    if state == after:
        return state
    if state not in allowed:
        raise TransitionRefused(f"a {state} key result cannot become {after}", state=state)
    return after


def key_result_may_become(state: KeyResultState, after: KeyResultState) -> bool:
    """Whether a key result in `state` may be set to `after`; staying as it is is always allowed."""
    return state == after or any(state in old and new == after for old, new in _KEY_RESULT_STEPS.values())


def is_open_objective(state: ObjectiveState) -> bool:
    """Active or paused: keeps its cycle from being closed."""
    return state in _RUNNING


def takes_check_ins(
    objective_state: ObjectiveState, cycle_state: CycleState, key_result_state: KeyResultState
) -> bool:
    """Whether a check-in may be recorded now (see `why_no_check_in`)."""
    return why_no_check_in(objective_state, cycle_state, key_result_state) is None


def why_no_check_in(
    objective_state: ObjectiveState, cycle_state: CycleState, key_result_state: KeyResultState
) -> str | None:
    """The state that refuses a check-in, named for people; None when one is taken.

    Taken while the objective is active or paused, its cycle active or closing, and the key result neither
    closed nor cancelled.
    """
    if cycle_state not in (CycleState.ACTIVE, CycleState.CLOSING):
        return "its cycle is in planning" if cycle_state == CycleState.PLANNING else "its cycle is closed"
    if objective_state not in _RUNNING:
        word = "a draft" if objective_state == ObjectiveState.DRAFT else str(objective_state)
        return f"its objective is {word}"
    if key_result_state not in (KeyResultState.ACTIVE, KeyResultState.PAUSED):
        return f"it is {key_result_state}"
    return None
