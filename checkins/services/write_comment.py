"""Saying something about an objective, a key result, a check-in or an ask."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from activity.services import record_event
from checkins.models import Ask, CheckIn, Comment
from checkins.queries.mentions import read_mentions
from checkins.services.tell_of_words import tell_of_comment
from checkins.services.words_place import clean_text, require_place
from common.ids import new_id
from objectives.models import KeyResult, Objective
from people.models import User

NEEDED = "write a word or two first"


@transaction.atomic
def write_comment(
    *,
    by: User,
    at: datetime,
    objective: Objective,
    text: str,
    key_result: KeyResult | None = None,
    check_in: CheckIn | None = None,
    ask: Ask | None = None,
    comment_id: UUID | None = None,
) -> Comment:
    """Keep the words and tell whom they name or answer; `@Name` of somebody who may read it becomes a mention.

    comment_id  the id to give it; if there is one of that id already, nothing is written (a form sent twice)
    Raises NotAllowed (viewers), InvalidInput (no words, too many names, an objective not seen, parts of another).
    """
    about = require_place(by, objective, key_result=key_result, check_in=check_in, ask=ask)
    words = clean_text(text, needed=NEEDED)
    known = Comment.everything.filter(pk=comment_id, author=by).first() if comment_id else None
    if known is not None:
        return known
    mentions = read_mentions(words, objective)
    comment = Comment(
        pk=comment_id or new_id(),
        organisation_id=objective.organisation_id,
        objective=objective,
        key_result=about,
        check_in=check_in,
        ask=ask,
        author=by,
        text=mentions.text,
        created_at=at,
        updated_at=at,
    )
    comment.save(force_insert=True)
    comment.mentions.set(mentions.people)
    log_comment("comment.written", comment, by=by, at=at)
    tell_of_comment(comment, mentions.people, by=by, at=at)
    return comment


def log_comment(verb: str, comment: Comment, *, by: User, at: datetime) -> None:
    """Where it happened, by id; the words are read from the comment by those who may."""
    places = {
        "key_result_id": comment.key_result_id,
        "check_in_id": comment.check_in_id,
        "ask_id": comment.ask_id,
    }
    record_event(
        verb=verb,
        subject=comment,
        organisation_id=comment.organisation_id,
        objective_id=comment.objective_id,
        by=by,
        at=at,
        payload={name: str(key) for name, key in places.items() if key is not None},
    )
