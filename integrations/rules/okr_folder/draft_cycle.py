"""Cycles: stated ones, and those that only a row names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from integrations.rules.okr_folder.cells import Day, clipped, fitted_id, parse_day
from integrations.rules.okr_folder.context import NAME_LENGTH, Context, CycleFacts, Flags
from integrations.rules.okr_folder.drafts import Draft, Flag
from integrations.rules.okr_folder.table import SourceRow
from objectives.rules.kinds import CycleState

UNNAMED = "No cycle named"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?:FY|CY|[QH][1-4]\W*|')(\d\d)(?!\d)", re.IGNORECASE)
_QUARTER = re.compile(r"(?<![A-Za-z])Q([1-4])(?!\d)", re.IGNORECASE)
_HALF = re.compile(r"(?<![A-Za-z])(?:H([12])|S([12]))(?!\d)", re.IGNORECASE)


def draft_cycle(row: SourceRow, context: Context, flags: Flags) -> Draft:
    """A cycle keyed by (org, cycle). Days that are missing or impossible are asked about, never made up in silence."""
    label = row["cycle"]
    external_id = fitted_id(f"{row['org']}|{label}")
    subject = ("cycle", external_id)
    starts = parse_day(row["start_date"]) if row["start_date"] else Day(None)
    ends = parse_day(row["end_date"]) if row["end_date"] else Day(None)
    for name, day in (("start", starts), ("end", ends)):
        if day.problem:
            options = tuple((f"{name}:{one.isoformat()}", f"{one:%-d %B %Y}") for one in day.options)
            flags.append(Flag(f"cycle_{name}_date", f"{name.capitalize()}: {day.problem}", options, subject))
    starts_on, ends_on = starts.value, ends.value
    if starts_on and ends_on and ends_on < starts_on:
        swapped = (f"{ends_on}..{starts_on}", f"{ends_on:%-d %B %Y} to {starts_on:%-d %B %Y}")
        text = f"The cycle ends on {ends_on} before it starts on {starts_on}. Which days are right?"
        flags.append(Flag("cycle_dates", text, (swapped,), subject))
        starts_on = ends_on = None
    elif not (starts_on and ends_on):
        flags.append(Flag("cycle_dates", _missing_days(label, starts_on), date_options(label), subject))
    fields = {"name": _cycle_name(label, row["org"], context), "starts_on": starts_on, "ends_on": ends_on}
    fields["state"] = cycle_state(label, starts_on, ends_on, context.today)
    return Draft("cycle", external_id, row, dict(row.cells), fields)


def note_cycle(draft: Draft, context: Context) -> CycleFacts:
    """Let later rows find the cycle. Dates that people have set here since count, not the source's gaps."""
    org, label = draft.row["org"], draft.row["cycle"]
    existing = context.existing.row("cycle", draft.external_id)
    values = existing.values if existing else draft.fields
    facts = CycleFacts(
        draft.external_id, values["name"], values["starts_on"], values["ends_on"], CycleState(values["state"])
    )
    context.cycles[org, label] = facts
    return facts


def implied_cycles(rows: Iterable[SourceRow], context: Context) -> list[tuple[SourceRow, Draft, Flags]]:
    """A draft for each (org, cycle) that rows name and cycles.csv does not; the first row that names it is asked."""
    found = []
    for row in rows:
        if (row["org"], row["cycle"]) in context.cycles:
            continue
        flags: Flags = []
        named = SourceRow(row.file, row.line, {key: row[key] for key in ("org", "cycle") if row[key]})
        draft = draft_cycle(named, context, flags)
        note_cycle(draft, context)
        found.append((row, draft, flags))
    return found


def cycle_state(label: str, starts_on: date | None, ends_on: date | None, today: date) -> CycleState:
    """Past cycles arrive closed, coming ones in planning. Without days the year in the label decides."""
    if starts_on is not None and starts_on > today:
        return CycleState.PLANNING
    last = ends_on
    if last is None and starts_on is not None:
        last = starts_on + timedelta(days=366)
    if last is not None:
        return CycleState.CLOSED if last < today else CycleState.ACTIVE
    year = label_year(label)
    if year is None or year == today.year:
        return CycleState.ACTIVE
    return CycleState.CLOSED if year < today.year else CycleState.PLANNING


def label_year(label: str) -> int | None:
    """The latest year that the label names; "FY20" is 2020."""
    years = [int(year) for year in _YEAR.findall(label)]
    years = years or [2000 + int(year) for year in _SHORT_YEAR.findall(label)]
    return max(years, default=None)


def date_options(label: str) -> tuple[tuple[str, str], ...]:
    """Days that the label may mean, as (value "first..last", words)."""
    year = label_year(label)
    if year is None:
        return ()
    quarter, half = _QUARTER.search(label), _HALF.search(label)
    spans: list[tuple[date, date]] = []
    if quarter:
        first = date(year, 3 * int(quarter.group(1)) - 2, 1)
        spans.append((first, _before(date(year + first.month // 10, (first.month + 2) % 12 + 1, 1))))
    elif half:
        spans.append(_half(year, int(half.group(1) or half.group(2))))
    else:
        spans += [_half(year, 1), _half(year, 2)]
    spans.append((date(year, 1, 1), date(year, 12, 31)))
    return tuple((f"{first}..{last}", f"{first:%-d %b} to {last:%-d %b %Y}") for first, last in spans)


def _half(year: int, number: int) -> tuple[date, date]:
    return (date(year, 1, 1), date(year, 6, 30)) if number == 1 else (date(year, 7, 1), date(year, 12, 31))


def _before(day: date) -> date:
    return day - timedelta(days=1)


def _missing_days(label: str, starts_on: date | None) -> str:
    if not label:
        return "These rows name no cycle. Which days do they belong to?"
    if starts_on:
        return f"The source does not say when “{label}” ends. Which days does it cover?"
    return f"The source gives “{label}” no dates. Which days does it cover?"


def _cycle_name(label: str, org: str, context: Context) -> str:
    """The label; with its org where several orgs of the folder have cycles, so that lists can tell them apart."""
    name = label or UNNAMED
    return clipped(f"{name} · {org}" if len(context.orgs) > 1 and org else name, NAME_LENGTH)
