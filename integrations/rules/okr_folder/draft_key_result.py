"""Key results, and the closing word that their own row states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from integrations.rules.okr_folder.cells import clipped, fitted_id, parse_number, says_done
from integrations.rules.okr_folder.context import Context, CycleFacts, Flags
from integrations.rules.okr_folder.draft_objective import label_of, owner_refs, score_of, title_of
from integrations.rules.okr_folder.drafts import Draft, Flag
from integrations.rules.okr_folder.table import SourceRow
from objectives.rules.kinds import CycleState, KeyResultKind, KeyResultState

KEY_RESULT_SCORE_LIMIT = Decimal(100_000)
UNIT_LENGTH = 100
READ_BY_RULE = frozenset({"parsed_single_number"})
UNSURE = {
    "several_numbers_not_split": "It holds several numbers in one sentence. Which one counts?",
    "single_number_unclear": "It is not clear what its number measures.",
    "placeholder_in_source": "Its number is a placeholder in the source.",
}
CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class MeasureRead:
    """Kind and numbers, as far as the source states them."""

    kind: KeyResultKind
    start_value: Decimal | None = None
    target_value: Decimal | None = None
    unit: str = ""


def draft_key_result(row: SourceRow, context: Context, flags: Flags) -> Draft | None:
    """One row, one key result. None when it has no words. Numbers only where the source states both ends of the way,
    else per cent done; a `milestone` row becomes one step."""
    external_id = context.external_id("key_result", row["org"], row["kr_id"])
    subject = ("key_result", external_id)
    title = title_of(row, flags, subject)
    objective = context.resolve("objective", row["org"], row["objective_id"])
    if not title or objective is None:
        return None
    measure = read_measure(row, flags, subject)
    cycle = context.cycle(row)
    owners = context.owners(row)
    context.team(row)
    is_closed = cycle.state == CycleState.CLOSED
    fields = {
        "title": title,
        "kind": measure.kind,
        "start_value": measure.start_value,
        "target_value": measure.target_value,
        "unit": measure.unit,
        "score": score_of(row, KEY_RESULT_SCORE_LIMIT, flags, subject),
        "owner_label": label_of(owners),
        "state": KeyResultState.CLOSED if is_closed else KeyResultState.ACTIVE,
        "starts_on": cycle.starts_on,
        "closed_on": context.placed_on(cycle) if is_closed else None,
    }
    refs = {"objective": objective, **owner_refs(owners)}
    return Draft("key_result", external_id, row, dict(row.cells), fields, refs)


def read_measure(row: SourceRow, flags: Flags, subject: tuple[str, str]) -> MeasureRead:
    """The kind of measure that the row's cells allow (RULES 1)."""
    if row["kr_type"].casefold() in ("milestone", "milestones"):
        return MeasureRead(KeyResultKind.MILESTONES)
    basis = row["value_basis"].casefold()
    start, target = (_stated(row, column, flags, subject) for column in ("start_value", "target_value"))
    if basis in UNSURE:
        options = (("keep", "Keep as per cent done"),)
        flags.append(Flag("number_unclear", UNSURE[basis], options, subject))
    elif start is not None and target is not None and basis not in READ_BY_RULE:
        if start != target:
            kind = KeyResultKind.INCREASE if target > start else KeyResultKind.DECREASE
            return MeasureRead(kind, start, target, clipped(row["unit"], UNIT_LENGTH))
        text = f"Start and target are both {row['start_value']}, so there is nothing to reach."
        flags.append(Flag("start_equals_target", text, (("keep", "Keep as per cent done"),), subject))
    return MeasureRead(KeyResultKind.PERCENT_DONE)


def draft_closing(
    key_result: Draft, context: Context, flags: Flags, *, has_numbers: bool, today: date
) -> Draft | None:
    """The check-in by which the row itself says where it stands; None when it states nothing.

    Per cent done: its score. Milestone: the status "complete". From start to target: its current value. None either
    when dated updates state numbers (`has_numbers`): they say it with a day.
    """
    row = key_result.row
    if has_numbers:
        return None
    cycle = context.cycle(row)
    external_id = fitted_id(f"{key_result.external_id}|{CLOSING}")
    value: Decimal | None = None
    step_done = False
    column = "score"
    kind = key_result.fields["kind"]
    if kind == KeyResultKind.MILESTONES:
        step_done, column = says_done(row["status"]) or key_result.fields["score"] == 1, "status"
    elif kind == KeyResultKind.PERCENT_DONE:
        value = _percent(key_result.fields["score"])
        if value is not None and value < 0:
            text = (
                f"A score of {row['score']} lies below 0: it is kept as the score, per cent done starts at 0."
            )
            flags.append(Flag("score_below_zero", text, (), ("key_result", key_result.external_id)))
            value = None
        _ask_about_current(key_result, flags)
    else:
        value, column = parse_number(row["current_value"]) if row["current_value"] else None, "current_value"
    if value is None and not step_done:
        return None
    source = {name: row[name] for name in (column, "score_basis", "status", "outcome_text") if row[name]}
    fields = {
        "value": value,
        "step_done": step_done,
        "note": row["outcome_text"],
        "observed_on": _closing_day(context, cycle),
        "known_on": None if _closing_day(context, cycle) == today else _closing_day(context, cycle),
        "author_label": "",
    }
    refs = {"key_result": key_result.external_id, "author": None}
    return Draft("check_in", external_id, row, source, fields, refs, {"import_placed": "cycle_end"})


def _stated(row: SourceRow, column: str, flags: Flags, subject: tuple[str, str]) -> Decimal | None:
    if not row[column]:
        return None
    number = parse_number(row[column])
    if number is None:
        text = f"“{row[column]}” in {column} is no number we can store; it is kept as words."
        flags.append(Flag(f"{column}_unreadable", text, (), subject))
    return number


def _percent(score: Decimal | None) -> Decimal | None:
    return None if score is None else (score * 100).normalize()


def _ask_about_current(key_result: Draft, flags: Flags) -> None:
    row = key_result.row
    if row["current_value"] and key_result.fields["score"] is None:
        text = f"It stands at {row['current_value']}, but start or target is not stated, so the way is not known."
        flags.append(Flag("current_without_way", text, (), ("key_result", key_result.external_id)))


def _closing_day(context: Context, cycle: CycleFacts) -> date:
    return context.placed_on(cycle)
