"""Who may see, record, edit and delete check-ins."""

from __future__ import annotations

from django.db.models import QuerySet

from checkins.models import CheckIn
from objectives.permissions import can_check_in, sees_objective
from people.models import User

__all__ = ["can_check_in", "can_edit_check_in", "can_record_on_behalf", "visible_check_ins"]


def visible_check_ins(user: User) -> QuerySet[CheckIn]:
    """Check-ins on key results of objectives that the person may see."""
    return CheckIn.objects.filter(
        sees_objective(user, "key_result__objective__"),
        key_result__deleted_at__isnull=True,
        key_result__objective__deleted_at__isnull=True,
    )


def can_edit_check_in(user: User, check_in: CheckIn) -> bool:
    """Its author, and administrators of the same organisation; viewers never."""
    if not user.is_active or user.is_viewer or user.organisation_id != check_in.organisation_id:
        return False
    return user.is_administrator or check_in.author_id == user.pk


def can_record_on_behalf(user: User, author: User) -> bool:
    """Administrators may record what somebody of their organisation said, marked so."""
    return user.is_active and user.is_administrator and author.organisation_id == user.organisation_id
