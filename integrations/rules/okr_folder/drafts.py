"""The words the parts of a plan use between them. All frozen or filled once; plain values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from integrations.rules.okr_folder.table import Refusal, SourceRow

MARK = "import_"
"""Source fields that begin so are our own remarks, not cells of the source."""


class Outcome(StrEnum):
    """What becomes of a row; every row has exactly one, so that they add up to the rows read."""

    MADE = "made"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FLAGGED = "flagged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something the source leaves open. `options` are pairs (value, label) that a person may choose from;
    `subject` is (table, external id) of what the answer is about."""

    code: str
    text: str
    options: tuple[tuple[str, str], ...] = ()
    subject: tuple[str, str] | None = None


@dataclass(slots=True)
class Draft:
    """A row to be made. `fields` are plain values by model field; `refs` name other rows by external id, people and
    teams by lower-case name; `source` is what its source says, cell by cell."""

    table: str
    external_id: str
    row: SourceRow
    source: dict[str, str]
    fields: dict[str, Any] = field(default_factory=dict)
    refs: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        return self.refs[name] if name in self.refs else self.fields.get(name)


@dataclass(frozen=True, slots=True)
class TeamDraft:
    """A team that a cell or an `org` value names. `parent` is the lower-case name of the team above."""

    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """`child` (an objective) leads to a parent of that type; external ids."""

    child: str
    parent_type: str
    parent: str
    row: SourceRow = field(compare=False)


@dataclass(slots=True)
class ExistingRow:
    """What the organisation already holds under an external id; `values` in the shape of a draft's fields and refs."""

    id: UUID
    source: dict[str, Any]
    values: dict[str, Any]


@dataclass(slots=True)
class Existing:
    """The organisation before the import: rows by table and external id, people and teams by lower-case name."""

    rows: dict[str, dict[str, ExistingRow]] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)
    edges: list[tuple[tuple[str, str], tuple[str, str]]] = field(default_factory=list)
    links: set[tuple[str, str, str]] = field(default_factory=set)
    highest_rank: int = 0

    def row(self, table: str, external_id: str) -> ExistingRow | None:
        return self.rows.get(table, {}).get(external_id)


@dataclass(slots=True)
class Decision:
    """What becomes of one row, for the report."""

    file: str
    line: int
    external_id: str
    title: str
    outcome: Outcome
    what: str
    flags: list[Flag] = field(default_factory=list)
    mend: str = ""


@dataclass(slots=True)
class Change:
    """An existing row whose source says something else now; `values` are the fields that nobody edited since."""

    draft: Draft
    existing: ExistingRow
    values: dict[str, Any]


@dataclass(slots=True)
class Plan:
    """Everything that an import would do, decided; writing it takes no further decision."""

    source_name: str
    digest: str
    decisions: list[Decision]
    made: list[Draft]
    changes: list[Change]
    teams: list[TeamDraft]
    people: list[str]
    links: list[LinkDraft]
    notes: list[str]
    refusals: list[Refusal]

    @property
    def writes_nothing(self) -> bool:
        return not (self.made or self.changes or self.teams or self.people or self.links)
