"""Another life for a message that was given up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from common import doorbell
from common.errors import NotAllowed
from notices.models import Delivery
from people.models import User


@transaction.atomic
def retry_delivery(*, delivery_id: UUID, by: User, at: datetime) -> bool:
    """Try a dead message of the organisation again, from now on. Returns whether there was one. By administrators."""
    if not (by.is_active and by.is_administrator):
        raise NotAllowed("Only an administrator may send a message again.")
    dead = Delivery.objects.dead().filter(pk=delivery_id, organisation_id=by.organisation_id)
    revived = dead.update(died_at=None, attempts=0, due_at=at, claimed_until=None)
    if revived:
        transaction.on_commit(doorbell.ring)
    return bool(revived)
