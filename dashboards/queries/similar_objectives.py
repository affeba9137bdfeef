"""Objectives that say nearly the same: worth a look before another one is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from objectives.permissions import visible_objectives
from people.models import User

SHORTEST = 3
MOST_WORDS = 8
MOST_READ = 200
CLOSE_ENOUGH = 0.34
COMMON = frozenset(
    re.findall(
        r"\w+",
        "the and for are our all not has its who how can per out one that this with from have will they their "
        "them into more less than what when where which every each over under about after before within",
    )
)


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """One that is close to what is being written; `state` and `status` as the lists show them."""

    id: UUID
    title: str
    state: str
    status: str
    owner: str
    cycle: str
    cycle_id: UUID


def similar_objectives(
    user: User, title: str, *, but: UUID | None = None, most: int = 3
) -> tuple[SimilarRow, ...]:
    """At most `most` visible ones that share enough words with `title`, the closest first. One query."""
    words = _words(title)
    if not words:
        return ()
    longest = sorted(words, key=lambda word: (-len(word), word))[:MOST_WORDS]
    shares = Q()
    for word in longest:
        shares |= Q(title__icontains=word)
    rows = visible_objectives(user).filter(shares).select_related("owner", "cycle")
    if but is not None:
        rows = rows.exclude(pk=but)
    ranked = []
    for row in rows.order_by("-created_at", "pk")[:MOST_READ]:
        close = _closeness(words, _words(row.title))
        if close >= CLOSE_ENOUGH:
            ranked.append((-close, -row.created_at.timestamp(), row))
    ranked.sort(key=lambda one: one[:2])
    return tuple(
        SimilarRow(
            row.pk,
            row.title,
            row.state,
            row.status,
            row.owner.name if row.owner else row.owner_label,
            row.cycle.name,
            row.cycle_id,
        )
        for _, _, row in ranked[:most]
    )


def _words(title: str) -> frozenset[str]:
    """Words that say something, cut to their first six letters so that forms of one word meet."""
    found = re.findall(r"\w+", title.casefold())
    return frozenset(word[:6] for word in found if len(word) >= SHORTEST and word not in COMMON)


def _closeness(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Shared words by the shorter of both titles; one shared word alone is too little."""
    shared = len(mine & theirs)
    if shared < 2 and not (shared == 1 and min(len(mine), len(theirs)) == 1):
        return 0.0
    return shared / min(len(mine), len(theirs))
