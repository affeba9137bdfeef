"""Drafts against what is there already: made, updated, unchanged, flagged or refused. What people edited stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from integrations.rules.okr_folder.context import Context, Flags
from integrations.rules.okr_folder.describe import describe
from integrations.rules.okr_folder.draft_cycle import draft_cycle
from integrations.rules.okr_folder.draft_key_result import draft_key_result
from integrations.rules.okr_folder.draft_objective import draft_objective, draft_priority
from integrations.rules.okr_folder.draft_others import draft_initiative
from integrations.rules.okr_folder.drafts import (
    MARK,
    Change,
    Decision,
    Draft,
    ExistingRow,
    Flag,
    LinkDraft,
    Outcome,
    Plan,
)
from integrations.rules.okr_folder.files import DERIVED_FILES, FolderFiles
from integrations.rules.okr_folder.table import Refusal, SourceRow, Table

ORDER = (
    "cycle",
    "priority",
    "objective",
    "key_result",
    "check_in",
    "note",
    "initiative",
    "retrospective",
)
UPDATABLE: dict[str, tuple[str, ...]] = {
    "cycle": ("name", "starts_on", "ends_on"),
    "priority": ("title", "narrative", "owner"),
    "objective": ("title", "why", "score", "score_reason", "owner_label", "owner", "team", "cycle"),
    "key_result": ("title", "kind", "start_value", "target_value", "unit", "score", "owner_label", "owner"),
    "check_in": ("value", "note"),
    "note": ("text", "value", "value_max", "value_text", "status_text"),
    "initiative": ("title", "url", "state", "owner_label"),
    "retrospective": ("section",),
}
REBUILD = {
    "cycle": draft_cycle,
    "priority": draft_priority,
    "objective": draft_objective,
    "key_result": draft_key_result,
    "initiative": draft_initiative,
}
"""How the values of the earlier import are told again from the row as it was then."""


def decide(
    files: FolderFiles,
    tables: dict[str, Table],
    context: Context,
    drafts: dict[str, list[Draft]],
    flags: dict[str, Flags],
    refusals: list[Refusal],
    links: list[LinkDraft],
) -> Plan:
    """Compare every draft with the organisation and give every row its one outcome."""
    made: list[Draft] = []
    changes: list[Change] = []
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    by_row: dict[str, list[Draft]] = defaultdict(list)
    for table in ORDER:
        for draft in drafts.get(table, []):
            existing = context.existing.row(table, draft.external_id)
            by_row[draft.row.where].append(draft)
            if existing is None:
                made.append(draft)
                outcomes[draft.row.where].append(Outcome.MADE)
            elif without_marks(existing.source) == draft.source:
                outcomes[draft.row.where].append(Outcome.UNCHANGED)
            else:
                changes.append(_change(draft, existing, context, flags[draft.row.where]))
                outcomes[draft.row.where].append(Outcome.UPDATED)
    touched = {draft.external_id for draft in made if draft.table == "objective"}
    touched |= {change.draft.external_id for change in changes if change.draft.table == "objective"}
    new_links = [
        link
        for link in links
        if link.child in touched and (link.child, link.parent_type, link.parent) not in context.existing.links
    ]
    decisions = _decisions(tables, by_row, outcomes, flags, refusals)
    return Plan(
        files.name,
        files.digest,
        decisions,
        made,
        changes,
        *_names_needed(context),
        new_links,
        _notes(files),
        refusals,
    )


def without_marks(source: dict[str, Any]) -> dict[str, Any]:
    """Source fields without the importer's own remarks."""
    return {name: cell for name, cell in source.items() if not name.startswith(MARK)}


def _change(draft: Draft, existing: ExistingRow, context: Context, flags: Flags) -> Change:
    """The fields to write: those whose source changed and that nobody has edited here since."""
    before = _as_imported(draft, existing, context)
    values: dict[str, Any] = {}
    for name in UPDATABLE[draft.table]:
        wanted, current = draft.value(name), existing.values.get(name)
        if wanted == current or (before is not None and before.value(name) == wanted):
            continue
        if before is None or before.value(name) == current:
            values[name] = wanted
            continue
        shown = name.replace("_", " ")
        text = f"Its {shown} changed in the source and was edited here; the one here stays."
        flags.append(Flag(f"edited_here_{name}", text, (), (draft.table, draft.external_id)))
    if draft.table == "key_result" and "milestones" in (existing.values.get("kind"), values.get("kind")):
        values.pop("kind", None)
    return Change(draft, existing, values)


