"""Check-in rows for tests. The row only: nothing is refreshed or rolled up."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from checkins.models import CheckIn
from checkins.rules.kinds import CheckInSource
from objectives.models import KeyResult
from people.models import User
from tests.factories.objectives import make_key_result
from tests.factories.when import TODAY, moment


def make_check_in(
    key_result: KeyResult | None = None,
    *,
    value: Decimal | int | str | None = 20,
    confidence: int | None = 6,
    author: User | None = None,
    observed_on: date = TODAY,
    recorded_at: datetime | None = None,
    source: CheckInSource = CheckInSource.MANUAL,
    **fields: Any,
) -> CheckIn:
    """A check-in observed today and recorded that morning; `value` None says nothing about the number."""
    key_result = key_result or make_key_result()
    recorded_at = recorded_at or moment(observed_on)
    return CheckIn.objects.create(
        organisation_id=key_result.organisation_id,
        key_result=key_result,
        author=author,
        source=source,
        value=None if value is None else Decimal(value),
        confidence=confidence,
        observed_on=observed_on,
        recorded_at=recorded_at,
        **{"known_at": recorded_at, "updated_at": recorded_at, **fields},
    )
