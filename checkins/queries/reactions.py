"""Which words were left on what. Counted on one thing, never for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from checkins.models import Reaction
from checkins.rules.kinds import ReactionWord
from people.models import User

LABELS = {
    ReactionWord.THANK_YOU: "Thank you",
    ReactionWord.I_CAN_HELP: "I can help",
    ReactionWord.SAME_HERE: "Same here",
}


@dataclass(frozen=True, slots=True)
class WordCount:
    """One word on one thing. `is_mine`: the reader left it too."""

    word: str
    label: str
    count: int = 0
    is_mine: bool = False


Reactions = Mapping[UUID, tuple[WordCount, ...]]
"""By the id of the thing; what nobody reacted to is not in it."""


def reactions_on(user: User, subject_ids: Iterable[UUID]) -> dict[UUID, tuple[WordCount, ...]]:
    """For things that the reader may see already. One statement, none for no things."""
    wanted = list(subject_ids)
    if not wanted:
        return {}
    rows = Reaction.objects.filter(organisation_id=user.organisation_id, subject_id__in=wanted)
    return gathered(counted(rows, user))


def counted(rows: QuerySet[Reaction], user: User) -> Iterable[tuple[UUID, str, int, int]]:
    """(thing, word, how many, of which the reader's)."""
    grouped = rows.order_by().values("subject_id", "word")
    return grouped.annotate(n=Count("pk"), mine=Count("pk", filter=Q(author=user))).values_list(
        "subject_id", "word", "n", "mine"
    )


def gathered(found: Iterable[tuple[UUID, str, int, int]]) -> dict[UUID, tuple[WordCount, ...]]:
    """The three words of each thing in their order, with their counts."""
    by_thing: dict[UUID, dict[str, tuple[int, int]]] = {}
    for subject_id, word, count, mine in found:
        by_thing.setdefault(subject_id, {})[word] = (count, mine)
    return {
        subject_id: tuple(
            WordCount(word.value, label, words.get(word, (0, 0))[0], bool(words.get(word, (0, 0))[1]))
            for word, label in LABELS.items()
        )
        for subject_id, words in by_thing.items()
    }
