"""One row of a plan as a row of its table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from alignment.models import StrategicPriority
from checkins.models import CheckIn, ObjectiveNote
from checkins.rules.kinds import CheckInSource
from insights.models import Retrospective
from integrations.rules.okr_folder.drafts import Draft, Existing
from objectives.models import Cycle, KeyResult, Objective
from objectives.rules.kinds import CycleState, ObjectiveState
from people.models import Organisation, User


@dataclass(slots=True)
class RowMaker:
    """Turns drafts into model instances; writes nothing.

    `ids` finds a row by table and external id, `people` and `teams` by lower-case name, `steps` the one step of a
    milestone key result by the key result's external id: old and new ones.
    """

    organisation: Organisation
    existing: Existing
    at: datetime
    by: User | None
    ids: dict[tuple[str, str], UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)
    steps: dict[str, UUID] = field(default_factory=dict)

    def _base(self, draft: Draft) -> dict[str, Any]:
        return {
            "id": self.ids[draft.table, draft.external_id],
            "organisation": self.organisation,
            "external_id": draft.external_id,
            "source_fields": {**draft.source, **draft.marks},
        }

    def cycle(self, draft: Draft, place: int) -> Cycle:
        closed = draft.fields["state"] == CycleState.CLOSED
        closed_at = self._evening(draft.fields["ends_on"]) if closed else None
        return Cycle(**self._base(draft), **draft.fields, closed_at=closed_at)

    def priority(self, draft: Draft, place: int) -> StrategicPriority:
        return StrategicPriority(
            **self._base(draft),
            **draft.fields,
            owner_id=self.person(draft.refs["owner"]),
            rank=self.existing.highest_rank + place + 1,
            activated_at=self._morning(draft.fields["starts_on"]),
            created_by=self.by,
        )

    def objective(self, draft: Draft, place: int) -> Objective:
        fields = dict(draft.fields)
        starts_on, closed_on = fields.pop("starts_on"), fields.pop("closed_on")
        waits = fields["state"] == ObjectiveState.DRAFT
        return Objective(
            **self._base(draft),
            **fields,
            cycle_id=self.ids["cycle", draft.refs["cycle"]],
            team_id=self.teams[draft.refs["team"]] if draft.refs["team"] else None,
            owner_id=self.person(draft.refs["owner"]),
            position=place,
            created_by=self.by,
            activated_at=None if waits else self._morning(starts_on),
            closed_at=self._evening(closed_on) if closed_on else None,
        )

    def key_result(self, draft: Draft, place: int) -> KeyResult:
        fields = dict(draft.fields)
        starts_on, closed_on = fields.pop("starts_on"), fields.pop("closed_on")
        place = int(draft.row["seq"]) if draft.row["seq"].isdigit() and len(draft.row["seq"]) < 7 else place
        return KeyResult(
            **self._base(draft),
            **fields,
            objective_id=self.ids["objective", draft.refs["objective"]],
            owner_id=self.person(draft.refs["owner"]),
            position=place,
            activated_at=self._morning(starts_on),
            closed_at=self._evening(closed_on) if closed_on else None,
        )

    def check_in(self, draft: Draft, place: int) -> CheckIn:
        fields = dict(draft.fields)
        step_done, known_on = fields.pop("step_done"), fields.pop("known_on")
        step = self.steps.get(draft.refs["key_result"])
        known_at = self._noon(known_on, place) if known_on else self.at + timedelta(microseconds=place)
        return CheckIn(
            **self._base(draft),
            **fields,
            key_result_id=self.ids["key_result", draft.refs["key_result"]],
            author_id=self.person(draft.refs["author"]),
            source=CheckInSource.IMPORT,
            milestones_done=[str(step)] if step_done and step else None,
            recorded_at=known_at,
            known_at=known_at,
            imported_at=self.at,
            updated_at=self.at,
        )

    def note(self, draft: Draft, place: int) -> ObjectiveNote:
        day = draft.fields["on"]
        return ObjectiveNote(
            **self._base(draft),
            **draft.fields,
            objective_id=self.ids["objective", draft.refs["objective"]],
            author_id=self.person(draft.refs["author"]),
            known_at=self._noon(day, place) if day else self.at + timedelta(microseconds=place),
            imported_at=self.at,
        )

    def retrospective(self, draft: Draft, place: int) -> Retrospective:
        team = draft.refs["team"]
        return Retrospective(
            **self._base(draft),
            **draft.fields,
            cycle_id=self.ids["cycle", draft.refs["cycle"]],
            team_id=self.teams[team] if team else None,
        )

    def person(self, name: str | None) -> UUID | None:
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
