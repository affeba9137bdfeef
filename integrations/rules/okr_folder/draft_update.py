"""Updates: check-ins on key results, notes on objectives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256

from integrations.rules.okr_folder.cells import Day, clipped, fitted_id, parse_day, parse_number, says_done
from integrations.rules.okr_folder.context import LABEL_LENGTH, Context, CycleFacts, Flags
from integrations.rules.okr_folder.draft_objective import label_of
from integrations.rules.okr_folder.drafts import Draft, Flag
from integrations.rules.okr_folder.table import SourceRow
from objectives.rules.kinds import KeyResultKind

KINDS = {
    "objective": "objective",
    "key_result": "key_result",
    "key result": "key_result",
    "kr": "key_result",
    "": "",
}
UNDATED = "import_undated"
STATED_VALUE = "import_stated_value"


@dataclass(slots=True)
class UpdateIds:
    """Updates have no id in the source: item, day, author and place among equals make one."""

    seen: Counter[str] = field(default_factory=Counter)

    def take(self, row: SourceRow, item: str) -> str:
        when = row["date"] or sha256(row["date_basis"].encode()).hexdigest()[:12]
        stem = f"{item}|{when}|{row['author'].casefold()}"
        self.seen[stem] += 1
        return fitted_id(f"{stem}|{self.seen[stem]}")


def target_of(row: SourceRow, context: Context) -> tuple[str, str] | None:
    """(table, external id) that the update speaks of; None when it is nowhere."""
    said = KINDS.get(row["item_kind"].casefold(), "")
    for table in (said,) if said else ("key_result", "objective"):
        found = context.resolve(table, row["org"], row["item_id"])
        if found:
            return table, found
    return None


def draft_note(row: SourceRow, external_id: str, objective: str, context: Context, flags: Flags) -> Draft:
    """A dated note on an objective: the author's words and numbers. It moves nothing."""
    day = _day_of(row, ("note", external_id), None, flags)
    author, label = _author(row, context)
    fields = {
        "text": row["text"],
        "value": parse_number(row["value"]) if row["value"] else None,
        "value_max": parse_number(row["value_max"]) if row["value_max"] else None,
        "value_text": clipped(row["value_text"], LABEL_LENGTH),
        "status_text": clipped(row["status"], LABEL_LENGTH),
        "on": day.value,
        "author_label": label,
    }
    for column in ("value", "value_max"):
        if row[column] and fields[column] is None:
            text = f"“{row[column]}” in {column} is no number; it is kept as words."
            flags.append(Flag(f"{column}_unreadable", text, (), ("note", external_id)))
    marks = {} if day.value else {UNDATED: "yes"}
    refs = {"objective": objective, "author": author}
    return Draft("note", external_id, row, dict(row.cells), fields, refs, marks)


def draft_check_in(
    row: SourceRow, external_id: str, key_result: Draft, context: Context, flags: Flags
) -> Draft:
    """A check-in on the day that the source names. An undated one lies on the cycle's last day and moves nothing until
    somebody says when it was."""
    subject = ("check_in", external_id)
    cycle = context.cycle(key_result.row)
    day = _day_of(row, subject, cycle, flags)
    value, step_done = read_value(row, key_result, flags, subject)
    author, label = _author(row, context)
    fields = {
        "value": value if day.value else None,
        "step_done": step_done if day.value else False,
        "note": words_of(row),
        "observed_on": day.value or context.placed_on(cycle),
        "known_on": day.value,
        "author_label": label,
    }
    marks = {}
    if day.value is None:
        marks[UNDATED] = "yes"
        if value is not None or step_done:
            marks[STATED_VALUE] = "done" if step_done else str(value)
    elif day.value > context.today:
        flags.append(Flag("update_in_future", f"Its day, {row['date']}, has not come yet.", (), subject))
    refs = {"key_result": key_result.external_id, "author": author}
    return Draft("check_in", external_id, row, dict(row.cells), fields, refs, marks)


def read_value(
    row: SourceRow, key_result: Draft, flags: Flags, subject: tuple[str, str]
) -> tuple[Decimal | None, bool]:
    """(value in the key result's own measure, its one step is done); (None, False) when the row states none."""
    kind = key_result.fields["kind"]
    number = parse_number(row["value"]) if row["value"] else None
    whole = parse_number(row["value_max"]) if row["value_max"] else None
    if kind == KeyResultKind.MILESTONES:
        return None, says_done(row["status"]) or (
            number is not None and whole is not None and number >= whole
        )
    if number is None:
        if row["value"]:
            flags.append(
                Flag("value_unreadable", f"“{row['value']}” is no number we can store.", (), subject)
            )
        return None, False
    moved = _percent_of(number, whole, row) if kind == KeyResultKind.PERCENT_DONE else None
    if kind in (KeyResultKind.INCREASE, KeyResultKind.DECREASE) and (
        whole is None or whole == key_result.fields["target_value"]
    ):
        moved = number
    if moved is None:
        of = f" of {row['value_max']}" if row["value_max"] else ""
        text = f"“{row['value']}{of}” does not say where this stands on its way; it is kept as words."
        flags.append(Flag("value_not_moved", text, (), subject))
    return moved, False


def words_of(row: SourceRow) -> str:
    """Everything the update says, in the author's words."""
    stated = row["value_text"] or (
        f"{row['value']} of {row['value_max']}" if row["value_max"] else row["value"]
    )
    return " · ".join(dict.fromkeys(part for part in (stated, row["status"], row["text"]) if part))


def _percent_of(number: Decimal, whole: Decimal | None, row: SourceRow) -> Decimal | None:
    """Share of the whole, or a stated per cent; below 0 it cannot stand as per cent done."""
    if whole is not None and whole > 0:
        percent = number * 100 / whole
    elif whole is None and ("%" in row["value_text"] or "%" in row["value"]):
        percent = number
    else:
        return None
    percent = percent.quantize(Decimal("0.000001")).normalize() if percent else Decimal(0)
    return percent if 0 <= percent < Decimal(10) ** 12 else None


def _author(row: SourceRow, context: Context) -> tuple[str | None, str]:
    owners = context.owners(row, "author")
    return (owners.people[0].casefold() if owners.people else None), label_of(owners)


def _day_of(row: SourceRow, subject: tuple[str, str], cycle: CycleFacts | None, flags: Flags) -> Day:
    day = parse_day(row["date"]) if row["date"] else Day(None)
    if day.problem:
        options = tuple((one.isoformat(), f"{one:%-d %B %Y}") for one in day.options)
        flags.append(Flag("update_date", day.problem, options, subject))
    elif day.value is None:
        basis = f" ({row['date_basis']})" if row["date_basis"] else ""
        flags.append(Flag("update_undated", f"When was this said?{basis}", _cycle_days(cycle), subject))
    return day


def _cycle_days(cycle: CycleFacts | None) -> tuple[tuple[str, str], ...]:
    days: list[date] = []
    if cycle and cycle.starts_on and cycle.ends_on:
        days = [cycle.starts_on + (cycle.ends_on - cycle.starts_on) / 2, cycle.ends_on]
    return tuple((day.isoformat(), f"{day:%-d %B %Y}") for day in days)
