"""What was said and what happened around an objective, latest first: check-ins, notes and changes in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F

from activity.models import Event
from checkins.models import CheckIn, ObjectiveNote
from dashboards.queries.event_words import SHOWN_VERBS, Around, Told, told
from dashboards.queries.key_result_page import SaidRow, said_row
from dashboards.queries.objective_key_results import short_value_words, value_words
from objectives.models import KeyResult, Objective
from people.models import User

Show = Literal["everything", "check_ins", "changes"]
SHOWS: tuple[Show, ...] = ("everything", "check_ins", "changes")
PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One check-in inside an entry; values in words with their unit, `was_progress` that of the one before.

    `is_turn` says that its status is another than that of the one before.
    """

    said: SaidRow
    key_result_id: UUID
    title: str
    value: str
    was_value: str
    was_progress: Decimal | None
    is_turn: bool = False

    @property
    def has_words(self) -> bool:
        return bool(self.said.note or self.said.win or self.said.challenge or self.said.next_step)


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note on the whole objective, as its source wrote it. It moved no number."""

    text: str
    value_text: str
    status_text: str


@dataclass(frozen=True, slots=True)
class FoldedLine:
    """Values of one key result that machines wrote in a row."""

    key_result_id: UUID
    title: str
    first: str
    last: str
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `kind` is check_ins, automatic, note or change; exactly the rows of that kind are there.

    `on` None: the source has no date.
    """

    kind: str
    who: str
    on: date | None
    at: datetime
    recorded_by: str = ""
    lines: tuple[SaidLine, ...] = ()
    folded: tuple[FoldedLine, ...] = ()
    note: NoteRow | None = None
    change: Told | None = None
    turns: int = 0

    @property
    def value_count(self) -> int:
        """How many values machines wrote; `turns` of them changed the status of their key result."""
        return sum(line.count for line in self.folded)

    @property
    def place(self) -> tuple[date, datetime]:
        return (self.on or date.min, self.at)

    @property
    def is_backdated(self) -> bool:
        """Recorded on another day than the one it speaks of."""
        return self.kind == "check_ins" and self.on is not None and self.at.date() != self.on


@dataclass(frozen=True, slots=True)
class Conversation:
    """One page of entries, latest first."""

    entries: tuple[Entry, ...]
    show: Show
    page: int
    has_earlier: bool


@dataclass(slots=True)
class _Group:
    lines: list[SaidLine] = field(default_factory=list)
    rows: list[CheckIn] = field(default_factory=list)


def conversation_of(
    user: User,
    objective: Objective,
    key_results: Sequence[KeyResult],
    check_ins: Mapping[UUID, Sequence[CheckIn]],
    around: Around,
    *,
    step_titles: Mapping[str, str],
    show: Show,
    page: int,
) -> Conversation:
    """Two statements for events and notes; check-ins (oldest first, by key result) were read already."""
    zone = ZoneInfo(objective.organisation.time_zone)
    most = page * PAGE_SIZE + 1
    entries: list[Entry] = []
    if show != "changes":
        entries += _said(user, key_results, check_ins, step_titles, zone)
        entries += _notes(objective, most)
    if show != "check_ins":
        entries += _changes(objective, around, most, zone)
    entries.sort(key=lambda entry: entry.place, reverse=True)
    entries = _folded(entries)
    first = (page - 1) * PAGE_SIZE
    return Conversation(
        tuple(entries[first : first + PAGE_SIZE]), show, page, has_earlier=len(entries) > first + PAGE_SIZE
    )


