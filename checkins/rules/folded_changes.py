"""Many changes of one thing told as one line a field: what it was at first, what it is now, who and why last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any


class ChangeKind(StrEnum):
    """What sort of thing changed, in the order in which it is told."""

    NEW = "new"
    GONE = "gone"
    STATE = "state"
    WORDING = "wording"
    TARGET = "target"
    OWNER = "owner"
    LINK = "link"
    OTHER = "other"
    VALUE = "value"


KINDS: Mapping[str, ChangeKind] = {
    "title": ChangeKind.WORDING,
    "why": ChangeKind.WORDING,
    "narrative": ChangeKind.WORDING,
    "not_doing": ChangeKind.WORDING,
    "keeps_us_running": ChangeKind.WORDING,
    "unit": ChangeKind.TARGET,
    "kind": ChangeKind.TARGET,
    "start_value": ChangeKind.TARGET,
    "target_value": ChangeKind.TARGET,
    "lower_bound": ChangeKind.TARGET,
    "upper_bound": ChangeKind.TARGET,
    "planned_values": ChangeKind.TARGET,
    "milestones": ChangeKind.TARGET,
    "owner": ChangeKind.OWNER,
    "sponsor": ChangeKind.OWNER,
    "contributors": ChangeKind.OWNER,
    "team": ChangeKind.OWNER,
    "state": ChangeKind.STATE,
    "score": ChangeKind.STATE,
    "cycle": ChangeKind.OTHER,
    "rank": ChangeKind.OTHER,
    "weight": ChangeKind.OTHER,
    "visibility": ChangeKind.OTHER,
    "starts_on": ChangeKind.OTHER,
    "ends_on": ChangeKind.OTHER,
}
"""Fields that are told; what is not here is the product's own bookkeeping."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change as the log or a check-in tells it. `by`: the name of who did it, "" for the product itself."""

    at: datetime
    by: str
    verb: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field from its first to its last value, as JSON. `times`: how often it changed in between; 1 is once."""

    field: str
    kind: ChangeKind
    before: Any
    after: Any
    times: int
    at: datetime
    by: str
    why: str


def folded(steps: Iterable[Step]) -> tuple[FieldChange, ...]:
    """The changes of one thing from its steps, oldest first.

    What came back to where it was is no change. Of a thing that is new, or gone, only that is told.
    """
    found: dict[str, FieldChange] = {}
    ends: list[FieldChange] = []
    for step in steps:
        happened = step.verb.split(".", 1)[-1]
        if happened in ("created", "restored"):
            is_back = happened == "restored" and any(one.kind == ChangeKind.GONE for one in ends)
            ends = [one for one in ends if one.kind == ChangeKind.NEW]
            if not is_back:
                ends.append(_end(step, ChangeKind.NEW))
        elif happened == "deleted":
            is_new = any(one.kind == ChangeKind.NEW for one in ends)
            ends = [] if is_new else [_end(step, ChangeKind.GONE)]
            found = {}
            if is_new:
                continue
        for name, pair in step.changes.items():
            if name in KINDS and isinstance(pair, list | tuple) and len(pair) == 2:
                found[name] = _joined(found.get(name), name, pair, step)
        if step.reason and not step.changes:
            _explain(found, step)
    if ends:
        return (ends[-1],)
    kept = [change for change in found.values() if change.before != change.after]
    return tuple(sorted(kept, key=lambda one: list(ChangeKind).index(one.kind)))


def value_change(before: Any, after: Any, *, times: int, at: datetime, by: str, why: str) -> FieldChange:
    """What check-ins did to the value of a key result."""
    return FieldChange("value", ChangeKind.VALUE, before, after, times, at, by, why)


def _end(step: Step, kind: ChangeKind) -> FieldChange:
    return FieldChange(kind.value, kind, None, None, 1, step.at, step.by, step.reason)


def _joined(known: FieldChange | None, name: str, pair: Any, step: Step) -> FieldChange:
    before, after = pair
    if known is None:
        return FieldChange(name, KINDS[name], before, after, 1, step.at, step.by, step.reason)
    return replace(known, after=after, times=known.times + 1, at=step.at, by=step.by, why=step.reason)


def _explain(found: dict[str, FieldChange], step: Step) -> None:
    """A reason that is told beside the change, as that of a new aim."""
    for name, change in found.items():
        if change.kind == ChangeKind.TARGET and change.at == step.at:
            found[name] = replace(change, why=step.reason)
