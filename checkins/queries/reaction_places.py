"""What a reaction can be left on, and which of it a person may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alignment.models import PriorityNews
from alignment.permissions import visible_priorities
from checkins.models import Decision
from checkins.permissions import (
    visible_asks,
    visible_check_ins,
    visible_comments,
    visible_thanks,
    visible_wins,
)
from checkins.rules.kinds import Reactable
from objectives.permissions import visible_objectives
from people.models import User


@dataclass(frozen=True, slots=True)
class ReactionPlace:
    """`objective_id` says who may see it, None for what everybody of the organisation sees."""

    objective_id: UUID | None
    author_id: UUID | None


def find_reaction_place(user: User, subject_type: str, subject_id: UUID) -> ReactionPlace | None:
    """One statement; None for what does not exist and for what the person may not see alike."""
    rows, objective, author = _PLACES[Reactable(subject_type)]
    fields = [name for name in (objective, author) if name]
    found = rows(user).filter(pk=subject_id).values(*fields).first()
    if found is None:
        return None
    return ReactionPlace(found[objective] if objective else None, found[author])


def _decisions(user: User) -> QuerySet[Any]:
    seen = Q(objective__isnull=True) | Q(objective__in=visible_objectives(user).order_by().values("pk"))
    return Decision.objects.filter(seen, organisation_id=user.organisation_id, taken_back_at__isnull=True)


def _news(user: User) -> QuerySet[Any]:
    return PriorityNews.objects.filter(priority__in=visible_priorities(user).order_by().values("pk"))


_PLACES: dict[Reactable, tuple[Callable[[User], QuerySet[Any]], str, str]] = {
    Reactable.CHECK_IN: (visible_check_ins, "key_result__objective_id", "author_id"),
    Reactable.COMMENT: (visible_comments, "objective_id", "author_id"),
    Reactable.ASK: (visible_asks, "objective_id", "asked_by_id"),
    Reactable.THANKS: (visible_thanks, "objective_id", "author_id"),
    Reactable.WIN: (visible_wins, "", "author_id"),
    Reactable.DECISION: (_decisions, "objective_id", "decided_by_id"),
    Reactable.PRIORITY_NEWS: (_news, "", "author_id"),
}
