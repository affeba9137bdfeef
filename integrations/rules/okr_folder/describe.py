"""In words, what a row becomes: for the report of a rehearsal."""

from __future__ import annotations

from collections.abc import Sequence

from integrations.rules.okr_folder.drafts import Draft

NOUNS = {
    "cycle": "cycle",
    "priority": "priority",
    "objective": "objective",
    "key_result": "key result",
    "check_in": "check-in",
    "note": "note on an objective",
    "initiative": "initiative",
    "retrospective": "line of a retrospective",
}
KINDS = {
    "percent_done": "per cent done",
    "milestones": "one step",
    "increase": "increase",
    "decrease": "decrease",
}


def describe(drafts: Sequence[Draft]) -> str:
    """One line for all that comes out of a row."""
    return "; ".join(_describe_one(draft) for draft in drafts)


def _describe_one(draft: Draft) -> str:
    fields, noun = draft.fields, NOUNS[draft.table]
    if draft.table == "cycle":
        days = f"{fields['starts_on'] or '?'} to {fields['ends_on'] or '?'}"
        return f"{noun} “{fields['name']}”, {days}, {fields['state']}"
    if draft.table == "objective":
        return _joined(f"{noun}, {fields['state']}", _owner(draft), _score(draft))
    if draft.table == "key_result":
        way = ""
        if fields["start_value"] is not None:
            way = f"{fields['start_value']:f} to {fields['target_value']:f} {fields['unit']}".strip()
        kind = str(fields["kind"])
        return _joined(f"{noun}, {KINDS.get(kind, kind)}", way, _owner(draft), _score(draft))
    if draft.table == "check_in":
        moved = "step done" if fields["step_done"] else ""
        if fields["value"] is not None:
            moved = f"{fields['value']:f}"
        undated = "" if fields["known_on"] else "no day in the source"
        return _joined(f"{noun} on {fields['observed_on']}", moved or "words only", undated)
    if draft.table == "note":
        return f"{noun}, {fields['on'] or 'undated'}"
    return noun


def _owner(draft: Draft) -> str:
    people = len(draft.refs["contributors"])
    owner = draft.refs["owner"] or (
        f"label “{draft.fields['owner_label']}”" if draft.fields["owner_label"] else ""
    )
    return f"owner {owner}" + (f" and {people} more" if people else "") if owner else "no owner"


def _score(draft: Draft) -> str:
    score = draft.fields["score"]
    return "" if score is None else f"score {score:f}"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
