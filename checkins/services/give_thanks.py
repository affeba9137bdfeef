"""Thanking people for something specific, tied to a goal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from activity.services import record_event
from checkins.models import Ask, CheckIn, Thanks, ThanksReceiver
from checkins.services.tell_of_words import tell_of_thanks
from checkins.services.words_place import clean_text, require_place
from common.errors import InvalidInput
from common.ids import new_id
from objectives.models import KeyResult, Objective
from objectives.permissions import people_who_see
from people.models import User

MOST_RECEIVERS = 8
NEEDED = "say in a sentence what for"


@transaction.atomic
def give_thanks(
    *,
    by: User,
    at: datetime,
    objective: Objective,
    receivers: Sequence[User],
    text: str,
    key_result: KeyResult | None = None,
    check_in: CheckIn | None = None,
    ask: Ask | None = None,
    is_private: bool = False,
    thanks_id: UUID | None = None,
) -> Thanks:
    """Thanks from one person to one to eight others, who hear of it with the message of their day.

    is_private  for the receivers alone; a receiver who prefers it so makes it private too
    thanks_id   the id to give it; if there is one of that id already, nothing is written (a form sent twice)
    Raises NotAllowed (viewers), InvalidInput (no words, nobody or too many, oneself, somebody who cannot see it).
    """
    about = require_place(by, objective, key_result=key_result, check_in=check_in, ask=ask)
    words = clean_text(text, needed=NEEDED)
    known = Thanks.everything.filter(pk=thanks_id, author=by).first() if thanks_id else None
    if known is not None:
        return known
    people = require_receivers(by, objective, receivers)
    thanks = Thanks(
        pk=thanks_id or new_id(),
        organisation_id=objective.organisation_id,
        objective=objective,
        key_result=about,
        check_in=check_in,
        ask=ask,
        author=by,
        text=words,
        is_private=is_private,
        created_at=at,
        updated_at=at,
    )
    thanks.save(force_insert=True)
    ThanksReceiver.objects.bulk_create(
        ThanksReceiver(thanks=thanks, user=person, is_private=person.prefers_private_thanks)
        for person in people
    )
    log_thanks("thanks.given", thanks, by=by, at=at)
    tell_of_thanks(thanks, people, at=at)
    return thanks


def require_receivers(by: User, objective: Objective, receivers: Sequence[User]) -> list[User]:
    """Each once, in the order named. Raises InvalidInput with the field `receivers`."""
    people = list({person.pk: person for person in receivers}.values())
    if not people:
        raise InvalidInput.of("receivers", "required", "name whom you thank")
    if len(people) > MOST_RECEIVERS:
        raise InvalidInput.of("receivers", "too_many", f"at most {MOST_RECEIVERS} people at once")
    if any(person.pk == by.pk for person in people):
        raise InvalidInput.of("receivers", "oneself", "thanks go to others")
    seeing = people_who_see(objective).filter(pk__in=[person.pk for person in people], is_active=True)
    known = set(seeing.values_list("pk", flat=True))
    blind = [person.name for person in people if person.pk not in known]
    if blind:
        raise InvalidInput.of("receivers", "cannot_see", f"{', '.join(blind)} cannot read this objective")
    return people


def log_thanks(verb: str, thanks: Thanks, *, by: User, at: datetime) -> None:
    """That it happened, by id. Who was thanked and the words stay with the thanks, which may be private."""
    places = {
        "key_result_id": thanks.key_result_id,
        "check_in_id": thanks.check_in_id,
        "ask_id": thanks.ask_id,
    }
    record_event(
        verb=verb,
        subject=thanks,
        organisation_id=thanks.organisation_id,
        objective_id=thanks.objective_id,
        by=by,
        at=at,
        payload={name: str(key) for name, key in places.items() if key is not None},
    )
