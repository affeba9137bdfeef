"""Earlier wordings of a check-in, field by field, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import formats

from checkins.models import CheckInVersion
from common.templatetags.numbers import number

NAMES = {
    "value": "Value",
    "milestones_done": "Done",
    "confidence": "Confidence",
    "note": "Note",
    "win": "Win",
    "challenge": "Challenge",
    "next_step": "Next step",
    "next_step_due_on": "By",
    "observed_on": "Day",
}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What a check-in said until a moment: (name, words) pairs of the fields that were changed then."""

    until: datetime
    by: str
    fields: tuple[tuple[str, str], ...]


def version_rows(versions: Sequence[CheckInVersion], titles: Mapping[str, str]) -> list[VersionRow]:
    """`titles` are those of the milestones, by id."""
    return [
        VersionRow(
            row.replaced_at,
            row.replaced_by.name if row.replaced_by else "",
            tuple((NAMES.get(name, name), _words(name, was, titles)) for name, was in row.fields.items()),
        )
        for row in versions
    ]


def _words(name: str, was: Any, titles: Mapping[str, str]) -> str:
    if was in (None, "", []):
        return "nothing"
    if name == "value":
        return number(Decimal(str(was)))
    if name == "milestones_done":
        return ", ".join(titles.get(str(step), "a step that is gone") for step in was)
    if name in ("observed_on", "next_step_due_on"):
        return formats.date_format(date.fromisoformat(str(was)), "j M Y")
    return str(was)
