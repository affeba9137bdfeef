"""The only reader of the clock. Views, tasks and commands call it; services and rules are told the time."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from common.days import day_in
from common.past import seen_until

__all__ = ["day_in", "now"]


def now() -> datetime:
    """This moment, aware, in UTC; for whoever looks at the past, the last moment that is seen."""
    return seen_until() or timezone.now()
