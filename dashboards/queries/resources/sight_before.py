"""Who could see an objective before a change, or before it went for good."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from activity.models import Event
from objectives.models import Objective
from objectives.rules.kinds import Visibility
from people.models import Team, User
from people.permissions import team_ids_of


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides who sees an objective; ids as text. `leads` are ids of teams that the viewer leads."""

    visibility: str
    owner: str | None
    team: str | None
    contributors: frozenset[str]
    leads: frozenset[str]

    def is_seen_by(self, viewer: User) -> bool:
        """The answer that `sees_objective` would give."""
        if viewer.is_administrator or self.visibility == Visibility.ORGANISATION:
            return True
        if str(viewer.pk) == self.owner or str(viewer.pk) in self.contributors or self.team in self.leads:
            return True
        teams = {str(pk) for pk in team_ids_of(viewer)}
        return self.visibility == Visibility.TEAM and self.team in teams


def facts_of_purged(viewer: User, ids: Collection[UUID]) -> dict[UUID, Facts]:
    """By objective, from the last word of the log about it. Objectives whose end was not told are left out."""
    ends = Event.objects.filter(
        organisation_id=viewer.organisation_id,
        subject_type="objective",
        subject_id__in=ids,
        verb="objective.deleted",
    ).order_by("at", "id")
    leads = _leads(viewer)
    found = {}
    for pk, payload in ends.values_list("subject_id", "payload"):
        seen_by = payload.get("seen_by")
        if isinstance(seen_by, dict):
            found[pk] = Facts(
                visibility=str(seen_by.get("visibility")),
                owner=seen_by.get("owner"),
                team=seen_by.get("team"),
                contributors=frozenset(seen_by.get("contributors") or ()),
                leads=leads,
            )
    return found


def facts_before(viewer: User, ids: Collection[UUID]) -> dict[UUID, Facts]:
    """By event that edited one of these objectives: who could see it until then. Three queries.

    From what it is now, undoing one edit after the other, newest first.
    """
    leads = _leads(viewer)
    rows = Objective.everything.filter(pk__in=ids, organisation_id=viewer.organisation_id)
    state = {row.pk: _facts_now(row, leads) for row in rows.prefetch_related("contributors")}
    edits = Event.objects.filter(
        organisation_id=viewer.organisation_id,
        subject_type="objective",
        subject_id__in=list(state),
        verb="objective.edited",
    ).order_by("-at", "-id")
    before: dict[UUID, Facts] = {}
    for event_id, pk, payload in edits.values_list("pk", "subject_id", "payload"):
        state[pk] = _undone(state[pk], payload.get("changes") or {})
        before[event_id] = state[pk]
    return before


def _facts_now(row: Objective, leads: frozenset[str]) -> Facts:
    return Facts(
        visibility=row.visibility,
        owner=str(row.owner_id) if row.owner_id else None,
        team=str(row.team_id) if row.team_id else None,
        contributors=frozenset(str(person.pk) for person in row.contributors.all()),
        leads=leads,
    )


def _undone(facts: Facts, changes: Mapping[str, Any]) -> Facts:
    """As it was before these changes."""
    earlier: dict[str, Any] = {}
    for name in ("visibility", "owner", "team"):
        if name in changes:
            earlier[name] = _id(changes[name][0])
    if "contributors" in changes:
        earlier["contributors"] = frozenset(_id(one) or "" for one in changes["contributors"][0] or ())
    return replace(facts, **earlier)


def _id(value: Any) -> str | None:
    """The id of a row as an event keeps it, or a plain word."""
    return value.get("id") if isinstance(value, dict) else value


def _leads(viewer: User) -> frozenset[str]:
    return frozenset(str(pk) for pk in Team.objects.filter(lead=viewer).values_list("pk", flat=True))
