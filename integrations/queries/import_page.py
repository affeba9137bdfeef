"""What the import pages show: runs, and the rows of a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.fields.json import KeyTransform

from integrations.permissions import visible_import_runs
from integrations.rules.keeping import DAYS_TO_UNDO
from integrations.rules.okr_folder.report import plural
from people.models import User

ROWS_ON_A_PAGE = 50
MOST_RUNS = 50
TABS = (
    ("refused", "Refused"),
    ("flagged", "Flagged"),
    ("made", "Made"),
    ("updated", "Brought up to date"),
    ("unchanged", "Unchanged"),
)


@dataclass(frozen=True, slots=True)
class RunRow:
    """An earlier import. `undo_until` is None when it cannot be taken back any more."""

    id: UUID
    source_name: str
    by: str
    is_undone: bool
    at: datetime
    made: int
    open_questions: int
    undo_until: datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    """One figure of the report."""

    label: str
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class ReportTab:
    """Rows with one outcome."""

    key: str
    words: str
    count: int
    is_current: bool


def run_list(user: User, *, at: datetime) -> list[RunRow]:
    """Imports that were brought in or taken back, newest first, at most 50."""
    runs = (
        visible_import_runs(user)
        .filter(state__in=("applied", "undone"))
        .select_related("by")
        .defer("upload", "report")
        .annotate(
            counts=KeyTransform("counts", "report"),
            open_questions=Count("questions", filter=Q(questions__answered_at__isnull=True)),
        )
        .order_by("-applied_at", "-id")[:MOST_RUNS]
    )
    return [_run_row(run, at) for run in runs]


def _run_row(run: Any, at: datetime) -> RunRow:
    until = undo_until(run.state, run.applied_at, at)
    made = run.counts.get("made", 0) + run.counts.get("flagged", 0)
    return RunRow(
        run.pk,
        run.source_name,
        run.by.name if run.by else "",
        run.state == "undone",
        run.applied_at or run.created_at,
        made,
        run.open_questions,
        until,
    )


def undo_until(state: str, applied_at: datetime | None, at: datetime) -> datetime | None:
    """The moment up to which it can be taken back; None when that is over, or there is nothing to take back."""
    if state != "applied" or applied_at is None or at - applied_at > DAYS_TO_UNDO:
        return None
    return applied_at + DAYS_TO_UNDO


def cards_of(report: dict[str, Any]) -> list[Card]:
    """Rows read, made, flagged, refused; brought up to date and unchanged where there are any. They add up."""
    counts = report["counts"]
    shown = list(report.get("objects", {}).items())[:4]
    what = ", ".join(f"{count} {plural(name, count)}" for name, count in shown) or "nothing new"
    cards = [
        Card("Rows read", counts["read"], "nothing skipped in silence"),
        Card("Made as they are", counts["made"], what),
        Card("Flagged", counts["flagged"], "made too, each with a question"),
        Card("Refused", counts["refused"], "not made, with a reason"),
    ]
    if counts["updated"]:
        cards.append(Card("Brought up to date", counts["updated"], "changed in the source since"))
    if counts["unchanged"]:
        cards.append(Card("Unchanged", counts["unchanged"], "here already, left alone"))
    return cards


def tabs_of(report: dict[str, Any], wanted: str) -> list[ReportTab]:
    """The tabs that have rows; refused, flagged and made always. The one wanted is open, or the first with rows."""
    counts = report["counts"]
    if wanted not in dict(TABS):
        wanted = next((key for key, _ in TABS if counts[key]), "made")
    return [
        ReportTab(key, words, counts[key], key == wanted)
        for key, words in TABS
        if counts[key] or key in ("refused", "flagged", "made", wanted)
    ]


def rows_of(report: dict[str, Any], outcome: str) -> list[dict[str, Any]]:
    """The report's rows with that outcome, in the order of the files."""
    return [row for row in report["rows"] if row["outcome"] == outcome]
