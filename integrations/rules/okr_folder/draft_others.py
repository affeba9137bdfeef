"""Initiatives and retrospectives."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256

from integrations.rules.okr_folder.cells import clipped, fitted_id, says_done
from integrations.rules.okr_folder.context import LABEL_LENGTH, Context, Flags
from integrations.rules.okr_folder.draft_objective import title_of
from integrations.rules.okr_folder.drafts import Draft, Flag
from integrations.rules.okr_folder.table import SourceRow
from objectives.rules.kinds import InitiativeState

URL_LENGTH = 2000
SECTION_LENGTH = 100
_UNKNOWN_DATE = re.compile(r"\?\?+")
_STATES = {
    "active": InitiativeState.ACTIVE,
    "in progress": InitiativeState.ACTIVE,
    "wip": InitiativeState.ACTIVE,
    "paused": InitiativeState.PAUSED,
    "cancelled": InitiativeState.CANCELLED,
    "canceled": InitiativeState.CANCELLED,
}


def draft_initiative(row: SourceRow, context: Context, flags: Flags) -> Draft | None:
    """A piece of work below a key result, or below another piece. None when its key result is not known or it has
    no words."""
    external_id = context.external_id("initiative", row["org"], row["initiative_id"])
    subject = ("initiative", external_id)
    title = title_of(row, flags, subject)
    key_result = context.resolve("key_result", row["org"], row["kr_id"])
    if not title or key_result is None:
        return None
    if any(_UNKNOWN_DATE.search(text) for text in (row["title"], row["due_date"], row["date"])):
        flags.append(Flag("initiative_date", "Its date is “??” in the source. When is it due?", (), subject))
    link = row["url"] or row["link"]
    fields = {
        "title": title,
        "url": link if link.startswith(("https://", "http://")) and len(link) <= URL_LENGTH else "",
        "state": initiative_state(row["status"] or row["state"]),
        "owner_label": clipped(row["owner"], LABEL_LENGTH),
    }
    return Draft(
        "initiative", external_id, row, dict(row.cells), fields, {"key_result": key_result, "parent": None}
    )


def initiative_state(text: str) -> InitiativeState:
    """Planned unless the source says otherwise in plain words."""
    return InitiativeState.DONE if says_done(text) else _STATES.get(text.casefold(), InitiativeState.PLANNED)


def join_initiatives(drafts: list[Draft], context: Context, flags_of: dict[str, Flags]) -> None:
    """Hang initiatives below each other. A parent that is missing, or a circle, is flagged and left out."""
    by_id = {draft.external_id: draft for draft in drafts}
    for draft in drafts:
        said = draft.row["parent_id"]
        if not said:
            continue
        parent = context.resolve("initiative", draft.row["org"], said)
        subject = ("initiative", draft.external_id)
        if parent is None:
            text = f"Its parent {said} is not in the folder; it hangs below its key result."
            flags_of[draft.row.where].append(Flag("parent_missing", text, (), subject))
        elif _leads_to(parent, draft.external_id, by_id):
            text = f"Its parent {said} hangs below it already; that would close a circle."
            flags_of[draft.row.where].append(Flag("parent_loop", text, (), subject))
        else:
            draft.refs["parent"] = parent


def _leads_to(start: str, goal: str, by_id: dict[str, Draft]) -> bool:
    node: str | None = start
    while node is not None:
        if node == goal:
            return True
        node = by_id[node].refs["parent"] if node in by_id else None
    return False


@dataclass(slots=True)
class RetrospectiveIds:
    """Lines of a retrospective have no id in the source: team, section and words make one."""

    seen: Counter[str] = field(default_factory=Counter)

    def take(self, row: SourceRow) -> str:
        words = sha256(row["text"].encode()).hexdigest()[:16]
        stem = f"{row['org']}|{row['cycle']}|{row['team']}|{row['kind']}|{words}"
        self.seen[stem] += 1
        return fitted_id(f"{stem}|{self.seen[stem]}")


def draft_retrospective(row: SourceRow, external_id: str, context: Context) -> Draft:
    """One learning of a team at the end of a cycle."""
    fields = {"section": clipped(row["kind"], SECTION_LENGTH), "text": row["text"]}
    refs = {"cycle": context.cycle(row).external_id, "team": context.team(row)}
    return Draft("retrospective", external_id, row, dict(row.cells), fields, refs)
