"""Putting a key result off until a day, with a reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from activity.services import record_event
from checkins.models import Skip
from checkins.services.check_in_input import require_open
from checkins.services.reached import Reached, reach
from checkins.services.record_check_in import require_may_check_in
from checkins.services.refresh_key_results import refresh_key_results
from common.errors import InvalidInput
from objectives.models import KeyResult
from people.models import User

LONGEST_SKIP = timedelta(days=366)


@transaction.atomic
def skip_key_result(*, key_result_id: UUID, by: User, at: datetime, reason: str, until: date) -> Skip:
    """Move the due day to `until`; value and freshness stay as they are.

    Raises NotAllowed, RuleConflict, InvalidInput (no reason, a day that is not ahead or over a year away).
    """
    reached = reach(key_result_id=key_result_id, at=at)
    require_may_check_in(reached, by, None)
    require_open(reached.key_result)
    if not reason.strip():
        raise InvalidInput.of("reason", "required", "say in a word why it waits")
    if not reached.today < until <= reached.today + LONGEST_SKIP:
        raise InvalidInput.of("until", "not_ahead", "choose a day ahead, at most a year away")
    skip = Skip.objects.create(
        key_result=reached.key_result, by=by, reason=reason.strip(), until=until, created_at=at
    )
    _set_day(reached, until)
    _log(reached, "key_result.skipped", by, at, {"reason": skip.reason, "until": until.isoformat()})
    return skip


@transaction.atomic
def undo_skip(*, key_result_id: UUID, by: User, at: datetime) -> KeyResult:
    """Bring the key result back to the day it was due on. Harmless when it is not skipped."""
    reached = reach(key_result_id=key_result_id, at=at)
    require_may_check_in(reached, by, None)
    Skip.objects.filter(key_result=reached.key_result, undone_at__isnull=True).update(undone_at=at)
    _set_day(reached, None)
    _log(reached, "key_result.unskipped", by, at, {})
    return reached.key_result


def _set_day(reached: Reached, until: date | None) -> None:
    reached.key_result.skipped_until = until
    KeyResult.objects.filter(pk=reached.key_result.pk).update(skipped_until=until)
    refresh_key_results(key_results=[reached.key_result], today=reached.today, at=reached.at)


def _log(reached: Reached, verb: str, by: User, at: datetime, payload: dict[str, str]) -> None:
    record_event(
        verb=verb,
        subject=reached.key_result,
        organisation_id=reached.key_result.organisation_id,
        objective_id=reached.key_result.objective_id,
        by=by,
        at=at,
        payload=payload,
    )
