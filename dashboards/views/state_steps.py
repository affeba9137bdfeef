"""The steps in the life of an objective and of a key result, in words: what is asked, what follows, what undoes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """`reason`: label of the field for a reason that the step needs. `undo`: the step that takes it back."""

    title: str
    words: str
    label: str
    done: str
    reason: str = ""
    undo: str = ""
    takes_score: bool = False


OBJECTIVE_STEPS: dict[str, Step] = {
    "propose": Step(
        "Propose it?",
        "Its sponsor is asked to agree, or to ask a question. You can go on writing meanwhile.",
        "Propose it",
        "Proposed.",
    ),
    "agree": Step(
        "Agree to it?",
        "The team starts it when it is ready. Its words stay the team’s own.",
        "Agree",
        "Agreed.",
    ),
    "activate": Step(
        "Share it?",
        "It counts from now on in what it helps, and its key results ask for check-ins.",
        "Share it",
        "Shared. It counts from now on.",
    ),
    "resume": Step(
        "Take it up again?",
        "Its key results ask for check-ins again.",
        "Take it up again",
        "Taken up again.",
    ),
    "pause": Step(
        "Pause it?",
        "It still counts, and nobody is asked to check in until somebody takes it up again.",
        "Pause it",
        "Paused.",
        reason="Why does it rest?",
        undo="activate",
    ),
    "close": Step(
        "Close it?",
        "Its key results close with it and keep their numbers. It can be opened again while its cycle is open.",
        "Close it",
        "Closed.",
        undo="reopen",
        takes_score=True,
    ),
    "reopen": Step(
        "Open it again?",
        "Its key results ask for check-ins again. The score it had stays in the history.",
        "Open it again",
        "It is open again.",
    ),
    "cancel": Step(
        "Cancel it?",
        "It stays to be read and counts no more. A pause would leave the way back open for longer.",
        "Cancel it",
        "Cancelled.",
        reason="Why is it given up?",
        undo="uncancel",
    ),
    "uncancel": Step(
        "Take back the cancelling?",
        "It returns to where it was. Possible within a day.",
        "Take it back",
        "It is back as it was.",
    ),
    "delete": Step(
        "Delete it?",
        "It goes with its key results, check-ins and links, out of every number. For 30 days it can be brought back.",
        "Delete it",
        "Deleted.",
        undo="restore",
    ),
    "restore": Step(
        "Bring it back?",
        "Its key results, check-ins and links come with it, and every number that it counts in.",
        "Bring it back",
        "It is back, and every number with it.",
    ),
}

KEY_RESULT_STEPS: dict[str, Step] = {
    "activate": Step(
        "Take it up again?",
        "It counts, and asks for check-ins.",
        "Take it up again",
        "Taken up again.",
    ),
    "pause": Step(
        "Pause it?",
        "It still counts, and nobody is asked about it until somebody takes it up again.",
        "Pause it",
        "Paused.",
        reason="Why does it rest?",
        undo="activate",
    ),
    "close": Step(
        "Close it?",
        "It keeps its number and asks for no more check-ins.",
        "Close it",
        "Closed.",
        undo="activate",
        takes_score=True,
    ),
    "cancel": Step(
        "Cancel it?",
        "It stays to be read and counts no more.",
        "Cancel it",
        "Cancelled.",
        reason="Why is it given up?",
        undo="activate",
    ),
    "delete": Step(
        "Delete it?",
        "It goes with its check-ins, out of every number. For 30 days it can be brought back.",
        "Delete it",
        "Deleted.",
        undo="restore",
    ),
    "restore": Step(
        "Bring it back?",
        "Its check-ins come with it, and every number that it counts in.",
        "Bring it back",
        "It is back, and every number with it.",
    ),
}
