"""The form of the check-in pages: rows ready to print, and what the bar below them says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import formats, timezone

from checkins.models import CheckInDraft
from checkins.rules.asks import usual_answer_by
from checkins.rules.notes import NotePrompt
from common.ids import new_id
from common.templatetags.forms import ProblemLine
from common.templatetags.numbers import number
from dashboards.forms.check_in_rows import ReadRow, TypedRow, chosen_step, read_row
from dashboards.queries.check_in_rows import CheckInRow
from dashboards.queries.my_week import WeekGroup
from dashboards.views.words import in_words

SKIP_REASONS = {"no_change": "no change", "waiting": "waiting for data", "away": "away"}
USUAL_SKIP = timedelta(days=7)
NOTE_TOGGLES = (
    "note",
    "challenge",
    "win",
    "next_step",
    "next_step_due_on",
    "observed_on",
    "ask_of",
    "ask_text",
    "thank_names",
)


@dataclass(frozen=True)
class RowView:
    """One row as the template prints it."""

    row: CheckInRow
    typed: TypedRow
    problems: dict[str, str] = field(default_factory=dict)
    prompt: NotePrompt | None = None
    change: Decimal | None = None
    is_ready: bool = False

    @property
    def confidence(self) -> int | None:
        """The chosen step of the ladder."""
        return chosen_step(self.typed.confidence)

    @property
    def needs_words(self) -> bool:
        return self.prompt is not None and self.prompt.is_required

    @property
    def is_open(self) -> bool:
        """Whether the words below the row are shown."""
        return (
            self.needs_words
            or self.typed.thanks
            or any(name in self.problems or getattr(self.typed, name).strip() for name in NOTE_TOGGLES)
        )

    @property
    def change_words(self) -> str:
        """ "−0.5 since 12 Nov", as soon as there is a number to compare."""
        if self.change is None or self.row.last is None:
            return ""
        return change_words(self.change, self.row)

    @property
    def ticked(self) -> frozenset[str]:
        return self.row.done_step_ids if self.typed.steps is None else frozenset(self.typed.steps)

    @property
    def says_done(self) -> bool:
        return self.typed.value == "1" if self.typed.value in ("0", "1") else self.row.is_done


def change_words(change: Decimal, row: CheckInRow) -> str:
    """A difference with its sign and the day it is counted from."""
    if row.last is None:
        return ""
    on = formats.date_format(row.last.on, "j M")
    if not change:
        return f"as on {on}"
    sign = "\u2212" if change < 0 else "+"
    return f"{sign}{number(abs(change))} since {on}"


@dataclass(frozen=True)
class GroupView:
    id: UUID
    title: str
    progress: Decimal | None
    rows: tuple[RowView, ...]


def drafted(
    draft: CheckInDraft | None, rows: Iterable[CheckInRow], *, at: datetime, today: date
) -> dict[UUID, ReadRow]:
    """Rows that somebody began to fill in, read without complaint."""
    kept: Mapping[str, Any] = draft.rows if draft else {}
    return {
        row.id: read_row(row, TypedRow.from_draft(kept[str(row.id)]), today=today, at=at)
        for row in rows
        if isinstance(kept.get(str(row.id)), dict)
    }


def group_views(
    groups: Sequence[WeekGroup], reads: Mapping[UUID, ReadRow], *, shows_problems: bool
) -> tuple[GroupView, ...]:
    return tuple(
        GroupView(
            group.objective_id,
            group.title,
            group.progress,
            tuple(_row_view(row, reads.get(row.id), shows_problems) for row in group.rows),
        )
        for group in groups
    )


def _row_view(row: CheckInRow, read: ReadRow | None, shows_problems: bool) -> RowView:
    if read is None:
        return RowView(row, TypedRow())
    problems = read.problems if shows_problems and read.is_touched else {}
    prompt = read.prompt if read.is_touched else None
    is_ready = read.is_touched and read.to_share is not None
    return RowView(row, read.typed, problems, prompt, read.change, is_ready)


def form_context(
    groups: tuple[GroupView, ...], *, at: datetime, today: date, draft: CheckInDraft | None = None
) -> dict[str, Any]:
    """Everything that templates/dashboards/check_in_form.html reads, beside the win."""
    views = [view for group in groups for view in group.rows if not view.row.is_skipped]
    lines = problem_lines(views)
    return {
        "groups": groups,
        "form_id": new_id(),
        "skip_reasons": SKIP_REASONS,
        "usual_return": today + USUAL_SKIP,
        "usual_answer_by": usual_answer_by(today),
        "opened_at": at.isoformat(),
        "row_count": len(views),
        "state": ready_words([view.is_ready for view in views]),
        "draft_words": draft_words(draft.saved_at) if draft is not None and draft.rows else "",
        "problems": lines,
        "problem_title": problem_title(len(lines)),
    }


def problem_lines(views: Iterable[RowView]) -> list[ProblemLine]:
    """One line for each problem, leading to its field."""
    return [
        ProblemLine(f"#{view.row.id}-{name or 'title'}", f"{view.row.title}: {words}")
        for view in views
        for name, words in view.problems.items()
    ]


def problem_title(count: int) -> str:
    words = in_words(count)
    return f"{words[0].upper()}{words[1:]} thing{'' if count == 1 else 's'} before it can be shared"


def ready_words(ready: Sequence[bool]) -> str:
    """ "3 of 5 ready"."""
    return f"{sum(ready)} of {len(ready)} ready"


def draft_words(saved_at: datetime) -> str:
    """ "draft saved 09:41", in the reader's zone."""
    return f"draft saved {timezone.localtime(saved_at):%H:%M}"
