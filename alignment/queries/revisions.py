"""The versions of a priority, newest first, each with the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alignment.models import PriorityRevision, StrategicPriority
from alignment.rules.kinds import RevisionState


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version, whole. `before` is the published one under it; None for the first."""

    id: UUID | None
    number: int
    kind: str
    is_draft: bool
    title: str
    narrative: str
    not_doing: str
    owner: str
    owner_id: UUID | None
    sponsor: str
    sponsor_id: UUID | None
    starts_on: date | None
    ends_on: date | None
    rank: int
    reason: str
    is_minor: bool
    answer_by_on: date | None
    by: str
    by_id: UUID | None
    at: datetime
    before: VersionRow | None = None


def versions_of(priority: StrategicPriority, *, with_draft: bool) -> tuple[VersionRow, ...]:
    """Newest first, the draft on top for those who may see it. One statement."""
    rows = PriorityRevision.objects.filter(priority=priority).select_related(
        "owner", "sponsor", "author", "published_by"
    )
    if not with_draft:
        rows = rows.filter(state=RevisionState.PUBLISHED)
    made: list[VersionRow] = []
    before: VersionRow | None = None
    for row in rows.order_by("number"):
        made.append(_row(row, before))
        before = made[-1]
    if not any(not row.is_draft for row in made):
        made.insert(0, _unkept(priority))
    return tuple(reversed(made))


def _row(row: PriorityRevision, before: VersionRow | None) -> VersionRow:
    is_draft = row.state == RevisionState.DRAFT
    by = row.author if is_draft else row.published_by
    return VersionRow(
        id=row.pk,
        number=row.number,
        kind=row.kind,
        is_draft=is_draft,
        title=row.title,
        narrative=row.narrative,
        not_doing=row.not_doing,
        owner=row.owner.name if row.owner else "",
        owner_id=row.owner_id,
        sponsor=row.sponsor.name if row.sponsor else "",
        sponsor_id=row.sponsor_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        rank=row.rank,
        reason=row.reason,
        is_minor=row.is_minor,
        answer_by_on=row.answer_by_on,
        by=by.name if by else "",
        by_id=by.pk if by else None,
        at=row.updated_at if is_draft else (row.published_at or row.updated_at),
        before=before,
    )


def _unkept(priority: StrategicPriority) -> VersionRow:
    """What an import stated, of which no version was kept apart."""
    return VersionRow(
        id=None,
        number=priority.revision,
        kind="stated",
        is_draft=False,
        title=priority.title,
        narrative=priority.narrative,
        not_doing=priority.not_doing,
        owner=priority.owner.name if priority.owner else "",
        owner_id=priority.owner_id,
        sponsor="",
        sponsor_id=priority.sponsor_id,
        starts_on=priority.starts_on,
        ends_on=priority.ends_on,
        rank=priority.rank,
        reason="",
        is_minor=False,
        answer_by_on=None,
        by="",
        by_id=priority.created_by_id,
        at=priority.activated_at or priority.created_at,
    )
