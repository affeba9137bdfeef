"""Whom somebody can ask: names to suggest, and people by what was typed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from people.models import Membership, User
from people.permissions import team_ids_of, visible_people
from people.roles import Role

MOST_SUGGESTED = 300
WITH_EMAIL = re.compile(r"^.+\((\S+@\S+)\)$")


@dataclass(frozen=True, slots=True)
class Found:
    """A person, or in words why nobody was found."""

    person: User | None
    problem: str = ""


def askable_words(user: User) -> tuple[str, ...]:
    """Names to suggest, those nearest first: leaders and whoever shares a team, then everybody. One statement."""
    near = Exists(Membership.objects.filter(user=OuterRef("pk"), team_id__in=team_ids_of(user)))
    people = (
        visible_people(user)
        .filter(is_active=True, email__isnull=False)
        .exclude(Q(role=Role.VIEWER) | Q(pk=user.pk))
        .annotate(is_near=near | Q(role__in=(Role.LEADER, Role.ADMINISTRATOR)))
        .order_by("-is_near", "name", "pk")
        .values_list("name", "email")[:MOST_SUGGESTED]
    )
    rows = list(people)
    names = Counter(name for name, _ in rows)
    return tuple(f"{name} ({email})" if names[name] > 1 else name for name, email in rows)


def find_people(user: User, texts: Iterable[str]) -> dict[str, Found]:
    """Who is meant by each text: an id, a name, an e-mail, or the words of a suggestion. One statement, none without
    texts."""
    wanted = {text: _key(text) for text in texts if text.strip()}
    if not wanted:
        return {}
    keys = set(wanted.values())
    ids = [pk for pk in map(_uuid, keys) if pk is not None]
    people = list(
        visible_people(user)
        .annotate(folded_name=Lower("name"))
        .filter(Q(pk__in=ids) | Q(email__in=keys) | Q(folded_name__in=keys) | Q(name__in=list(wanted)))
    )
    return {text: _found(text, key, people) for text, key in wanted.items()}


def _found(text: str, key: str, people: Sequence[User]) -> Found:
    meant = [
        one
        for one in people
        if key in (str(one.pk), one.email, one.name.casefold(), one.name.lower()) or one.name == text.strip()
    ]
    if len(meant) > 1:
        meant = [one for one in meant if one.is_active] or meant
    if len(meant) == 1:
        return Found(meant[0])
    if not meant:
        return Found(None, f"nobody here is called “{text.strip()}”")
    return Found(None, f"{len(meant)} people are called {meant[0].name}; write the e-mail address")


def _key(text: str) -> str:
    found = WITH_EMAIL.match(text.strip())
    return (found[1] if found else text.strip()).lower()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
