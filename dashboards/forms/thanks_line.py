"""The line that thanks somebody together with a check-in: whom, and what for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from checkins.services.give_thanks import MOST_RECEIVERS
from dashboards.forms.check_in_rows import ReadRow, TypedRow
from dashboards.queries.people_to_thank import read_names
from people.models import User

NEEDS_WORDS = "say what for, in a sentence"


def thanks_words(typed: TypedRow) -> str:
    """What the thanks say: what worked, or the note where nothing else was written."""
    return typed.win.strip() or typed.note.strip()


def with_thanks(user: User, reads: Mapping[UUID, ReadRow]) -> dict[UUID, ReadRow]:
    """The rows of a check-in form with the people whom they thank; what is wrong stands at the line."""
    return {pk: _with_thanks(user, read) if read.typed.thanks else read for pk, read in reads.items()}


def _with_thanks(user: User, read: ReadRow) -> ReadRow:
    typed = read.typed
    names = read_names(user, read.row.grounds.key_result.objective, typed.thank, typed.thank_names)
    problems = dict(read.problems)
    people = names.people
    if names.problems:
        problems["thank_names"] = "; ".join(names.problems)
    elif any(person.pk == user.pk for person in people):
        problems["thank_names"] = "thanks go to others"
    elif len(people) > MOST_RECEIVERS:
        problems["thank_names"] = f"at most {MOST_RECEIVERS} people at once"
    if not thanks_words(typed):
        problems.setdefault("win", NEEDS_WORDS)
    to_share = None if problems else read.to_share
    return replace(read, to_share=to_share, problems=problems, thanked=people)
