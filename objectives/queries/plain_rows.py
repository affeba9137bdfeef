"""Small parts that rows of the REST interface share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from common.plain import plain_number
from objectives.rules.freshness import FreshnessDates, freshness_on
from objectives.rules.kinds import Freshness, Status

NONE_OF_ANY = {status.value: 0 for status in Status}


def named(key: UUID | None, name: str | None) -> dict[str, Any] | None:
    """`{id, name}`, or None for nobody and nothing."""
    return None if key is None else {"id": key, "name": name}


def plain_forecast(
    mean: Decimal | None,
    low: Decimal | None,
    high: Decimal | None,
    chance: Decimal | None,
    because: str,
) -> dict[str, Any] | None:
    """`{mean, low, high, chance, because}`; None where nothing can be foretold."""
    if mean is None:
        return None
    return {
        "mean": plain_number(mean),
        "low": plain_number(low),
        "high": plain_number(high),
        "chance": plain_number(chance),
        "because": because or None,
    }


def plain_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """How many of each status, the absent ones as 0."""
    return {**NONE_OF_ANY, **counts}


def plain_freshness(row: Mapping[str, Any], today: date) -> str | None:
    """The stage on `today` from the columns `fresh_until`, `due_until` and `stale_until`."""
    if row["fresh_until"] is None:
        return None
    dates = FreshnessDates(row["fresh_until"], row["due_until"], row["stale_until"])
    return freshness_on(dates, today)


def is_fresh_as(stages: list[str], today: date) -> Q:
    """The condition under which a row is in one of the stages on `today`."""
    conditions = {
        Freshness.FRESH: Q(fresh_until__gte=today),
        Freshness.DUE: Q(fresh_until__lt=today, due_until__gte=today),
        Freshness.STALE: Q(due_until__lt=today, stale_until__gte=today),
        Freshness.SILENT: Q(stale_until__lt=today),
    }
    condition = Q()
    for stage in stages:
        condition |= conditions[Freshness(stage)]
    return condition
