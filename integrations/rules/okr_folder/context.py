"""What rows need to know of each other: ids, cycles, people and teams of the folder."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from integrations.rules.okr_folder.cells import clipped, fitted_id
from integrations.rules.okr_folder.drafts import Existing, Flag, TeamDraft
from integrations.rules.okr_folder.owners import Owners, read_owners
from integrations.rules.okr_folder.table import SourceRow, Table
from objectives.rules.kinds import CycleState

ID_COLUMNS = {
    "objectives.csv": ("objective", "objective_id"),
    "key_results.csv": ("key_result", "kr_id"),
    "priorities.csv": ("priority", "priority_id"),
    "initiatives.csv": ("initiative", "initiative_id"),
}
PERSONAL_LEVELS = frozenset({"person", "personal", "individual", "people"})
_HANDLE = re.compile(r"(?<![\w.])@([A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)")
NAME_LENGTH = 200
LABEL_LENGTH = 400


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """A cycle as its rows are placed in it."""

    external_id: str
    name: str
    starts_on: date | None
    ends_on: date | None
    state: CycleState


@dataclass(slots=True)
class Context:
    """The folder as a whole. `today` is the day in the organisation's time zone."""

    today: date
    existing: Existing
    orgs: tuple[str, ...]
    ids: dict[str, dict[tuple[str, str], str]] = field(default_factory=lambda: defaultdict(dict))
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    shared_ids: set[tuple[str, str]] = field(default_factory=set)
    cycles: dict[tuple[str, str], CycleFacts] = field(default_factory=dict)
    teams: dict[str, TeamDraft] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    known_people: set[str] = field(default_factory=set)
    single_teams: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, tables: Iterable[Table], existing: Existing, today: date) -> Context:
        """Gather what holds across files before any row is decided."""
        tables = list(tables)
        rows = [row for table in tables for row in table.rows]
        context = cls(today, existing, tuple(dict.fromkeys(row["org"] for row in rows if row["org"])))
        orgs_of: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in rows:
            if row.file in ID_COLUMNS:
                table, column = ID_COLUMNS[row.file]
                orgs_of[table, row[column]].add(row["org"])
        context.shared_ids = {key for key, orgs in orgs_of.items() if len(orgs) > 1}
        handles = (name for row in rows for name in _HANDLE.findall(row["owner"] + " " + row["author"]))
        context.known_people = set(existing.people) | {name.casefold() for name in handles}
        context.single_teams = {row["team"].casefold() for row in rows if row["team"]}
        return context

    def external_id(self, table: str, org: str, source_id: str) -> str:
        """The source id; with its org in front where several orgs of the folder use the same id."""
        whole = f"{org}|{source_id}" if (table, source_id) in self.shared_ids else source_id
        return fitted_id(whole)

    def register(self, table: str, row: SourceRow, source_id: str) -> int | None:
        """Note that the row takes its id; the line that took it before, if one did."""
        key = (row["org"], source_id)
        if key in self.ids[table]:
            return self.lines[table, self.ids[table][key]]
        external_id = self.external_id(table, *key)
        self.ids[table][key] = external_id
        self.lines[table, external_id] = row.line
        return None

    def resolve(self, table: str, org: str, source_id: str) -> str | None:
        """The external id that a reference means: in the same org, in the folder, or from an earlier import."""
        known = self.ids[table]
        if (org, source_id) in known:
            return known[org, source_id]
        elsewhere = {found for (_, one), found in known.items() if one == source_id}
        if len(elsewhere) == 1:
            return elsewhere.pop()
        for candidate in (source_id, f"{org}|{source_id}"):
            if self.existing.row(table, candidate):
                return candidate
        return None

    def cycle(self, row: SourceRow) -> CycleFacts:
        return self.cycles[row["org"], row["cycle"]]

    def placed_on(self, cycle: CycleFacts) -> date:
        """The day that stands for an undated closing word: the cycle's last day, or today while it runs."""
        return cycle.ends_on if cycle.ends_on is not None and cycle.ends_on <= self.today else self.today

    def owners(self, row: SourceRow, column: str = "owner") -> Owners:
        """Who a cell names; every person named becomes one of the organisation's people."""
        is_person = row["level"].casefold() in PERSONAL_LEVELS
        found = read_owners(row[column], known=self.known_people, is_person=is_person)
        people = tuple(clipped(name, NAME_LENGTH) for name in found.people)
        for name in people:
            self.people.setdefault(name.casefold(), name)
        return Owners(people, found.label)

    def team(self, row: SourceRow) -> str | None:
        """Lower-case name of the team that owns the row: its own, else its org where the folder has several."""
        org_team = self._named_team(row["org"], None) if len(self.orgs) > 1 and row["org"] else None
        if not row["team"]:
            return org_team
        keys = [self._named_team(name, org_team) for name in self._team_names(row["team"])]
        return keys[0]

    def _team_names(self, cell: str) -> list[str]:
        """A list of teams counts as one only when each of its names stands alone somewhere too."""
        parts = [part.strip() for part in re.split(r"[,;]", cell) if part.strip()]
        if len(parts) > 1 and all(part.casefold() in self.single_teams for part in parts):
            return parts
        return [cell]

    def _named_team(self, name: str, parent: str | None) -> str:
        name = clipped(name, NAME_LENGTH)
        self.teams.setdefault(name.casefold(), TeamDraft(name, None if parent == name.casefold() else parent))
        return name.casefold()


Flags = list[Flag]