def _as_imported(draft: Draft, existing: ExistingRow, context: Context) -> Draft | None:
    build = REBUILD.get(draft.table)
    if build is None:
        untouched = {} if existing.values.get("is_edited") else dict(existing.values)
        return Draft(draft.table, draft.external_id, draft.row, {}, untouched)
    cells = {name: str(cell) for name, cell in without_marks(existing.source).items()}
    row = SourceRow(draft.row.file, draft.row.line, cells)
    if draft.table != "cycle" and (row["org"], row["cycle"]) not in context.cycles:
        row.cells["cycle"], row.cells["org"] = draft.row["cycle"], draft.row["org"]
    return build(row, context, [])


def _names_needed(context: Context) -> tuple[list[Any], list[str]]:
    teams = [team for key, team in context.teams.items() if key not in context.existing.teams]
    people = [name for key, name in context.people.items() if key not in context.existing.people]
    return teams, people


def _decisions(
    tables: dict[str, Table],
    by_row: dict[str, list[Draft]],
    outcomes: dict[str, list[Outcome]],
    flags: dict[str, Flags],
    refusals: list[Refusal],
) -> list[Decision]:
    refused = {(refusal.file, refusal.line): refusal for refusal in refusals}
    decisions = []
    for row in _all_rows(tables, refusals):
        refusal = refused.get((row.file, row.line))
        drafts = by_row.get(row.where, [])
        if refusal is not None:
            made_too = f" Made all the same: {describe(drafts)}." if drafts else ""
            decisions.append(
                Decision(
                    row.file,
                    row.line,
                    "",
                    refusal.title,
                    Outcome.REFUSED,
                    refusal.reason + made_too,
                    [],
                    refusal.mend,
                )
            )
            continue
        asked = _asked_once(flags.get(row.where, []))
        outcome = _outcome(outcomes[row.where], asked)
        own = (
            drafts[-1]
            if row.file == "updates.csv"
            else next((d for d in drafts if d.table != "cycle"), drafts[0])
        )
        title = str(
            own.fields.get("title")
            or own.fields.get("name")
            or own.fields.get("note")
            or own.fields.get("text", "")
        )
        if outcome == Outcome.UNCHANGED:
            asked = []
        decisions.append(
            Decision(row.file, row.line, own.external_id, title[:200], outcome, describe(drafts), asked)
        )
    return decisions


def _all_rows(tables: dict[str, Table], refusals: Iterable[Refusal]) -> list[SourceRow]:
    rows = {(row.file, row.line): row for table in tables.values() for row in table.rows}
    for refusal in refusals:
        rows.setdefault((refusal.file, refusal.line), SourceRow(refusal.file, refusal.line, {}))
    order = list(tables)
    return sorted(rows.values(), key=lambda row: (order.index(row.file), row.line))


def _asked_once(flags: Flags) -> Flags:
    return list({flag.code: flag for flag in reversed(flags)}.values())[::-1]


def _outcome(outcomes: list[Outcome], flags: Flags) -> Outcome:
    if all(outcome == Outcome.UNCHANGED for outcome in outcomes):
        return Outcome.UNCHANGED
    if flags:
        return Outcome.FLAGGED
    return Outcome.MADE if outcomes[-1] == Outcome.MADE or Outcome.MADE in outcomes else Outcome.UPDATED


def _notes(files: FolderFiles) -> list[str]:
    notes = []
    for name in files.ignored:
        why = (
            "says again what the other tables say"
            if name.rsplit("/", 1)[-1] in DERIVED_FILES
            else "is no table of the format"
        )
        notes.append(f"{name} was left alone: it {why}.")
    return notes
