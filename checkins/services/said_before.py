"""What was said about a day before: whether a statement is a new one or the last one once more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from checkins.models import CheckIn
from checkins.services.check_in_input import CheckInInput
from checkins.services.correct_check_in import changes_of
from objectives.models import KeyResult
from people.models import User


def says_the_same(before: CheckIn, said: CheckInInput, words: Mapping[str, Any], author: User) -> bool:
    """Whether nobody has said anything since about that day, and this is the same statement once more.

    So a request that is sent again because its answer got lost makes no second row, even without a key.
    """
    if (before.source, before.author_id) != (said.source, author.pk):
        return False
    return all(getattr(before, name) == value for name, value in changes_of(said, words).items())


def said_before(
    key_results: Collection[KeyResult], days: Collection[date]
) -> list[tuple[tuple[UUID, date], CheckIn]]:
    """What was said about those days by key result and day, the latest last; one statement."""
    found = CheckIn.objects.filter(key_result__in=[row.pk for row in key_results], observed_on__in=days)
    return [((one.key_result_id, one.observed_on), one) for one in found.order_by("recorded_at", "id")]
