"""The page for writing an objective, as typed: every word is kept, whatever it means."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

NEW_KEY = "k"
MOST_ROWS = 500


@dataclass(slots=True)
class TypedStep:
    """One milestone."""

    id: str = ""
    title: str = ""
    weight: str = ""
    due_on: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.title.strip() or self.due_on or self.weight.strip() not in ("", "1"))


@dataclass(slots=True)
class TypedPoint:
    """One planned value."""

    on: str = ""
    value: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.on.strip() or self.value.strip())


@dataclass(slots=True)
class TypedWork:
    """One initiative."""

    id: str = ""
    title: str = ""
    url: str = ""
    state: str = "planned"

    @property
    def is_blank(self) -> bool:
        return not (self.id or self.title.strip() or self.url.strip())


@dataclass(slots=True)
class TypedLink:
    """One thing that the objective helps: "priority:id", "objective:id" or "key_result:id"."""

    id: str = ""
    parent: str = ""
    kind: str = ""
    weight: str = ""
    reason: str = ""
    was: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.id or self.parent)

    @property
    def digest(self) -> str:
        return digest_of([self.parent, self.kind, self.weight, self.reason])


KEY_RESULT_TEXTS = (
    "id",
    "version",
    "was",
    "title",
    "kind",
    "unit",
    "start_value",
    "target_value",
    "lower_bound",
    "upper_bound",
    "done_by",
    "weight",
    "owner",
    "cadence_days",
    "value_source",
)


@dataclass(slots=True)
class TypedKeyResult:
    """One key result. `key` names its fields on the page; `ended` is the state of one that is read-only."""

    key: str
    id: str = ""
    version: str = ""
    was: str = ""
    title: str = ""
    kind: str = "percent_done"
    unit: str = ""
    start_value: str = ""
    target_value: str = ""
    lower_bound: str = ""
    upper_bound: str = ""
    done_by: str = ""
    weight: str = "1"
    owner: str = ""
    cadence_days: str = "7"
    value_source: str = "manual"
    steps: list[TypedStep] = field(default_factory=list)
    points: list[TypedPoint] = field(default_factory=list)
    work: list[TypedWork] = field(default_factory=list)
    is_removed: bool = False
    ended: str = ""

    @property
    def is_blank(self) -> bool:
        """A new row in which nobody has said anything yet."""
        numbers = (self.unit, self.start_value, self.target_value, self.lower_bound, self.upper_bound)
        lists: Iterable[TypedStep | TypedPoint | TypedWork] = [*self.steps, *self.points, *self.work]
        said = any(text.strip() for text in (self.title, self.done_by, *numbers))
        return not (self.id or said or any(not one.is_blank for one in lists))

    @property
    def digest(self) -> str:
        """What it says, without its work, in a few letters: tells whether somebody typed here."""
        own = [getattr(self, name) for name in KEY_RESULT_TEXTS[3:]]
        steps = [[one.id, one.title, one.weight, one.due_on] for one in self.steps if not one.is_blank]
        return digest_of([own, steps, [[one.on, one.value] for one in self.points if not one.is_blank]])


OBJECTIVE_TEXTS = (
    "version",
    "was",
    "title",
    "why",
    "kind",
    "owner",
    "team",
    "cycle",
    "visibility",
    "keeps_us_running",
    "pasted",
)


@dataclass(slots=True)
class TypedObjective:
    """The whole page. The first link is the one that the fifth question asks for."""

    version: str = ""
    was: str = ""
    title: str = ""
    why: str = ""
    kind: str = "aspirational"
    owner: str = ""
    team: str = ""
    cycle: str = ""
    visibility: str = "organisation"
    keeps_us_running: str = ""
    pasted: str = ""
    counts_when_private: bool = False
    contributors: list[str] = field(default_factory=list)
    links: list[TypedLink] = field(default_factory=list)
    key_results: list[TypedKeyResult] = field(default_factory=list)

    @property
    def digest(self) -> str:
        own = [getattr(self, name) for name in OBJECTIVE_TEXTS[2:-1]]
        return digest_of([own, self.counts_when_private, sorted(filter(None, self.contributors))])

    def new_key(self) -> str:
        """A name for one more key result that no other on the page has."""
        used = {row.key for row in self.key_results}
        return next(key for place in range(1, 10_000) if (key := f"{NEW_KEY}{place}") not in used)


def digest_of(said: Sequence[object]) -> str:
    """A few letters that differ when what was said differs."""
    text = json.dumps(said, ensure_ascii=False).replace("\\r\\n", "\\n")
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def typed_objective(posted: QueryDict) -> TypedObjective:
    """What was posted. The order of key results, steps and links is that of the page."""
    typed = TypedObjective()
    for name in OBJECTIVE_TEXTS:
        setattr(typed, name, _text(posted, name))
    typed.counts_when_private = bool(posted.get("counts_when_private"))
    typed.contributors = [one for one in posted.getlist("contributor")[:MOST_ROWS] if one.strip()]
    typed.links = [
        TypedLink(*row) for row in _rows(posted, "link", ("id", "parent", "kind", "weight", "reason", "was"))
    ]
    keys = [key for key in dict.fromkeys(posted.getlist("key_result")) if key.replace("-", "").isalnum()]
    typed.key_results = [_typed_key_result(posted, key) for key in keys[:MOST_ROWS]]
    return typed


def _typed_key_result(posted: QueryDict, key: str) -> TypedKeyResult:
    row = TypedKeyResult(key)
    for name in KEY_RESULT_TEXTS:
        if f"{key}-{name}" in posted:
            setattr(row, name, _text(posted, f"{key}-{name}"))
    row.is_removed = bool(posted.get(f"{key}-removed"))
    row.steps = [TypedStep(*one) for one in _rows(posted, f"{key}-step", ("id", "title", "weight", "due_on"))]
    row.points = [TypedPoint(*one) for one in _rows(posted, f"{key}-point", ("on", "value"))]
    row.work = [TypedWork(*one) for one in _rows(posted, f"{key}-work", ("id", "title", "url", "state"))]
    return row


def _text(posted: QueryDict, name: str) -> str:
    return posted.get(name, "").replace("\r\n", "\n")


def _rows(posted: QueryDict, prefix: str, names: Sequence[str]) -> list[list[str]]:
    """Rows of a list whose fields come in the same order under one name each."""
    columns = [posted.getlist(f"{prefix}_{name}") for name in names]
    length = min(max(map(len, columns)), MOST_ROWS)
    return [
        [column[place].replace("\r\n", "\n") if place < len(column) else "" for column in columns]
        for place in range(length)
    ]
