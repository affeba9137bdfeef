"""Writing a decided plan in bulk. Called inside the import's one transaction; decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import models

from alignment.models import AlignmentLink, StrategicPriority
from alignment.rules.kinds import LinkState, ParentType, default_kind
from checkins.models import CheckIn, ObjectiveNote
from common.ids import new_id
from insights.models import Retrospective
from integrations.rules.okr_folder.drafts import Draft, Plan
from integrations.services.make_rows import RowMaker
from objectives.models import Cycle, Initiative, KeyResult, Milestone, Objective
from objectives.rules.kinds import KeyResultKind
from people.models import Team, User

BATCH = 500
MODELS: dict[str, Any] = {
    "cycle": Cycle,
    "priority": StrategicPriority,
    "objective": Objective,
    "key_result": KeyResult,
    "check_in": CheckIn,
    "note": ObjectiveNote,
    "initiative": Initiative,
    "retrospective": Retrospective,
}


@dataclass(slots=True)
class PlanWriter(RowMaker):
    """One import on its way into the tables; `made` and `changed` collect ids by table."""

    made: dict[str, list[UUID]] = field(default_factory=dict)
    changed: dict[str, list[UUID]] = field(default_factory=dict)

    def write(self, plan: Plan) -> None:
        """Make everything the plan names, in an order in which every reference exists."""
        self.people, self.teams = dict(self.existing.people), dict(self.existing.teams)
        for table, rows in self.existing.rows.items():
            self.ids.update({(table, external_id): row.id for external_id, row in rows.items()})
        self._write_people(plan.people)
        self._write_teams(plan)
        by_table = {table: [draft for draft in plan.made if draft.table == table] for table in MODELS}
        for draft in plan.made:
            self.ids[draft.table, draft.external_id] = new_id()
        self._read_steps(plan)
        lower: tuple[tuple[str, Callable[[Draft, int], Any]], ...] = (
            ("cycle", self.cycle),
            ("priority", self.priority),
            ("objective", self.objective),
            ("key_result", self.key_result),
        )
        for table, make in lower:
            self._create(table, [make(draft, place) for place, draft in enumerate(by_table[table])])
        self._write_steps(by_table["key_result"])
        self._write_contributors(by_table["objective"], by_table["key_result"])
        upper: tuple[tuple[str, Callable[[Draft, int], Any]], ...] = (
            ("check_in", self.check_in),
            ("note", self.note),
            ("retrospective", self.retrospective),
        )
        for table, make in upper:
            self._create(table, [make(draft, place) for place, draft in enumerate(by_table[table])])
        self._write_initiatives(by_table["initiative"])
        self._write_links(plan)
        self._write_changes(plan)

    def _create(self, table: str, rows: list[Any]) -> None:
        MODELS[table].objects.bulk_create(rows, batch_size=BATCH)
        self.made.setdefault(table, []).extend(row.pk for row in rows)

    def _write_people(self, names: Iterable[str]) -> None:
        unusable = make_password(None)
        rows = [User(organisation=self.organisation, name=name, password=unusable) for name in names]
        User.objects.bulk_create(rows, batch_size=BATCH)
        self.people.update({row.name.casefold(): row.pk for row in rows})
        self.made["person"] = [row.pk for row in rows]

    def _write_teams(self, plan: Plan) -> None:
        """Teams above come first in the plan, so that their ids are there for the teams below."""
        rows = []
        for draft in plan.teams:
            parent = self.teams.get(draft.parent) if draft.parent else None
            row = Team(organisation=self.organisation, name=draft.name, parent_id=parent)
            self.teams[draft.name.casefold()] = row.pk
            rows.append(row)
        Team.objects.bulk_create(rows, batch_size=BATCH)
        self.made["team"] = [row.pk for row in rows]

    def _write_steps(self, drafts: list[Draft]) -> None:
        steps = []
        for draft in drafts:
            if draft.fields["kind"] == KeyResultKind.MILESTONES:
                key_result = self.ids["key_result", draft.external_id]
                steps.append(
                    Milestone(
                        id=self.steps[draft.external_id],
                        key_result_id=key_result,
                        title=draft.fields["title"],
                    )
                )
        Milestone.objects.bulk_create(steps, batch_size=BATCH)

    def _read_steps(self, plan: Plan) -> None:
        """The one step of each milestone key result: those that are there, and new ids for those to come."""
        old = Milestone.objects.filter(key_result__organisation=self.organisation)
        named = old.filter(key_result__external_id__isnull=False).order_by("-position", "-pk")
        self.steps = {
            str(external_id): pk for external_id, pk in named.values_list("key_result__external_id", "pk")
        }
        for draft in plan.made:
            if draft.table == "key_result":
                self.steps[draft.external_id] = new_id()

    def _write_contributors(self, objectives: list[Draft], key_results: list[Draft]) -> None:
        """Further owners contribute; those of a key result contribute to its objective."""
        pairs = {
            (self.ids["objective", draft.external_id], self.people[name])
            for draft in objectives
            for name in draft.refs["contributors"]
        }
        pairs |= {
            (self.ids["objective", draft.refs["objective"]], self.people[name])
            for draft in key_results
            for name in draft.refs["contributors"]
        }
        through = Objective.contributors.through
        rows = [
            through(objective_id=objective, user_id=person) for objective, person in sorted(pairs, key=str)
        ]
        through.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)

    def _write_initiatives(self, drafts: list[Draft]) -> None:
        """All first without a parent, then the parents: they may stand in any order."""
        rows = [
            Initiative(
                **self._base(draft),
                **draft.fields,
                key_result_id=self.ids["key_result", draft.refs["key_result"]],
                position=place,
            )
            for place, draft in enumerate(drafts)
        ]
        self._create("initiative", rows)
        below = []
        for row, draft in zip(rows, drafts, strict=True):
            if draft.refs["parent"]:
                row.parent_id = self.ids["initiative", draft.refs["parent"]]
                below.append(row)
        Initiative.objects.bulk_update(below, ["parent"], batch_size=BATCH)

    def _write_links(self, plan: Plan) -> None:
        rows = []
        for link in plan.links:
            parent = {f"{link.parent_type}_id": self.ids[link.parent_type, link.parent]}
            rows.append(
                AlignmentLink(
                    organisation=self.organisation,
                    child_id=self.ids["objective", link.child],
                    kind=default_kind(ParentType(link.parent_type)),
                    state=LinkState.ACTIVE,
                    created_by=self.by,
                    **parent,
                )
            )
        AlignmentLink.objects.bulk_create(rows, batch_size=BATCH)
        self.made["link"] = [row.pk for row in rows]

    def _write_changes(self, plan: Plan) -> None:
        for change in plan.changes:
            values = dict(change.values)
            for name, lookup in (("owner", self.person), ("team", self.teams.get)):
                if name in values:
                    key = values.pop(name)
                    values[f"{name}_id"] = lookup(key) if key else None
            if "cycle" in values:
                values["cycle_id"] = self.ids["cycle", values.pop("cycle")]
            values["source_fields"] = {**change.draft.source, **change.draft.marks}
            model: type[models.Model] = MODELS[change.draft.table]
            if any(one.name == "updated_at" for one in model._meta.fields):
                values["updated_at"] = self.at
            model._base_manager.filter(pk=change.existing.id).update(**values)
            self.changed.setdefault(change.draft.table, []).append(change.existing.id)
