"""Taking an import back within 14 days. What people have touched since stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from activity.models import Event
from activity.services import record_event
from activity.services.keep_versions import forget_versions, kept_types
from alignment.models import AlignmentLink, ProgressSnapshot, StrategicPriority
from checkins.models import CheckIn, ObjectiveNote
from checkins.rules.kinds import CheckInSource
from checkins.services.learn_reference import ask_to_learn
from checkins.services.rebuild_numbers import rebuild_numbers
from common.errors import NotAllowed, RuleConflict
from common.locks import lock_graph
from insights.models import Retrospective
from integrations.models import ImportRun
from integrations.permissions import can_import
from integrations.rules.keeping import DAYS_TO_UNDO
from integrations.services.tell_rows import removed_rows, tell_removed
from objectives.models import Cycle, Initiative, KeyResult, Objective
from people.models import Membership, Team, User


@transaction.atomic
def undo_import(*, run: ImportRun, by: User, at: datetime) -> int:
    """Remove what the import made, except objectives that people edited, checked in on or linked since, with all that
    hangs on them. Fields that it brought up to date stay. Returns how many objectives stayed.

    Raises RuleConflict when it is not applied or older than 14 days, NotAllowed for others than administrators.
    """
    if not can_import(by) or run.organisation_id != by.organisation_id:
        raise NotAllowed("Only administrators take imports back.")
    lock_graph(run.organisation_id, exclusively=True)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != "applied" or run.applied_at is None:
        raise RuleConflict(f"This import is {run.state}; there is nothing to take back.")
    if at - run.applied_at > DAYS_TO_UNDO:
        raise RuleConflict("An import can be taken back for 14 days.", code="too_late")
    made = {table: {UUID(pk) for pk in pks} for table, pks in run.report.get("made_ids", {}).items()}
    touched = touched_since(run)
    kept = _kept_objectives(made, touched, run)
    _remove(made, touched, kept)
    _forget(run, made)
    removed = removed_rows(made)
    run.state, run.undone_at = "undone", at
    run.save(update_fields=["state", "undone_at"])
    run.questions.filter(answered_at__isnull=True).delete()
    today = at.astimezone(ZoneInfo(run.organisation.time_zone)).date()
    rebuild_numbers(organisation=run.organisation, today=today)
    ask_to_learn(organisation_id=run.organisation_id, at=at)
    record_event(
        verb="import.undone",
        subject=run,
        organisation_id=run.organisation_id,
        by=by,
        at=at,
        payload={"source": run.source_name, "objectives_kept": len(kept)},
    )
    tell_removed(run, removed, by=by, at=at)
    return len(kept)


def _forget(run: ImportRun, made: dict[str, set[UUID]]) -> None:
    """What was taken back was never known: its history goes with it."""
    for table, kept in kept_types().items():
        ids = made.get(table, set())
        there = set(kept.model._base_manager.filter(pk__in=ids).values_list("pk", flat=True))
        forget_versions(table, ids - there, organisation_id=run.organisation_id)


def touched_since(run: ImportRun) -> set[UUID]:
    """Ids of everything that something happened to since the import, and of the objectives above it."""
    since = Event.objects.filter(organisation=run.organisation_id, at__gt=run.applied_at)
    touched: set[UUID] = set()
    for subject, objective in since.exclude(verb__startswith="import.").values_list(
        "subject_id", "objective_id"
    ):
        touched |= {subject, objective} if objective else {subject}
    return touched


def _kept_objectives(made: dict[str, set[UUID]], touched: set[UUID], run: ImportRun) -> set[UUID]:
    ours = made.get("objective", set())
    kept = ours & touched
    parts = KeyResult.everything.filter(objective_id__in=ours)
    kept |= set(parts.filter(_is_theirs(made, "key_result", touched)).values_list("objective_id", flat=True))
    said = CheckIn.everything.filter(key_result__objective_id__in=ours).exclude(source=CheckInSource.IMPORT)
    kept |= set(said.values_list("key_result__objective_id", flat=True))
    work = Initiative.objects.filter(key_result__objective_id__in=ours)
    kept |= set(
        work.filter(_is_theirs(made, "initiative", touched)).values_list(
            "key_result__objective_id", flat=True
        )
    )
    links = AlignmentLink.objects.filter(organisation=run.organisation_id).exclude(
        pk__in=made.get("link", set())
    )
    for child, objective, part in links.values_list("child_id", "objective_id", "key_result__objective_id"):
        kept |= {child, objective, part} & ours
    return kept


def _is_theirs(made: dict[str, set[UUID]], table: str, touched: set[UUID]) -> Q:
    return ~Q(pk__in=made.get(table, set())) | Q(pk__in=touched)


def _remove(made: dict[str, set[UUID]], touched: set[UUID], kept: set[UUID]) -> None:
    gone = made.get("objective", set()) - kept
    links = AlignmentLink.objects.filter(pk__in=made.get("link", set()) - touched)
    links.exclude(child__in=kept, priority__isnull=False).exclude(child__in=kept, objective__in=kept).exclude(
        child__in=kept, key_result__objective__in=kept
    ).delete()
    in_kept = Q(key_result__objective__in=kept)
    CheckIn.everything.filter(pk__in=made.get("check_in", set()) - touched).exclude(in_kept).delete()
    ObjectiveNote.objects.filter(pk__in=made.get("note", set()) - touched).exclude(
        objective__in=kept
    ).delete()
    Initiative.objects.filter(pk__in=made.get("initiative", set()) - touched).exclude(in_kept).delete()
    KeyResult.everything.filter(pk__in=made.get("key_result", set()) - touched).exclude(
        objective__in=kept
    ).delete()
    Objective.everything.filter(pk__in=gone).delete()
    ProgressSnapshot.objects.filter(subject_id__in=gone).delete()
    Retrospective.objects.filter(pk__in=made.get("retrospective", set()) - touched).delete()
    priorities = StrategicPriority.objects.filter(pk__in=made.get("priority", set()) - touched)
    _delete_unused(priorities.filter(links_down__isnull=True).values_list("pk", flat=True), StrategicPriority)
    cycles = Cycle.objects.filter(pk__in=made.get("cycle", set()) - touched, inner_cycles__isnull=True)
    used = Objective.everything.filter(cycle__in=cycles).values("cycle")
    lessons = Retrospective.objects.filter(cycle__in=cycles).values("cycle")
    _delete_unused(cycles.exclude(pk__in=used).exclude(pk__in=lessons).values_list("pk", flat=True), Cycle)
    _remove_teams(made.get("team", set()) - touched)
    _remove_people(made.get("person", set()) - touched)


def _delete_unused(ids: Iterable[UUID], model: type[StrategicPriority] | type[Cycle]) -> None:
    found = list(ids)
    ProgressSnapshot.objects.filter(Q(subject_id__in=found) | Q(cycle__in=found)).delete()
    model.objects.filter(pk__in=found).delete()


def _remove_teams(ids: set[UUID]) -> None:
    """Leaves first; a team that anything else uses stays."""
    while True:
        unused = Team.objects.filter(
            pk__in=ids, sub_teams__isnull=True, memberships__isnull=True, lead__isnull=True
        )
        unused = unused.exclude(pk__in=Objective.everything.filter(team__in=ids).values("team"))
        unused = unused.exclude(pk__in=Retrospective.objects.filter(team__in=ids).values("team"))
        found = list(unused.values_list("pk", flat=True))
        if not found:
            return
        ProgressSnapshot.objects.filter(subject_id__in=found).delete()
        Team.objects.filter(pk__in=found).delete()


def _remove_people(ids: set[UUID]) -> None:
    """Placeholders that nobody claimed and that nothing names any more."""
    people = User.objects.filter(pk__in=ids, email__isnull=True, merged_into__isnull=True)
    in_use = {
        *Objective.everything.filter(owner__in=ids).values_list("owner", flat=True),
        *Objective.contributors.through.objects.filter(user__in=ids).values_list("user", flat=True),
        *KeyResult.everything.filter(owner__in=ids).values_list("owner", flat=True),
        *CheckIn.everything.filter(author__in=ids).values_list("author", flat=True),
        *ObjectiveNote.objects.filter(author__in=ids).values_list("author", flat=True),
        *StrategicPriority.objects.filter(owner__in=ids).values_list("owner", flat=True),
        *Membership.objects.filter(user__in=ids).values_list("user", flat=True),
        *Team.objects.filter(lead__in=ids).values_list("lead", flat=True),
    }
    people.exclude(pk__in=in_use).delete()
