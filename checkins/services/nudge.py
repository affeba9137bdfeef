"""A friendly question about a key result that has gone quiet."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from activity.services import record_event
from checkins.models import Nudge
from checkins.permissions import can_ask
from checkins.services.ask_input import day_words, require_can_be_asked
from checkins.services.check_in_input import require_open
from common.days import day_in
from common.errors import InvalidInput, NotAllowed, RuleConflict
from notices.rules.kinds import NoticeKind
from notices.services.post_notice import post_notice
from objectives.models import KeyResult
from objectives.permissions import visible_key_results
from people.models import User


@transaction.atomic
def nudge(*, key_result: KeyResult, by: User, at: datetime) -> Nudge:
    """Ask its owner (else that of the objective) how it is going; once in a week and key result, whoever asks.

    Raises NotAllowed (viewers), InvalidInput (nobody looks after it, or nobody who could read it), RuleConflict
    (asked this week already, saying when and by whom; or it takes no check-ins).
    """
    objective = key_result.objective
    if not can_ask(by, objective) or not visible_key_results(by).filter(pk=key_result.pk).exists():
        raise NotAllowed("Viewers read. Ask somebody who works on the objective to ask for you.")
    require_open(key_result)
    to = key_result.owner or objective.owner
    if to is None:
        raise InvalidInput.of("to", "no_owner", "nobody looks after this key result yet")
    require_can_be_asked(to, by=by, objective=objective, field="to")
    zone = objective.organisation.time_zone
    today = day_in(zone, at)
    made, is_new = Nudge.objects.get_or_create(
        key_result=key_result,
        week_on=today - timedelta(days=today.weekday()),
        defaults={"by": by, "to": to, "created_at": at},
    )
    if not is_new:
        who = made.by.name if made.by is not None else "somebody"
        asked_on = day_words(day_in(zone, made.created_at))
        raise RuleConflict(f"Asked on {asked_on} by {who}. Once a week is enough.", code="asked_already")
    post_notice(
        kind=NoticeKind.NUDGED,
        user=to,
        key=str(made.pk),
        at=at,
        subject_type="key_result",
        subject_id=key_result.pk,
        objective_id=objective.pk,
        payload={"by_id": str(by.pk)},
    )
    record_event(
        verb="key_result.nudged",
        subject=key_result,
        organisation_id=key_result.organisation_id,
        objective_id=objective.pk,
        by=by,
        at=at,
        payload={"to_id": str(to.pk)},
    )
    return made
