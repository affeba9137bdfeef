"""Comments, thanks, wins and reactions for tests. The row only: nobody is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from checkins.models import Comment, Reaction, Thanks, ThanksReceiver, Win
from objectives.models import Objective
from people.models import User
from tests.factories.when import NOW, TODAY


def make_comment(
    objective: Objective,
    *,
    author: User | None = None,
    text: str = "Well done",
    at: datetime = NOW,
    **fields: Any,
) -> Comment:
    """A comment on the objective; `check_in`, `key_result` and `ask` put it below."""
    return Comment.objects.create(
        organisation_id=objective.organisation_id,
        objective=objective,
        author=author,
        text=text,
        created_at=at,
        updated_at=at,
        **fields,
    )


def make_thanks(
    objective: Objective,
    *,
    author: User,
    receivers: Iterable[User],
    text: str = "You moved the help points.",
    at: datetime = NOW,
    **fields: Any,
) -> Thanks:
    """Thanks to people, each with what they prefer."""
    thanks = Thanks.objects.create(
        organisation_id=objective.organisation_id,
        objective=objective,
        author=author,
        text=text,
        created_at=at,
        updated_at=at,
        **fields,
    )
    ThanksReceiver.objects.bulk_create(
        ThanksReceiver(thanks=thanks, user=person, is_private=person.prefers_private_thanks)
        for person in receivers
    )
    return thanks


def make_win(
    author: User, *, text: str = "Antwerp ran a full Saturday.", at: datetime = NOW, **fields: Any
) -> Win:
    """One good thing of today."""
    return Win.objects.create(
        organisation_id=author.organisation_id, author=author, text=text, on=TODAY, created_at=at, **fields
    )


def make_reaction(
    subject_type: str, subject_id: UUID, *, author: User, word: str = "thank_you", **fields: Any
) -> Reaction:
    """One word of one person."""
    return Reaction.objects.create(
        organisation_id=author.organisation_id,
        subject_type=subject_type,
        subject_id=subject_id,
        author=author,
        word=word,
        created_at=NOW,
        **fields,
    )
