"""Objectives and priorities from their rows."""

from __future__ import annotations

from decimal import Decimal

from integrations.rules.okr_folder.cells import clipped, parse_score
from integrations.rules.okr_folder.context import LABEL_LENGTH, Context, CycleFacts, Flags
from integrations.rules.okr_folder.drafts import Draft, Flag
from integrations.rules.okr_folder.owners import Owners
from integrations.rules.okr_folder.table import SourceRow
from objectives.rules.kinds import CycleState, ObjectiveState

OBJECTIVE_SCORE_LIMIT = Decimal(1000)
STATE_IN = {
    CycleState.CLOSED: ObjectiveState.CLOSED,
    CycleState.PLANNING: ObjectiveState.DRAFT,
}


def draft_objective(row: SourceRow, context: Context, flags: Flags) -> Draft | None:
    """An objective; None when it has no words at all. Parents are decided by `links`, once all ids are known."""
    external_id = context.external_id("objective", row["org"], row["objective_id"])
    title = title_of(row, flags, ("objective", external_id))
    if not title:
        return None
    cycle = context.cycle(row)
    owners = context.owners(row)
    score = score_of(row, OBJECTIVE_SCORE_LIMIT, flags, ("objective", external_id))
    fields = {
        "title": title,
        "why": row["description"],
        "score": score,
        "score_reason": row["outcome_text"] if score is not None else "",
        "owner_label": label_of(owners),
        "state": STATE_IN.get(cycle.state, ObjectiveState.ACTIVE),
        "starts_on": cycle.starts_on,
        "closed_on": context.placed_on(cycle) if cycle.state == CycleState.CLOSED else None,
    }
    refs = {"cycle": cycle.external_id, "team": context.team(row), **owner_refs(owners)}
    return Draft("objective", external_id, row, dict(row.cells), fields, refs)


def draft_priority(row: SourceRow, context: Context, flags: Flags) -> Draft | None:
    """A strategic priority; its cycle is its horizon. Nothing in the source says that it was retired."""
    external_id = context.external_id("priority", row["org"], row["priority_id"])
    title = title_of(row, flags, ("priority", external_id))
    if not title:
        return None
    owners = context.owners(row)
    cycle: CycleFacts | None = context.cycle(row) if row["cycle"] else None
    fields = {
        "title": title,
        "narrative": row["description"],
        "starts_on": cycle.starts_on if cycle else None,
        "ends_on": cycle.ends_on if cycle else None,
    }
    marks = {"import_owner_label": label_of(owners)} if label_of(owners) else {}
    return Draft("priority", external_id, row, dict(row.cells), fields, owner_refs(owners), marks)


def title_of(row: SourceRow, flags: Flags, subject: tuple[str, str]) -> str:
    """The title with all its words; where it is empty the source's own wording or description, which is flagged."""
    if row["title"]:
        return row["title"]
    instead = row["source_text"] or row["description"]
    if instead:
        flags.append(Flag("title_missing", "It has no title; its text stands in for one.", (), subject))
    return instead


def score_of(row: SourceRow, limit: Decimal, flags: Flags, subject: tuple[str, str]) -> Decimal | None:
    """The stated score as it is, also below 0 and above 1; one that cannot be read stays in the source fields."""
    if not row["score"]:
        return None
    score = parse_score(row["score"], limit=limit)
    if score is None:
        flags.append(Flag("score_unreadable", f"The score “{row['score']}” is no number.", (), subject))
    return score


def owner_refs(owners: Owners) -> dict[str, object]:
    """The first person owns, the others contribute."""
    keys = [name.casefold() for name in owners.people]
    return {"owner": keys[0] if keys else None, "contributors": tuple(keys[1:])}


def label_of(owners: Owners) -> str:
    return clipped(owners.label, LABEL_LENGTH)
