"""What a new comment or new thanks are about, from the address of the page that takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from checkins.models import Ask, CheckIn
from checkins.permissions import visible_asks, visible_check_ins, visible_comments, visible_thanks
from checkins.rules.mentions import kept_form
from objectives.models import KeyResult, Objective
from objectives.permissions import visible_key_results, visible_objectives
from people.models import User

KINDS = ("comment", "thanks", "check_in", "ask", "key_result", "objective")
AROUND = ("objective__organisation", "objective__team", "objective__owner", "objective__cycle")


@dataclass(frozen=True, slots=True)
class WordsPlace:
    """`query` names it in an address; `answers` is whom a reply speaks to, `opening` the words it begins with."""

    objective: Objective
    query: str
    key_result: KeyResult | None = None
    check_in: CheckIn | None = None
    ask: Ask | None = None
    answers: User | None = None
    opening: str = ""


def find_words_place(user: User, given: Mapping[str, str]) -> WordsPlace | None:
    """The first place that the address names; None where there is none that the person may see. One statement."""
    for kind in KINDS:
        if given.get(kind):
            key = _uuid(given[kind])
            return _FINDERS[kind](user, key) if key is not None else None
    return None


def _objective(user: User, key: UUID) -> WordsPlace | None:
    rows = visible_objectives(user).select_related("organisation", "team", "owner", "cycle")
    row = rows.filter(pk=key).first()
    return WordsPlace(row, f"objective={key}") if row is not None else None


def _key_result(user: User, key: UUID) -> WordsPlace | None:
    row = visible_key_results(user).select_related(*AROUND).filter(pk=key).first()
    return WordsPlace(row.objective, f"key_result={key}", key_result=row) if row is not None else None


def _check_in(user: User, key: UUID) -> WordsPlace | None:
    around = [f"key_result__{name}" for name in AROUND]
    row = visible_check_ins(user).select_related("author", *around).filter(pk=key).first()
    if row is None:
        return None
    objective = row.key_result.objective
    return WordsPlace(objective, f"check_in={key}", row.key_result, check_in=row, answers=row.author)


def _ask(user: User, key: UUID) -> WordsPlace | None:
    row = (
        visible_asks(user)
        .select_related("key_result", "asked_of", "asked_by", *AROUND)
        .filter(pk=key)
        .first()
    )
    if row is None:
        return None
    other = row.asked_of if row.asked_by_id == user.pk else row.asked_by
    return WordsPlace(row.objective, f"ask={key}", row.key_result, ask=row, answers=other)


def _comment(user: User, key: UUID) -> WordsPlace | None:
    rows = visible_comments(user).select_related(
        "author", "key_result", "check_in__key_result", "ask", *AROUND
    )
    row = rows.filter(pk=key).first()
    if row is None:
        return None
    return WordsPlace(
        row.objective,
        f"comment={key}",
        row.key_result,
        row.check_in,
        row.ask,
        row.author,
        _opening(user, row.author),
    )


def _thanks(user: User, key: UUID) -> WordsPlace | None:
    row = visible_thanks(user).select_related("author", "key_result", *AROUND).filter(pk=key).first()
    if row is None:
        return None
    opening = _opening(user, row.author)
    return WordsPlace(row.objective, f"thanks={key}", row.key_result, answers=row.author, opening=opening)


def _opening(user: User, author: User | None) -> str:
    """A reply to somebody's comment begins with their name, so that they hear of it."""
    return "" if author is None or author.pk == user.pk else f"{kept_form(author.name, str(author.pk))} "


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


_FINDERS = {
    "comment": _comment,
    "thanks": _thanks,
    "check_in": _check_in,
    "ask": _ask,
    "key_result": _key_result,
    "objective": _objective,
}
