"""REST address of what changed since a moment."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.dateparse import parse_date
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from alignment.permissions import visible_priorities
from checkins.queries.changed_since import Since, SinceKind, changed_since
from checkins.queries.what_changed import ChangedObjective, ChangedThing, what_changed
from checkins.rules.folded_changes import ChangeKind, FieldChange
from common.api.fields import Named, Output, Titled, choices
from common.api.parameters import Accepted, Parameter
from common.api.references import needed
from common.errors import InvalidInput
from common.plain import plain_moment
from people.api.base import ApiView
from people.permissions import visible_teams

SINCE_WORDS = "`last_review` (the default), `week`, or a day such as 2026-05-01."
EARLIEST, LATEST = date(1970, 1, 2), date(9000, 1, 1)


@extend_schema_field({"description": "a JSON value of the field's own kind"})
class AnyValue(serializers.JSONField):
    """Whatever the field holds, null too."""


class ChangedField(Output):
    """A field from its first to its last value; `times` says how often it changed in between."""

    field = serializers.CharField()
    kind = serializers.ChoiceField(choices(ChangeKind))
    before = AnyValue()
    after = AnyValue()
    times = serializers.IntegerField(min_value=1)
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True)
    why = serializers.CharField(allow_null=True)


class Changed(Output):
    """A thing with what changed; a link carries the title of its other end."""

    type = serializers.ChoiceField(["objective", "key_result", "alignment_link"])
    id = serializers.UUIDField()
    title = serializers.CharField()
    changes = ChangedField(many=True)


class ChangedObjectiveRow(Output):
    """An objective of which something changed: itself, its links, its key results."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    team = Named(allow_null=True)
    is_deleted = serializers.BooleanField()
    changed = Changed(many=True)


class ChangedPriorityRow(Output):
    """A priority with its own changes and the objectives below it; null: what leads to no priority."""

    priority = Titled(allow_null=True)
    changes = ChangedField(many=True)
    objectives = ChangedObjectiveRow(many=True)


class WhatChangedAnswer(Output):
    """A page by priority; `next_after` is the `after` of the next one."""

    since = serializers.DateTimeField()
    since_kind = serializers.ChoiceField(choices(SinceKind))
    objective_count = serializers.IntegerField()
    results = ChangedPriorityRow(many=True)
    next_after = serializers.UUIDField(allow_null=True)


class WhatChangedView(ApiView):
    accepts: ClassVar = {
        "GET": Accepted(
            (
                Parameter("since", "text", f"Since when: {SINCE_WORDS}"),
                Parameter("priority", "id", "Only what leads to this priority."),
                Parameter("team", "id", "Only objectives of this team."),
                Parameter("after", "id", "Go on after this objective: `next_after` of the page before."),
            )
        )
    }

    @extend_schema(responses=WhatChangedAnswer)
    def get(self, request: Request) -> HttpResponse:
        """Every changed value, target, wording, link, owner and state since a moment, with who and why."""
        team = self.query.get("team")
        priority = self.query.get("priority")
        if team is not None:
            needed(visible_teams(self.caller), team, "team")
        if priority is not None:
            needed(visible_priorities(self.caller), priority, "priority")
        since = self._since(team)
        found = what_changed(
            self.caller,
            since=since.at,
            team_ids=None if team is None else [team],
            priority_id=priority,
            after=self.query.get("after"),
            size=100,
        )
        return self.step(
            {
                "since": plain_moment(since.at),
                "since_kind": since.kind.value,
                "objective_count": found.objective_count,
                "results": [
                    {
                        "priority": {"id": one.id, "title": one.title} if one.id else None,
                        "changes": _fields(one.changes),
                        "objectives": [_objective(row) for row in one.objectives],
                    }
                    for one in found.priorities
                ],
                "next_after": found.next_after,
            }
        )

    def _since(self, team: Any) -> Since:
        asked: SinceKind | date
        text = self.query.get("since", SinceKind.LAST_REVIEW.value)
        if text in (SinceKind.LAST_REVIEW, SinceKind.WEEK):
            asked = SinceKind(text)
        else:
            asked = _day(text)
        return changed_since(self.caller, asked, at=self.at, team_id=team)


def _day(text: str) -> date:
    """Raises InvalidInput."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        raise InvalidInput.of("since", "invalid", f"since is {SINCE_WORDS}")
    return day


def _objective(row: ChangedObjective) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "team": {"id": row.team_id, "name": row.team} if row.team_id else None,
        "is_deleted": row.is_gone,
        "changed": [_thing(thing) for thing in row.things],
    }


def _thing(thing: ChangedThing) -> dict[str, Any]:
    return {"type": thing.type, "id": thing.id, "title": thing.title, "changes": _fields(thing.changes)}


def _fields(changes: tuple[FieldChange, ...]) -> list[dict[str, Any]]:
    return [
        {
            "field": one.field,
            "kind": one.kind.value,
            "before": one.before,
            "after": one.after,
            "times": one.times,
            "at": plain_moment(one.at),
            "by": one.by or None,
            "why": one.why or None,
        }
        for one in changes
    ]
