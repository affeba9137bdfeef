"""The history of rows that came in bulk: when each was known, by the dates that came with it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, Min

from activity.services.keep_versions import forget_copies, keep_lives
from alignment.models import AlignmentLink, StrategicPriority
from checkins.models import CheckIn, ObjectiveNote
from objectives.models import Cycle, Initiative, KeyResult, Objective
from objectives.rules.lives import Stages, stages_of
from people.models import Organisation

TOGETHER = timedelta(hours=1)
"""A link or a piece of work made that soon after what it hangs on came with it."""
Moments = dict[UUID, datetime]


def keep_all_lives(organisation: Organisation, *, only: Collection[UUID] | None = None) -> None:
    """Append first versions of every row of the organisation, or of those named.

    A row is known from the earliest of: the moment it was made here, its activation, the first check-in below it
    (`CheckIn.known_at` is the source's date for what an import brought). Call it once for each row.
    """
    key_results, last_said = _key_results(organisation)
    objectives = _objectives(organisation, key_results, last_said)
    links = list(AlignmentLink.objects.filter(organisation=organisation).select_related("child"))
    hang = {
        link.pk: _with(link.created_at, link.child.created_at, objectives[link.child_id]) for link in links
    }
    priorities = {
        row.pk: _earliest(row.created_at, row.activated_at)
        for row in StrategicPriority.objects.filter(organisation=organisation)
    }
    for link in links:
        if link.priority_id is not None:
            priorities[link.priority_id] = min(priorities[link.priority_id], hang[link.pk])
    work = {
        row.pk: _with(row.created_at, row.key_result.created_at, key_results[row.key_result_id])
        for row in Initiative.objects.filter(organisation=organisation).select_related("key_result")
    }
    cycles = _cycles(organisation, objectives)
    for subject_type, known, stages in (
        ("cycle", cycles, _lived(cycles)),
        ("priority", priorities, _lived(priorities)),
        ("objective", objectives, _lived(objectives, last_said)),
        ("key_result", key_results, _lived(key_results, last_said)),
        ("link", hang, _plain(hang)),
        ("initiative", work, _plain(work)),
    ):
        ids = known.keys() if only is None else known.keys() & set(only)
        keep_lives(subject_type, ids, organisation_id=organisation.pk, stages=stages)
    forget_copies(organisation.pk)


def _lived(known: Moments, last_said: Moments | None = None) -> Callable[[Any], Stages]:
    return lambda row: stages_of(row, known_at=known[row.pk], last_said_at=(last_said or {}).get(row.pk))


def _plain(known: Moments) -> Callable[[Any], Stages]:
    return lambda row: [(known[row.pk], {})]


def _key_results(organisation: Organisation) -> tuple[Moments, Moments]:
    """When each was known first, and when something was said about it last."""
    said = CheckIn.everything.filter(organisation=organisation).order_by().values("key_result")
    spans = said.annotate(first=Min("known_at"), last=Max("known_at"))
    first = {one["key_result"]: one["first"] for one in spans}
    known = {
        row.pk: _earliest(row.created_at, row.activated_at, first.get(row.pk))
        for row in KeyResult.everything.filter(organisation=organisation)
    }
    return known, {one["key_result"]: one["last"] for one in spans}


def _objectives(organisation: Organisation, key_results: Moments, last_said: Moments) -> Moments:
    """When each was known first; what was said last about each is added to `last_said`."""
    known = {
        row.pk: _earliest(row.created_at, row.activated_at)
        for row in Objective.everything.filter(organisation=organisation)
    }
    notes = ObjectiveNote.objects.filter(organisation=organisation).order_by("known_at")
    for objective_id, known_at in notes.values_list("objective_id", "known_at"):
        known[objective_id] = min(known[objective_id], known_at)
        last_said[objective_id] = known_at
    of = KeyResult.everything.filter(organisation=organisation).values_list("pk", "objective_id")
    for pk, objective_id in of:
        known[objective_id] = min(known[objective_id], key_results[pk])
        if pk in last_said:
            last_said[objective_id] = max(last_said[pk], last_said.get(objective_id, last_said[pk]))
    return known


def _cycles(organisation: Organisation, objectives: Moments) -> Moments:
    rows = Cycle.objects.filter(organisation=organisation)
    known = {
        row.pk: _earliest(
            row.created_at, datetime.combine(row.starts_on, time(), UTC) if row.starts_on else None
        )
        for row in rows
    }
    for pk, cycle_id in Objective.everything.filter(organisation=organisation).values_list("pk", "cycle_id"):
        known[cycle_id] = min(known[cycle_id], objectives[pk])
    return known


def _with(made_at: datetime, above_made_at: datetime, above_known_at: datetime) -> datetime:
    return above_known_at if abs(made_at - above_made_at) < TOGETHER else made_at


def _earliest(*moments: datetime | None) -> datetime:
    return min(moment for moment in moments if moment is not None)
