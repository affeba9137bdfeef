"""The only reader of the clock. Views, tasks and commands call it; services and rules are told the time."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from common.days import day_in

__all__ = ["day_in", "now"]


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()
