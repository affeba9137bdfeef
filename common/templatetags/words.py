"""The words and shapes of the status language, in one place for all pages."""

from __future__ import annotations

SHAPE = {
    "on_track": "on",
    "at_risk": "risk",
    "off_track": "off",
    "no_data": "none",
    "too_early": "none",
    "draft": "none",
    "proposed": "none",
    "agreed": "none",
    "planned": "none",
    "cancelled": "none",
    "active": "on",
    "paused": "paused",
    "achieved": "done",
    "closed": "done",
    "done": "done",
}

STATUS_WORD = {
    "on_track": "On track",
    "at_risk": "At risk",
    "off_track": "Off track",
    "no_data": "Not started",
    "too_early": "Too early to say",
    "draft": "Draft",
    "proposed": "Proposed",
    "agreed": "Agreed",
    "planned": "Planned",
    "cancelled": "Cancelled",
    "active": "Active",
    "paused": "Paused",
    "achieved": "Done",
    "closed": "Done",
    "done": "Done",
}

SHAPE_WORD = {
    "on": "on track",
    "risk": "at risk",
    "off": "off track",
    "none": "with nothing to judge yet",
    "paused": "paused",
    "done": "done",
}

KIND_WORD = {
    "increase": "Increase",
    "decrease": "Decrease",
    "at_least": "At least",
    "at_most": "At most",
    "between": "Between",
    "milestones": "Milestones",
    "yes_no": "Yes or no",
    "percent_done": "Percent done",
    "baseline": "Baseline",
}

NOTHING_YET = "nothing to say yet"
DASH = "–"
SPACE = "\u00a0"


def shape_of(status: str) -> str:
    """The shape of a status or state; an unknown name is drawn as nothing to judge."""
    return SHAPE.get(str(status), "none")


def word_of(status: str) -> str:
    """The word of a status or state, as a person reads it."""
    name = str(status)
    return STATUS_WORD.get(name) or name.replace("_", " ").capitalize()


LINK_STATE_WORD = {
    "requested": "asked for, not answered yet",
    "accepted": "accepted",
    "declined": "declined",
    "renegotiated": "something else offered",
    "active": "",
}
"""The answer to a dependency."""
