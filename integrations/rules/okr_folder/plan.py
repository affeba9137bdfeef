"""From the tables of a folder to a plan: what every row becomes. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from integrations.rules.okr_folder.context import Context, Flags
from integrations.rules.okr_folder.decide import decide
from integrations.rules.okr_folder.draft_cycle import draft_cycle, implied_cycles, note_cycle
from integrations.rules.okr_folder.draft_key_result import draft_closing, draft_key_result
from integrations.rules.okr_folder.draft_objective import draft_objective, draft_priority
from integrations.rules.okr_folder.draft_others import (
    RetrospectiveIds,
    draft_initiative,
    draft_retrospective,
    join_initiatives,
)
from integrations.rules.okr_folder.draft_update import UpdateIds, draft_check_in, draft_note, target_of
from integrations.rules.okr_folder.drafts import Draft, Existing, Plan
from integrations.rules.okr_folder.files import FILES_READ, FolderFiles
from integrations.rules.okr_folder.links import draft_links, without_loops
from integrations.rules.okr_folder.table import Refusal, SourceRow, Table, parse_table

Builder = Callable[[SourceRow, Context, Flags], Draft | None]


@dataclass(slots=True)
class Drafting:
    """The work in progress: drafts by table, flags by row, refusals."""

    tables: dict[str, Table]
    context: Context
    drafts: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    flags: dict[str, Flags] = field(default_factory=lambda: defaultdict(list))
    refusals: list[Refusal] = field(default_factory=list)

    def rows(self, file: str) -> list[SourceRow]:
        return self.tables[file].rows if file in self.tables else []

    def refuse(self, row: SourceRow, reason: str, mend: str) -> None:
        title = (row["title"] or row["text"] or row["source_text"])[:200]
        self.refusals.append(Refusal(row.file, row.line, title, reason, mend))

    def add(self, draft: Draft, flags: Flags) -> None:
        self.drafts[draft.table].append(draft)
        self.flags[draft.row.where] += flags


def read_tables(files: FolderFiles) -> dict[str, Table]:
    """Every table of the folder, parsed. Raises FolderRefused when one cannot be read at all."""
    return {name: parse_table(name, files.contents[name]) for name in FILES_READ if name in files.contents}


def plan_import(
    files: FolderFiles, existing: Existing, *, today: date, tables: dict[str, Table] | None = None
) -> Plan:
    """Decide every row of the folder for an organisation that holds `existing`; writes nothing.

    `today` is the day in the organisation's time zone; `tables` are those of `files` where they have been read
    already. Raises FolderRefused (see `read_tables`).
    """
    tables = read_tables(files) if tables is None else tables
    work = Drafting(tables, Context.of(tables.values(), existing, today))
    work.refusals += [refusal for table in tables.values() for refusal in table.refusals]
    _plan_cycles(work)
    _plan_named(work, "priorities.csv", "priority", "priority_id", draft_priority)
    _plan_named(work, "objectives.csv", "objective", "objective_id", draft_objective)
    _plan_named(work, "key_results.csv", "key_result", "kr_id", draft_key_result)
    _plan_updates(work)
    _plan_initiatives(work)
    _plan_retrospectives(work)
    links = draft_links(work.drafts["objective"], work.context, work.flags)
    key_results = {draft.external_id: draft.refs["objective"] for draft in work.drafts["key_result"]}
    links = without_loops(links, key_results, work.context, work.flags)
    return decide(files, tables, work.context, work.drafts, work.flags, work.refusals, links)


def _plan_cycles(work: Drafting) -> None:
    for row in work.rows("cycles.csv"):
        flags: Flags = []
        if (row["org"], row["cycle"]) in work.context.cycles:
            work.refuse(row, f"The cycle “{row['cycle']}” stands here twice.", "Keep one row for each cycle.")
            continue
        draft = draft_cycle(row, work.context, flags)
        note_cycle(draft, work.context)
        work.add(draft, flags)
    named = [
        row for file in ("objectives.csv", "key_results.csv", "retrospectives.csv") for row in work.rows(file)
    ]
    named += [row for row in work.rows("priorities.csv") if row["cycle"]]
    for row, draft, flags in implied_cycles(named, work.context):
        draft.row = row
        work.add(draft, flags)


def _plan_named(work: Drafting, file: str, table: str, column: str, build: Builder) -> None:
    """Rows with an id of their own: the id is their identity, the second row with the same id is refused."""
    for row in work.rows(file):
        source_id = row[column]
        if not source_id:
            work.refuse(row, f"It has no {column}.", f"Write its {column}: the id tells rows apart.")
            continue
        if column == "kr_id" and not work.context.resolve("objective", row["org"], row["objective_id"]):
            reason = f"Its objective {row['objective_id'] or '(none named)'} is not in objectives.csv."
            work.refuse(row, reason, "Correct objective_id, or add the objective.")
            continue
        flags: Flags = []
        draft = build(row, work.context, flags)
        if draft is None:
            work.refuse(row, "It has no title.", "Write a title.")
            continue
        earlier = work.context.register(table, row, source_id)
        if earlier is not None:
            mend = f"Give this row its own {column}, or leave one of the two out."
            work.refuse(row, f"The {column} {source_id} stands on line {earlier} already.", mend)
            continue
        work.add(draft, flags)


def _plan_updates(work: Drafting) -> None:
    """Updates first, so that a key result's own closing word gives way to dated numbers."""
    ids, key_results = UpdateIds(), {draft.external_id: draft for draft in work.drafts["key_result"]}
    numbered: set[str] = set()
    for row in work.rows("updates.csv"):
        target = target_of(row, work.context)
        if target is None or (target[0] == "key_result" and target[1] not in key_results):
            reason = f"It speaks of {row['item_kind'] or 'an item'} {row['item_id'] or '(no id)'}, which is not here."
            work.refuse(row, reason, "Correct item_kind and item_id, or add the item.")
            continue
        flags: Flags = []
        external_id = ids.take(row, f"{target[0]}:{target[1]}")
        if target[0] == "objective":
            work.add(draft_note(row, external_id, target[1], work.context, flags), flags)
            continue
        draft = draft_check_in(row, external_id, key_results[target[1]], work.context, flags)
        if draft.fields["value"] is not None or draft.fields["step_done"]:
            numbered.add(target[1])
        work.add(draft, flags)
    for key_result in work.drafts["key_result"]:
        flags = work.flags[key_result.row.where]
        has_numbers = key_result.external_id in numbered
        closing = draft_closing(
            key_result, work.context, flags, has_numbers=has_numbers, today=work.context.today
        )
        if closing is not None:
            work.drafts["check_in"].append(closing)
    _close_after_last_word(work)


