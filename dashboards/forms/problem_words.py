"""What is wrong with a field, and what would do: longer than the one line that the summary has room for."""

from __future__ import annotations

from common.errors import FieldProblem

SAID: dict[tuple[str, str], str] = {
    ("title", "required"): "What should be different, and for whom? A few words will do.",
    ("key_result.title", "required"): "What changes? Say what somebody would notice.",
    ("start_value", "required"): "Where does it stand today? If nobody knows yet, choose Baseline.",
    ("target_value", "required"): "Where should it be at the end? If nobody knows yet, choose Baseline.",
    ("lower_bound", "required"): "Which number may it not fall below?",
    ("upper_bound", "required"): "Which number may it not rise above?",
    ("target_value", "equal_to_start"): (
        "Both numbers are the same. Change one, or choose At least or At most to keep a number where it is."
    ),
    ("upper_bound", "not_above_lower"): "The upper bound lies below the lower one. Turn them around.",
    ("milestones", "required"): "Name the first step. One is enough to begin with.",
    ("milestones", "no_weight"): "All steps weigh 0. Give at least one a weight above 0.",
    ("step.title", "required"): "Name this step, or take it out.",
    ("initiative.title", "required"): "Say what will be done, or take it out.",
    ("parent", "linked_already"): "It is linked to this already. One link is enough.",
    ("weight", "negative"): "A weight starts at 0. With 0 it is tracked and not counted.",
}


SHORT = {
    "wrong_direction": "the target lies in the wrong direction",
    "not_above_lower": "the upper bound lies below the lower one",
}
"""For the summary, where the words of the rule alone would read as a note."""


def line_of(problem: FieldProblem) -> str:
    """The few words for the summary on top."""
    return SHORT.get(problem.code, problem.message)


def said_of(problem: FieldProblem, place: str = "", kind: str = "") -> str:
    """A sentence for below the field. `place` tells fields of one name apart; `kind` is the key result's."""
    if problem.code == "wrong_direction":
        goes, other = ("down", "Decrease") if kind == "increase" else ("up", "Increase")
        own = "Increase" if kind == "increase" else "Decrease"
        return (
            f"The target goes {goes}, and the kind is {own}. Turn the two numbers around, or choose {other}."
        )
    found = SAID.get((f"{place}.{problem.field}" if place else problem.field, problem.code))
    return found or SAID.get((problem.field, problem.code)) or sentence(problem.message)


def sentence(words: str) -> str:
    """With a capital and a full stop, as below a field."""
    shown = words[:1].upper() + words[1:]
    return shown if shown.endswith((".", "?", "!", "…")) else f"{shown}."
