"""Writing a decided plan in bulk. Called inside the import's one transaction; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import models

from alignment.models import AlignmentLink, StrategicPriority
from alignment.rules.kinds import LinkState, ParentType, default_kind
from checkins.models import CheckIn, ObjectiveNote
from checkins.rules.kinds import CheckInSource
from common.ids import new_id
from insights.models import Retrospective
from integrations.rules.okr_folder.drafts import Draft, Existing, Plan
from objectives.models import Cycle, Initiative, KeyResult, Milestone, Objective
from objectives.rules.kinds import CycleState, KeyResultKind, ObjectiveState
from people.models import Organisation, Team, User

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
class PlanWriter:
    """One import on its way into the tables. `ids` finds a row by table and external id, old and new."""

    organisation: Organisation
    existing: Existing
    at: datetime
    by: User | None
    ids: dict[tuple[str, str], UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)
    made: dict[str, list[UUID]] = field(default_factory=dict)
    steps: dict[str, UUID] = field(default_factory=dict)

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
        for table, make in (
            ("cycle", self._cycle),
            ("priority", self._priority),
            ("objective", self._objective),
            ("key_result", self._key_result),
        ):
            self._create(table, [make(draft, place) for place, draft in enumerate(by_table[table])])
        self._write_steps(by_table["key_result"])
        self._write_contributors(by_table["objective"], by_table["key_result"])
        for table, make in (
            ("check_in", self._check_in),
            ("note", self._note),
            ("retrospective", self._retrospective),
        ):
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

    def _base(self, draft: Draft) -> dict[str, Any]:
        return {
            "id": self.ids[draft.table, draft.external_id],
            "organisation": self.organisation,
            "external_id": draft.external_id,
            "source_fields": {**draft.source, **draft.marks},
        }

    def _cycle(self, draft: Draft, place: int) -> Cycle:
        closed = draft.fields["state"] == CycleState.CLOSED
        closed_at = self._evening(draft.fields["ends_on"]) if closed else None
        return Cycle(**self._base(draft), **draft.fields, closed_at=closed_at)

    def _priority(self, draft: Draft, place: int) -> StrategicPriority:
        return StrategicPriority(
            **self._base(draft),
            **draft.fields,
            owner_id=self._person(draft.refs["owner"]),
            rank=self.existing.highest_rank + place + 1,
            activated_at=self._morning(draft.fields["starts_on"]),
            created_by=self.by,
        )

    def _objective(self, draft: Draft, place: int) -> Objective:
        fields = dict(draft.fields)
        starts_on, closed_on = fields.pop("starts_on"), fields.pop("closed_on")
        waits = fields["state"] == ObjectiveState.DRAFT
        return Objective(
            **self._base(draft),
            **fields,
            cycle_id=self.ids["cycle", draft.refs["cycle"]],
            team_id=self.teams[draft.refs["team"]] if draft.refs["team"] else None,
            owner_id=self._person(draft.refs["owner"]),
            position=place,
            created_by=self.by,
            activated_at=None if waits else self._morning(starts_on),
            closed_at=self._evening(closed_on) if closed_on else None,
        )

    def _key_result(self, draft: Draft, place: int) -> KeyResult:
        fields = dict(draft.fields)
        starts_on, closed_on = fields.pop("starts_on"), fields.pop("closed_on")
        place = int(draft.row["seq"]) if draft.row["seq"].isdigit() and len(draft.row["seq"]) < 7 else place
        return KeyResult(
            **self._base(draft),
            **fields,
            objective_id=self.ids["objective", draft.refs["objective"]],
            owner_id=self._person(draft.refs["owner"]),
            position=place,
            activated_at=self._morning(starts_on),
            closed_at=self._evening(closed_on) if closed_on else None,
        )

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
        self.steps = {
            external_id: pk
            for external_id, pk in old.order_by("-position", "-pk").values_list(
                "key_result__external_id", "pk"
            )
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

    def _check_in(self, draft: Draft, place: int) -> CheckIn:
        fields = dict(draft.fields)
        step_done, known_on = fields.pop("step_done"), fields.pop("known_on")
        step = self.steps.get(draft.refs["key_result"])
        known_at = self._noon(known_on, place) if known_on else self.at + timedelta(microseconds=place)
        return CheckIn(
            **self._base(draft),
            **fields,
            key_result_id=self.ids["key_result", draft.refs["key_result"]],
            author_id=self._person(draft.refs["author"]),
            source=CheckInSource.IMPORT,
            milestones_done=[str(step)] if step_done and step else None,
            recorded_at=known_at,
            known_at=known_at,
            imported_at=self.at,
            updated_at=self.at,
        )

    def _note(self, draft: Draft, place: int) -> ObjectiveNote:
        day = draft.fields["on"]
        return ObjectiveNote(
            **self._base(draft),
            **draft.fields,
            objective_id=self.ids["objective", draft.refs["objective"]],
            author_id=self._person(draft.refs["author"]),
            known_at=self._noon(day, place) if day else self.at + timedelta(microseconds=place),
            imported_at=self.at,
        )

    def _retrospective(self, draft: Draft, place: int) -> Retrospective:
        team = draft.refs["team"]
        return Retrospective(
            **self._base(draft),
            **draft.fields,
            cycle_id=self.ids["cycle", draft.refs["cycle"]],
            team_id=self.teams[team] if team else None,
        )

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
            values = {name: value for name, value in change.values.items()}
            for name, lookup in (("owner", self._person), ("team", self.teams.get)):
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

    def _person(self, name: str | None) -> UUID | None:
        return self.people[name] if name else None

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.organisation.time_zone)

    def _morning(self, day: date | None) -> datetime:
        return datetime.combine(day, time(), self._zone()) if day else self.at

    def _noon(self, day: date, place: int) -> datetime:
        """Midday of the source's date; rows of one day keep their order."""
        return datetime.combine(day, time(12), self._zone()) + timedelta(microseconds=place)

    def _evening(self, day: date | None) -> datetime:
        return min(datetime.combine(day, time(23, 59, 59), self._zone()), self.at) if day else self.at
