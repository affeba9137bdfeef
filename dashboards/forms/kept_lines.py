"""Lines of a draft that a shorter form, such as that of a mail's link, does not have: they wait for the whole one."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any
from uuid import UUID

from django.http import QueryDict

from dashboards.forms.check_in_rows import TypedRow

LINES = {
    "ask_text": ("ask_of", "ask_text", "ask_by"),
    "thank_names": ("thank", "thank_names"),
}
"""A field that a form with this line always sends, and what of the draft belongs to the line."""


def not_asked_here(posted: QueryDict, row_id: UUID, kept: Any) -> dict[str, Any]:
    """What the draft of a row holds of asks and thanks for which the posted form had no place."""
    if not isinstance(kept, Mapping):
        return {}
    names = [
        name
        for sign, fields in LINES.items()
        if f"{row_id}-{sign}" not in posted
        for name in fields
        if name in kept
    ]
    lines = {name: kept[name] for name in names}
    return lines if _says_more(lines) else {}


def waiting_rows(kept: Mapping[str, Any], *, shown: Container[UUID]) -> list[UUID]:
    """Rows of a draft that hold an ask or thanks and are not among those `shown`: their numbers went ahead."""
    found = []
    for key, row in kept.items():
        try:
            row_id = UUID(key)
        except ValueError:
            continue
        if row_id not in shown and isinstance(row, Mapping) and _says_more(row):
            found.append(row_id)
    return found


def _says_more(row: Mapping[str, Any]) -> bool:
    typed = TypedRow.from_draft(row)
    return typed.asks or typed.thanks
