"""Whom a text on an objective speaks to, among those who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower

from checkins.rules.mentions import Said, kept_form, names_said
from common.markdown import MENTION
from objectives.models import Objective
from objectives.permissions import people_who_see
from people.models import User

MOST_PEOPLE = 500
MOST_SAID = 50
"""A text names fewer than this; an @ beyond stays a word, and so do people beyond."""


class WhyUnheard(StrEnum):
    """Why somebody named is not told."""

    CANNOT_SEE = "cannot_see"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Unheard:
    """A name that reached nobody; `choices` are the people it may mean, in the form that does reach them."""

    name: str
    why: WhyUnheard
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mentions:
    """`text` with every clear mention in its kept form, the people it reaches, and the names that reach nobody."""

    text: str
    people: tuple[User, ...]
    unheard: tuple[Unheard, ...]


def read_mentions(text: str, objective: Objective) -> Mentions:
    """Two statements, none for a text without @. Only people who may see the objective are reached."""
    if "@" not in text:
        return Mentions(text, (), ())
    said = list(islice(names_said(text), MOST_SAID))
    people = _people_named(text, said, objective)
    seeing = set(
        people_who_see(objective).filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True)
    )
    reached: dict[UUID, User] = {}
    unheard: list[Unheard] = []
    made, last = [], 0
    for one in said:
        name, person, problem = _meant(one, people, seeing)
        if problem is not None:
            unheard.append(problem)
        if person is not None:
            reached[person.pk] = person
            made += [text[last : one.start], kept_form(person.name, str(person.pk))]
            last = one.start + 1 + len(name)
    by_id = {str(one.pk): one for one in people if one.pk in seeing}
    words = MENTION.sub(
        lambda found: _kept(found[1], by_id.get(found[2].lower())), "".join(made) + text[last:]
    )
    for found in MENTION.finditer(text):
        known = by_id.get(found[2].lower())
        if known is None:
            unheard.append(Unheard(found[1], WhyUnheard.CANNOT_SEE))
        else:
            reached[known.pk] = known
    return Mentions(words, tuple(reached.values()), tuple(unheard))


def _kept(name: str, person: User | None) -> str:
    return f"@{name}" if person is None else kept_form(person.name, str(person.pk))


def _people_named(text: str, said: Sequence[Said], objective: Objective) -> list[User]:
    names = {name.lower() for one in said for name in one.names}
    named = (
        Q(pk__in=_ids(text)) | Q(lower_name__in=names) | Q(name__in={n for one in said for n in one.names})
    )
    for first in {one.first_word for one in said}:
        named |= Q(name__istartswith=f"{first} ")
    people = User.objects.filter(
        organisation_id=objective.organisation_id, is_active=True, merged_into__isnull=True
    )
    return list(people.annotate(lower_name=Lower("name")).filter(named).order_by("name", "pk")[:MOST_PEOPLE])


def _ids(text: str) -> list[UUID]:
    found = []
    for match in MENTION.finditer(text):
        try:
            found.append(UUID(match[2]))
        except ValueError:
            continue
    return found


def _meant(said: Said, people: Sequence[User], seeing: set[UUID]) -> tuple[str, User | None, Unheard | None]:
    """The name that was meant and the person, or why nobody is reached; all empty for a word that is no name."""
    for name in said.names:
        called = [one for one in people if one.name.casefold() == name.casefold()]
        if called:
            return _one_of(name, called, seeing)
    for name in said.names:
        called = [one for one in people if one.name.casefold().startswith(f"{name.casefold()} ")]
        if called:
            return _one_of(name, called, seeing)
    return said.first_word, None, None


def _one_of(name: str, called: Sequence[User], seeing: set[UUID]) -> tuple[str, User | None, Unheard | None]:
    may = [one for one in called if one.pk in seeing]
    if len(may) == 1:
        return name, may[0], None
    if not may:
        return name, None, Unheard(name, WhyUnheard.CANNOT_SEE)
    choices = tuple(kept_form(one.name, str(one.pk)) for one in may)
    return name, None, Unheard(name, WhyUnheard.SEVERAL, choices)
