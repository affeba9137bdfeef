"""What was said and what happened around an objective, latest first: check-ins, words of people, and changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID
from zoneinfo import ZoneInfo

from activity.models import Event
from checkins.models import CheckIn
from checkins.queries.comments import Thread
from dashboards.queries.conversation_rows import (
    SHOWS,
    AskLine,
    Conversation,
    Entry,
    FoldedLine,
    NoteRow,
    SaidLine,
    Show,
)
from dashboards.queries.conversation_talk import Talk, talk_of
from dashboards.queries.event_words import SHOWN_VERBS, Around, told
from dashboards.queries.key_result_page import SaidRow, said_row
from dashboards.queries.objective_key_results import short_value_words, value_words
from objectives.models import KeyResult, Objective
from people.models import User

__all__ = ["PAGE_SIZE", "SHOWS", "Conversation", "Entry", "FoldedLine", "NoteRow", "Show", "conversation_of"]

PAGE_SIZE = 30


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
    """Two statements, for events and for words; check-ins (oldest first, by key result) were read already."""
    zone = ZoneInfo(objective.organisation.time_zone)
    most = page * PAGE_SIZE + 1
    talk = talk_of(user, objective, most=most)
    entries: list[Entry] = []
    if show in ("everything", "check_ins"):
        entries += _said(user, key_results, check_ins, step_titles, zone, talk)
        entries += talk.notes
    if show == "everything":
        entries += [_on_its_day(entry, zone) for entry in talk.entries]
    if show in ("everything", "decisions"):
        entries += [_on_its_day(entry, zone) for entry in talk.decisions]
    if show in ("everything", "changes"):
        entries += _changes(objective, around, most, zone)
    entries.sort(key=lambda entry: entry.place, reverse=True)
    entries = _folded(entries)
    first = (page - 1) * PAGE_SIZE
    return Conversation(
        tuple(entries[first : first + PAGE_SIZE]),
        show,
        page,
        has_earlier=len(entries) > first + PAGE_SIZE,
        reactions=talk.reactions,
    )


def _on_its_day(entry: Entry, zone: ZoneInfo) -> Entry:
    """What happened at a moment, on the day of that moment where the organisation is."""
    at = entry.at.astimezone(zone)
    return replace(entry, on=at.date(), at=at)


def _said(
    user: User,
    key_results: Sequence[KeyResult],
    check_ins: Mapping[UUID, Sequence[CheckIn]],
    step_titles: Mapping[str, str],
    zone: ZoneInfo,
    talk: Talk,
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
                    asks=_asks_in(row, talk),
                    thread=talk.on_check_ins.get(row.pk, Thread()),
                    is_reacted=row.pk in talk.reactions,
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


def _asks_in(row: CheckIn, talk: Talk) -> tuple[AskLine, ...]:
    return tuple(sorted(talk.asks_in.get(row.pk, ()), key=lambda ask: ask.at))


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
