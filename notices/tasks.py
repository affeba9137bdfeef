"""What runs by itself: sending what is due at every sweep, planning digests now and then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from common.jobs import every_minute, every_sweep
from notices.services.plan_digests import plan_digests
from notices.services.send_due import send_due
from people.models import Organisation

DIGEST_MINUTES = 5
"""Planned a quarter of an hour ahead, so looking every five minutes is soon enough."""


@every_sweep("notices.send_due")
def send_messages(*, now: Callable[[], datetime]) -> None:
    """Send what is due."""
    send_due(now=now)


@every_minute("notices.plan_digests")
def plan_everybodys_digests(*, at: datetime) -> None:
    """Plan the digests whose day has come."""
    if at.minute % DIGEST_MINUTES:
        return
    for organisation in Organisation.objects.all():
        plan_digests(organisation=organisation, at=at)
