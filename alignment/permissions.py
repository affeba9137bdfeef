"""Who may see and state priorities, and who may link objectives."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from alignment.models import AlignmentLink, StrategicPriority
from alignment.rules.kinds import PriorityState
from objectives.permissions import can_edit_objective, visible_key_results, visible_objectives
from people.models import User


def visible_priorities(user: User) -> QuerySet[StrategicPriority]:
    """Priorities of the person's organisation; drafts are for leaders and administrators."""
    rows = StrategicPriority.objects.filter(organisation_id=user.organisation_id)
    return rows if user.is_leader else rows.exclude(state=PriorityState.DRAFT)


def can_state_priorities(user: User) -> bool:
    """Leaders and administrators write, rank, activate and retire priorities."""
    return user.is_active and user.is_leader


def can_post_news(user: User, priority: StrategicPriority) -> bool:
    """The owner of the priority, leaders and administrators; viewers only read."""
    if not user.is_active or user.is_viewer or user.organisation_id != priority.organisation_id:
        return False
    return user.is_leader or priority.owner_id == user.pk


def visible_links(user: User) -> QuerySet[AlignmentLink]:
    """Links of which the person may see both ends, neither of them deleted."""
    return AlignmentLink.objects.filter(
        Q(organisation_id=user.organisation_id), sees_child(user), sees_parent(user)
    )


def sees_child(user: User) -> Exists:
    """The condition under which a person may see the lower end of a link."""
    return Exists(visible_objectives(user).filter(pk=OuterRef("child_id")))


def sees_parent(user: User) -> Q:
    """The condition under which a person may see the upper end of a link."""
    return (
        Q(Exists(visible_priorities(user).filter(pk=OuterRef("priority_id"))))
        | Q(Exists(visible_objectives(user).filter(pk=OuterRef("objective_id"))))
        | Q(Exists(visible_key_results(user).filter(pk=OuterRef("key_result_id"))))
    )


def can_edit_link(user: User, link: AlignmentLink) -> bool:
    """Whoever may edit the child."""
    return can_edit_objective(user, link.child)
