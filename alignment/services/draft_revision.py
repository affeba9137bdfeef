"""Write the next version of a priority for leaders to look at: nothing changes for anyone else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from activity.services import record_event
from alignment.models import PriorityRevision, StrategicPriority
from alignment.rules.kinds import PriorityState, RevisionKind, RevisionState
from alignment.services.check_priority import checked_fields
from alignment.services.priority_rows import WORDED, keep_present_version, locked_priority
from common.errors import FieldProblem, InvalidInput, RuleConflict, StaleVersion
from common.words import TEXT_LIMIT, clean_words
from objectives.services.changes import refuse_unknown
from objectives.services.locked_rows import require_version
from people.models import User

ABOUT = ("reason", "is_minor", "answer_by_on")


def draft_of(priority: StrategicPriority) -> PriorityRevision | None:
    """Its one draft, if there is one."""
    rows = PriorityRevision.objects.filter(priority=priority, state=RevisionState.DRAFT)
    return rows.select_related("owner", "sponsor", "author").first()


@transaction.atomic
def save_draft(
    *,
    priority: StrategicPriority,
    by: User,
    at: datetime,
    expected_version: int | None = None,
    expected_draft: int | None = None,
    reason: str | None = None,
    is_minor: bool | None = None,
    answer_by_on: date | None = None,
    **fields: Any,
) -> PriorityRevision | None:
    """Write the fields that are named into the draft of an active priority, made from what is in force when new.

    `expected_version` is held against the version in force, `expected_draft` against that of the draft (0: there was
    none); what the draft says already is no conflict. Returns the draft; None when there is none and nothing differs
    from what is in force. Raises NotAllowed, StaleVersion, RuleConflict (retired, or not in force yet), InvalidInput.
    """
    refuse_unknown(fields, WORDED)
    row = locked_priority(priority, by=by)
    require_version(row, row.revision, expected_version)
    if row.state != PriorityState.ACTIVE:
        raise RuleConflict(f"“{row.title}” is {row.state} and has no draft.", code="priority_state")
    words = checked_fields(fields, priority=row)
    words |= _about(reason, is_minor, answer_by_on)
    draft = draft_of(row)
    before: Any = draft or row
    changed = [name for name, value in words.items() if getattr(before, name, None) != value]
    if draft is None and not any(name in WORDED for name in changed):
        return None
    if not changed:
        return draft
    if expected_draft is not None and (draft.version if draft else 0) != expected_draft:
        raise StaleVersion(f"Somebody changed the draft of “{row.title}” in the meantime.")
    kept = _written(row, draft, words, by=by, at=at)
    record_event(
        verb="revision.drafted",
        subject=kept,
        organisation_id=row.organisation_id,
        by=by,
        at=at,
        payload={"priority_id": str(row.pk), "fields": changed},
    )
    return kept


@transaction.atomic
def discard_revision(*, revision: PriorityRevision, by: User, at: datetime) -> None:
    """Throw a draft away; one that is gone already stays gone. Raises NotAllowed, RuleConflict (published)."""
    row = locked_priority(revision.priority, by=by)
    kept = PriorityRevision.objects.select_for_update(of=("self",)).filter(pk=revision.pk).first()
    if kept is None:
        return
    if kept.state == RevisionState.PUBLISHED:
        raise RuleConflict(f"Version {kept.number} is published and stays.", code="published_already")
    payload = {"priority_id": str(row.pk), "title": kept.title, "narrative": kept.narrative}
    PriorityRevision.objects.filter(pk=kept.pk).delete()
    record_event(
        verb="revision.discarded",
        subject=kept,
        organisation_id=row.organisation_id,
        by=by,
        at=at,
        payload=payload,
    )


def _about(reason: str | None, is_minor: bool | None, answer_by_on: date | None) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if reason is not None:
        problems: list[FieldProblem] = []
        said["reason"] = clean_words(reason, field="reason", problems=problems, limit=TEXT_LIMIT)
        if problems:
            raise InvalidInput(problems)
    if is_minor is not None:
        said["is_minor"] = is_minor
    if answer_by_on is not None:
        said["answer_by_on"] = answer_by_on
    return said


def _written(
    row: StrategicPriority, draft: PriorityRevision | None, words: dict[str, Any], *, by: User, at: datetime
) -> PriorityRevision:
    if draft is None:
        keep_present_version(row)
        there = {field: getattr(row, field) for field in WORDED}
        return PriorityRevision.objects.create(
            organisation_id=row.organisation_id,
            priority=row,
            number=row.revision + 1,
            kind=RevisionKind.REWORDED,
            state=RevisionState.DRAFT,
            rank=row.rank,
            author=by,
            created_at=at,
            updated_at=at,
            **{**there, **words},
        )
    for field, value in {**words, "author": by, "updated_at": at, "version": draft.version + 1}.items():
        setattr(draft, field, value)
    draft.save(update_fields=[*words, "author", "updated_at", "version"])
    return draft
