"""Leaving a word on something, or taking it back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from checkins.models import Reaction
from checkins.queries.reaction_places import find_reaction_place
from checkins.rules.kinds import Reactable, ReactionWord
from checkins.services.words_place import require_may_speak
from common.errors import InvalidInput, RuleConflict
from people.models import User


@transaction.atomic
def react(
    *, by: User, at: datetime, subject_type: str, subject_id: UUID, word: ReactionWord | str, is_on: bool
) -> None:
    """Each of the words once for each person; repeating either way changes nothing. Nobody is told.

    Raises NotAllowed (viewers), InvalidInput (an unknown word, nothing there to see), RuleConflict (one's own words).
    """
    require_may_speak(by, by.organisation_id)
    if word not in set(ReactionWord):
        raise InvalidInput.of("word", "invalid_choice", f"one of {', '.join(ReactionWord)}")
    place = find_reaction_place(by, subject_type, subject_id) if subject_type in set(Reactable) else None
    if place is None:
        raise InvalidInput.of("subject_id", "not_found", "there is nothing here, or it is not for you to see")
    facts = {"subject_type": subject_type, "subject_id": subject_id, "author": by, "word": word}
    if not is_on:
        Reaction.objects.filter(**facts).delete()
        return
    if place.author_id == by.pk:
        raise RuleConflict("These are your own words; others react to them.", code="own_words")
    made = Reaction(
        organisation_id=by.organisation_id, objective_id=place.objective_id, created_at=at, **facts
    )
    Reaction.objects.bulk_create([made], ignore_conflicts=True)
