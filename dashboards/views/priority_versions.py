"""Two versions of a priority side by side, when two people changed it at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from alignment.models import PriorityRevision, StrategicPriority
from dashboards.forms.priority_form import PriorityForm
from people.models import User

NO_WORDS = ("size", "answer_by_on")
"""What a form of a change asks beside the words."""


@dataclass(frozen=True, slots=True)
class VersionPair:
    """One field that differs: what it is called, what stands now, and what was typed and is not saved."""

    label: str
    theirs: str
    mine: str


def version_pairs(theirs: StrategicPriority | PriorityRevision, form: PriorityForm) -> list[VersionPair]:
    """Every word of a valid form that differs from the row, in the order of the page."""
    return [
        VersionPair(str(form.fields[name].label), _words(getattr(theirs, name)), _words(typed))
        for name, typed in form.cleaned_data.items()
        if name not in NO_WORDS and hasattr(theirs, name) and typed != getattr(theirs, name)
    ]


def _words(value: Any) -> str:
    match value:
        case None | "":
            return "nothing"
        case date():
            return date_format(value, "j M Y")
        case User():
            return value.name
    return str(value)
