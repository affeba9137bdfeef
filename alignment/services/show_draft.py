"""Let another leader look at a draft before it is published."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from activity.services import record_event
from alignment.models import PriorityRevision, StrategicPriority
from alignment.services.priority_rows import require_may_state
from common.errors import InvalidInput
from notices.rules.kinds import NoticeKind
from notices.services.post_notice import post_notice
from objectives.services.placing import not_found
from people.models import User
from people.roles import Role

MOST_LOOKERS = 3


def who_may_look(priority: StrategicPriority, viewer: User) -> tuple[User, ...]:
    """Other leaders, the sponsor and the owner of the priority first, then by name."""
    rows = User.objects.filter(
        organisation_id=viewer.organisation_id, is_active=True, role__in=(Role.LEADER, Role.ADMINISTRATOR)
    ).exclude(pk=viewer.pk)
    near = {priority.sponsor_id: 0, priority.owner_id: 1}
    people = sorted(
        rows.order_by("name", "pk")[:100],
        key=lambda one: (near.get(one.pk, 2), one.role != Role.LEADER, one.name),
    )
    return tuple(people[:MOST_LOOKERS])


@transaction.atomic
def show_draft(*, revision: PriorityRevision, to_id: UUID, by: User, at: datetime) -> str:
    """Tell a leader that there is a draft to look at; each state of the draft once. Returns the leader's name.

    Raises NotAllowed, InvalidInput (nobody who may see drafts).
    """
    require_may_state(by)
    person = User.objects.filter(pk=to_id, organisation_id=revision.organisation_id, is_active=True).first()
    if person is None or not person.is_leader:
        raise InvalidInput([not_found("to", "leader")])
    post_notice(
        kind=NoticeKind.PRIORITY_CHANGED,
        user=person,
        key=f"draft:{revision.pk}:{revision.version}",
        at=at,
        subject_type="priority",
        subject_id=revision.priority_id,
        payload={"revision_id": str(revision.pk), "is_draft": True, "by": by.name},
    )
    record_event(
        verb="revision.shown",
        subject=revision,
        organisation_id=revision.organisation_id,
        by=by,
        at=at,
        payload={"priority_id": str(revision.priority_id), "to": person.name},
    )
    return person.name
