"""Changes in words: fields by the names that people use, values as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from checkins.rules.folded_changes import ChangeKind
from common.templatetags.numbers import number

FIELDS = {
    "cycle": "Cycle",
    "contributors": "Contributors",
    "ends_on": "Ends",
    "keeps_us_running": "Why it keeps us running",
    "kind": "Kind",
    "lower_bound": "Lower bound",
    "milestones": "Steps",
    "narrative": "Why now",
    "not_doing": "What we will not do",
    "owner": "Owner",
    "planned_values": "Plan",
    "rank": "Place",
    "score": "Score",
    "sponsor": "Sponsor",
    "start_value": "Start",
    "starts_on": "Begins",
    "state": "State",
    "target_value": "Target",
    "team": "Team",
    "title": "Wording",
    "unit": "Unit",
    "upper_bound": "Upper bound",
    "value": "Value",
    "visibility": "Who may read it",
    "weight": "Weight",
    "why": "Why it matters",
}
NUMBERS = frozenset(
    ("start_value", "target_value", "lower_bound", "upper_bound", "weight", "value", "score", "rank")
)
WITH_UNIT = frozenset(("start_value", "target_value", "lower_bound", "upper_bound", "value"))
LONG = frozenset(("title", "why", "narrative", "not_doing", "keeps_us_running"))
SAYS = {
    ("objective", ChangeKind.NEW): "New objective",
    ("objective", ChangeKind.GONE): "Deleted",
    ("key_result", ChangeKind.NEW): "New key result",
    ("key_result", ChangeKind.GONE): "Deleted",
    ("alignment_link", ChangeKind.NEW): "Now linked",
    ("alignment_link", ChangeKind.GONE): "No longer linked",
    ("priority", ChangeKind.NEW): "New priority",
}
NOTHING = "nothing"


def words(name: str, value: Any, unit: str = "") -> str:
    """A value of a field as people read it; "nothing" where there is none."""
    if value is None or value == "" or value == []:
        return "" if name in LONG else NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in NUMBERS:
        try:
            return number(Decimal(str(value)), unit if name in WITH_UNIT else "")
        except InvalidOperation:
            return str(value)
    if isinstance(value, dict):
        return _of_dict(value)
    if isinstance(value, list):
        return ", ".join(words("", one) for one in value)
    return str(value).replace("_", " ") if name in ("state", "kind", "visibility") else _day(str(value))


def _of_dict(value: dict[str, Any]) -> str:
    if "on" in value:
        return f"{number(value.get('value'))} on {_day(str(value['on']))}"
    return str(value.get("name") or value.get("title") or "…")


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    return f"{day.day} {day:%b %Y}" if day else text
