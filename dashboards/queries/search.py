"""Finding anything by words, in what a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from alignment.permissions import visible_priorities
from objectives.permissions import visible_key_results, visible_objectives
from people.models import User
from people.permissions import visible_people, visible_teams

MOST = 12
LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found; `url_name` and `id` lead to its page, `where` says what surrounds it."""

    url_name: str
    id: UUID
    title: str
    where: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One heading with its hits; `is_cut` when there is more."""

    heading: str
    hits: tuple[Hit, ...]
    is_cut: bool


def search(user: User, words: str) -> tuple[Found, ...]:
    """Objectives of every cycle, key results, priorities, teams and people; five statements."""
    words = words.strip()[:200]
    if len(words) < LEAST_LETTERS:
        return ()
    objectives = (
        visible_objectives(user)
        .filter(Q(title__icontains=words) | Q(why__icontains=words))
        .order_by("-cycle__starts_on", "position", "pk")
        .values_list("pk", "title", "cycle__name", "team__name", "status")
    )
    key_results = (
        visible_key_results(user)
        .filter(title__icontains=words)
        .order_by("-objective__cycle__starts_on", "pk")
        .values_list("pk", "title", "objective__title", "objective__cycle__name", "status")
    )
    priorities = (
        visible_priorities(user)
        .filter(Q(title__icontains=words) | Q(narrative__icontains=words))
        .order_by("rank", "pk")
        .values_list("pk", "title", "state")
    )
    teams = (
        visible_teams(user).filter(name__icontains=words, archived_at__isnull=True).values_list("pk", "name")
    )
    people = (
        visible_people(user)
        .filter(name__icontains=words)
        .order_by("name", "pk")
        .values_list("pk", "name", "is_active")
    )
    found = (
        _found(
            "Objectives",
            [Hit("objective", pk, t, _where(c, team), s) for pk, t, c, team, s in objectives[: MOST + 1]],
        ),
        _found(
            "Key results",
            [Hit("key_result", pk, t, _where(c, o), s) for pk, t, o, c, s in key_results[: MOST + 1]],
        ),
        _found(
            "Priorities",
            [Hit("priority", pk, t, "" if s == "active" else s) for pk, t, s in priorities[: MOST + 1]],
        ),
        _found("Teams", [Hit("team", pk, name, "") for pk, name in teams[: MOST + 1]]),
        _found(
            "People",
            [Hit("person", pk, name, "" if on else "no longer here") for pk, name, on in people[: MOST + 1]],
        ),
    )
    return tuple(one for one in found if one.hits)


def _found(heading: str, hits: list[Hit]) -> Found:
    return Found(heading, tuple(hits[:MOST]), is_cut=len(hits) > MOST)


def _where(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