def _said(
    user: User,
    key_results: Sequence[KeyResult],
    check_ins: Mapping[UUID, Sequence[CheckIn]],
    step_titles: Mapping[str, str],
    zone: ZoneInfo,
) -> list[Entry]:
    """Check-ins that one person recorded on one day make one entry, with a line for each key result."""
    groups: dict[tuple[object, ...], _Group] = {}
    for key_result in key_results:
        was_confidence, was_progress, was_status = None, None, ""
        for row in check_ins.get(key_result.pk, ()):
            said = said_row(user, row, step_titles, was_confidence=was_confidence)
            group = groups.setdefault(_key(row, said, zone), _Group())
            group.rows.append(row)
            group.lines.append(
                SaidLine(
                    said=said,
                    key_result_id=key_result.pk,
                    title=key_result.title,
                    value=value_words(key_result, row.value),
                    was_value=short_value_words(key_result, row.previous_value)
                    if row.previous_value != row.value
                    else "",
                    was_progress=was_progress if was_progress != row.progress else None,
                    is_turn=was_status not in ("", row.status),
                )
            )
            was_confidence = row.confidence if row.confidence is not None else was_confidence
            was_progress, was_status = row.progress, row.status
    return [_said_entry(group, zone) for group in groups.values()]


def _key(row: CheckIn, said: SaidRow, zone: ZoneInfo) -> tuple[object, ...]:
    if not said.is_person and not (row.note or row.win or row.challenge or row.next_step):
        return ("automatic", row.pk)
    day = row.recorded_at.astimezone(zone).date() if row.imported_at is None else None
    return (said.who, said.recorded_by, row.observed_on, day)


def _said_entry(group: _Group, zone: ZoneInfo) -> Entry:
    latest = max(group.rows, key=lambda row: row.known_at)
    said = group.lines[0].said
    is_automatic = not said.is_person and not any(line.has_words for line in group.lines)
    return Entry(
        kind="automatic" if is_automatic else "check_ins",
        who=said.who,
        on=latest.observed_on,
        at=latest.known_at.astimezone(zone),
        recorded_by=said.recorded_by,
        lines=tuple(group.lines),
    )


def _folded(entries: Sequence[Entry]) -> list[Entry]:
    """Neighbouring values of machines become one entry with a line for each key result."""
    found: list[Entry] = []
    run: list[Entry] = []
    for entry in (*entries, None):
        if entry is not None and entry.kind == "automatic":
            run.append(entry)
            continue
        if run:
            found.append(_fold(run))
            run = []
        if entry is not None:
            found.append(entry)
    return found


def _fold(run: Sequence[Entry]) -> Entry:
    latest = run[0]
    lines: dict[UUID, list[SaidLine]] = {}
    for entry in reversed(run):
        for line in entry.lines:
            lines.setdefault(line.key_result_id, []).append(line)
    folded = tuple(
        FoldedLine(key, rows[0].title, rows[0].was_value or rows[0].value, rows[-1].value, len(rows))
        for key, rows in lines.items()
    )
    names = {entry.who for entry in run}
    who = latest.who if len(names) == 1 else ""
    turns = sum(line.is_turn for rows in lines.values() for line in rows)
    return Entry("automatic", who, latest.on, latest.at, folded=folded, turns=turns)


def _notes(objective: Objective, most: int) -> list[Entry]:
    rows = ObjectiveNote.objects.filter(objective=objective).select_related("author")
    found = rows.order_by(F("on").desc(nulls_last=True), "-known_at", "-pk")[:most]
    return [
        Entry(
            kind="note",
            who=row.author.name if row.author else row.author_label,
            on=row.on,
            at=row.known_at,
            note=NoteRow(row.text, row.value_text, row.status_text),
        )
        for row in found
    ]


def _changes(objective: Objective, around: Around, most: int, zone: ZoneInfo) -> list[Entry]:
    events = Event.objects.filter(objective_id=objective.pk, verb__in=SHOWN_VERBS).select_related("by")
    found: list[Entry] = []
    for event in events.order_by("-at", "-pk")[:most]:
        words = told(event, around)
        if words is None:
            continue
        at = event.at.astimezone(zone)
        found.append(Entry("change", event.by.name if event.by else "", at.date(), at, change=words))
    return found