def _close_after_last_word(work: Drafting) -> None:
    """What is closed was closed on its cycle's last day, or with the last dated word said about it."""
    objective_of = {draft.external_id: draft.refs["objective"] for draft in work.drafts["key_result"]}
    last_word: dict[str, date] = {}
    for draft in work.drafts["check_in"] + work.drafts["note"]:
        day = draft.fields["on"] if draft.table == "note" else draft.fields["observed_on"]
        key_result = draft.refs.get("key_result", "")
        for key in {key_result, draft.refs.get("objective"), objective_of.get(key_result)}:
            if key and day and day <= work.context.today:
                last_word[key] = max(day, last_word.get(key, day))
    for draft in work.drafts["objective"] + work.drafts["key_result"]:
        closed_on = draft.fields["closed_on"]
        if closed_on is not None:
            draft.fields["closed_on"] = max(closed_on, last_word.get(draft.external_id, closed_on))


def _plan_initiatives(work: Drafting) -> None:
    rows = work.rows("initiatives.csv")
    for row in rows:
        if not row["initiative_id"]:
            work.refuse(row, "It has no initiative_id.", "Give it an id: the id tells rows apart.")
            continue
        flags: Flags = []
        draft = draft_initiative(row, work.context, flags)
        if draft is None:
            reason = "It has no title." if not row["title"] else f"Its key result {row['kr_id']} is not here."
            work.refuse(
                row, reason, "Write a title." if not row["title"] else "Correct kr_id, or add the key result."
            )
            continue
        earlier = work.context.register("initiative", row, row["initiative_id"])
        if earlier is not None:
            work.refuse(
                row, f"The id {row['initiative_id']} stands on line {earlier} already.", "Give it its own id."
            )
            continue
        work.add(draft, flags)
    join_initiatives(work.drafts["initiative"], work.context, work.flags)


def _plan_retrospectives(work: Drafting) -> None:
    ids = RetrospectiveIds()
    for row in work.rows("retrospectives.csv"):
        if not row["text"]:
            work.refuse(row, "It has no text.", "Write what was learned, or leave the row out.")
            continue
        work.add(draft_retrospective(row, ids.take(row), work.context), [])
