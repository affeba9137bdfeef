"""Put the draft of a priority into force, and ask everybody below: keep, adapt or stop?"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from alignment.models import PriorityRevision, StrategicPriority
from alignment.rules.kinds import PriorityState, RevisionState
from alignment.services.ask_reached import ask_reached
from alignment.services.priority_rows import (
    WORDED,
    keep_present_version,
    locked_priority,
    record_priority,
    save_priority,
)
from common.errors import RuleConflict
from objectives.services.changes import differences
from objectives.services.check_reason import checked_reason
from objectives.services.locked_rows import require_version
from people.models import User


@transaction.atomic
def publish_revision(
    *,
    revision: PriorityRevision,
    by: User,
    at: datetime,
    reason: str,
    is_minor: bool = False,
    answer_by_on: date | None = None,
    expected_draft: int | None = None,
) -> PriorityRevision:
    """The draft becomes the next version; `is_minor` (only the wording) tells people and asks nobody.

    Open questions about earlier versions are released: the new one asks instead. Publishing again changes nothing and
    asks nobody twice. Raises NotAllowed, InvalidInput (no reason), StaleVersion (the draft was changed meanwhile),
    RuleConflict (somebody else published or discarded it, the priority was retired, or nothing changes).
    """
    row = locked_priority(revision.priority, by=by)
    kept = _draft_to_publish(row, revision, by=by)
    if kept.state == RevisionState.PUBLISHED:
        return kept
    why = checked_reason(reason, "say why it changes: everybody who is asked reads it first")
    require_version(kept, kept.version, expected_draft)
    keep_present_version(row)
    words = {field: getattr(kept, field) for field in WORDED}
    changed = differences({field: getattr(row, field) for field in WORDED}, words)
    if not changed:
        raise RuleConflict("The draft says what is in force already.", code="nothing_changed")
    save_priority(row, {**words, "revision": kept.number}, at=at)
    kept.state, kept.reason, kept.is_minor = RevisionState.PUBLISHED, why, is_minor
    kept.answer_by_on = None if is_minor else answer_by_on
    kept.published_at, kept.published_by, kept.updated_at, kept.rank = at, by, at, row.rank
    kept.save()
    payload = {"changes": changed, "reason": why, "version": kept.number, "is_minor": is_minor}
    record_priority(row, "priority.edited", by=by, at=at, payload=payload)
    ask_reached(revision=kept, by=by, at=at)
    return kept


def _draft_to_publish(row: StrategicPriority, revision: PriorityRevision, *, by: User) -> PriorityRevision:
    """The draft as it is now, or what the same person has published from it already."""
    rows = PriorityRevision.objects.select_for_update(of=("self",)).select_related(
        "published_by", "owner", "sponsor"
    )
    kept = rows.filter(pk=revision.pk, priority=row).first()
    if kept is None:
        raise RuleConflict(
            f"The draft of “{row.title}” is no longer there: somebody discarded it.", code="deleted"
        )
    if kept.state == RevisionState.PUBLISHED:
        if kept.published_by_id == by.pk:
            return kept
        who = kept.published_by.name if kept.published_by else "Somebody"
        raise RuleConflict(
            f"{who} published version {kept.number} of “{row.title}” in the meantime. Nobody is asked twice.",
            code="published_already",
        )
    if row.state == PriorityState.RETIRED:
        raise RuleConflict(
            f"“{row.title}” was retired in the meantime: {row.state_reason} The draft is kept.",
            code="priority_state",
        )
    return kept
