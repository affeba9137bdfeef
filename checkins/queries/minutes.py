"""Minutes of weekly reviews: what is kept when one ends, and what of it a reader may see.

Kept words carry the `objective_id` they speak about (null for what is about no objective), so that each reader is
shown what that reader may see today. Shape of `Review.minutes`:

    agenda        {wins (with `thanks_ids` of the thanks they show), course, asks, objectives: rows,
                  counts: [{objective_id, key_results, as_planned}]}
    people        [{id, name}] who the team was
    decisions     [{id, text, because, at, by, about, objective_id, key_result_id, revisit_on}]
    next_steps    [{id, text, owner, due_on, about, objective_id}] said in this review
    steps_before  the same with {state, outcome}: what was said before, and how it stood
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from checkins.models import Decision, NextStep, Review, ThanksReceiver
from checkins.rules.kinds import NextStepState
from objectives.permissions import visible_objectives
from people.models import User

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Minutes:
    """Of one review, for one reader. Rows are as in the module's words; counts are those of the reader."""

    wins: tuple[Row, ...]
    course: tuple[Row, ...]
    asks: tuple[Row, ...]
    objectives: tuple[Row, ...]
    decisions: tuple[Row, ...]
    next_steps: tuple[Row, ...]
    steps_before: tuple[Row, ...]
    people: tuple[Row, ...]
    key_result_count: int
    as_planned: int


def read_minutes(user: User, reviews: Collection[Review]) -> dict[UUID, Minutes]:
    """By review; one statement for all of them, one more where thanks were read out.

    Thanks are told as they are today: taken back, or only for their receivers since, they are gone from here too.
    """
    ids = {one for review in reviews for one in _objective_ids(review.minutes)}
    seen: set[str] = set()
    if ids:
        seen = {str(pk) for pk in visible_objectives(user).filter(pk__in=ids).values_list("pk", flat=True)}
    thanks = open_thanks({one for review in reviews for one in _thanks_ids(review.minutes)})
    return {review.pk: _minutes(review.minutes, seen, thanks) for review in reviews}


def decisions_of(review_id: UUID) -> list[dict[str, Any]]:
    """What holds of the decisions of a review, oldest first, as kept in minutes."""
    rows = Decision.objects.filter(review_id=review_id, taken_back_at__isnull=True)
    rows = rows.select_related("decided_by", "objective", "key_result").order_by("decided_at", "pk")
    return [
        {
            "id": str(row.pk),
            "text": row.text,
            "because": row.because,
            "at": row.decided_at.isoformat(),
            "by": row.decided_by.name if row.decided_by else "",
            "about": about_words(row),
            "objective_id": _text(row.objective_id),
            "key_result_id": _text(row.key_result_id),
            "revisit_on": row.revisit_on.isoformat() if row.revisit_on else None,
        }
        for row in rows
    ]


def next_steps_of(review_id: UUID) -> list[dict[str, Any]]:
    """The next steps said in a review, in order, as kept in minutes."""
    return [_step(row) for row in _steps().filter(review_id=review_id)]


def steps_before(review: Review) -> list[dict[str, Any]]:
    """What the team said earlier and how it stands: open, or ended since what this review speaks of."""
    rows = _steps().filter(open_or_ended_since(review), team_id=review.team_id)
    found = [row for row in rows if row.review_id != review.pk]
    return [{**_step(row), "state": row.state, "outcome": row.outcome} for row in found]


def open_or_ended_since(review: Review) -> Q:
    """Next steps that a review looks back at."""
    return Q(state=NextStepState.OPEN) | Q(ended_at__gt=review.since)


def about_words(row: Decision | NextStep) -> str:
    """The title of what it is about; "" for the team as a whole."""
    about = row.key_result or row.objective
    return about.title if about else ""


def _steps() -> QuerySet[NextStep]:
    rows = NextStep.objects.select_related("owner", "objective", "key_result")
    return rows.order_by("created_at", "pk")


def _step(row: NextStep) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "text": row.text,
        "owner": row.owner.name if row.owner else "",
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "about": about_words(row),
        "objective_id": _text(row.objective_id),
    }


def _text(pk: UUID | None) -> str | None:
    return str(pk) if pk else None


def _rows(minutes: Row) -> dict[str, list[Row]]:
    agenda = minutes.get("agenda", {})
    kept = {name: agenda.get(name, []) for name in ("wins", "course", "asks", "objectives", "counts")}
    return kept | {name: minutes.get(name, []) for name in ("decisions", "next_steps", "steps_before")}


def _objective_ids(minutes: Row) -> set[str]:
    found = (row.get("objective_id") for rows in _rows(minutes).values() for row in rows)
    return {one for one in found if one}


def open_thanks(ids: Collection[str]) -> dict[str, tuple[str, list[str]]]:
    """Words and names by id, of those that everybody who sees their objective may read; one statement or none."""
    if not ids:
        return {}
    rows = ThanksReceiver.objects.filter(
        thanks__in=[UUID(one) for one in ids], thanks__deleted_at__isnull=True
    )
    rows = rows.select_related("thanks", "user").order_by("user__name", "user_id")
    found: dict[str, tuple[str, list[str]]] = {}
    closed = set()
    for row in rows:
        key = str(row.thanks_id)
        found.setdefault(key, (row.thanks.text, []))[1].append(row.user.name)
        if row.is_private or row.thanks.is_private:
            closed.add(key)
    return {key: one for key, one in found.items() if key not in closed}


def _thanks_ids(minutes: Row) -> set[str]:
    return {one for win in _rows(minutes)["wins"] for one in win.get("thanks_ids", ())}


def _live(wins: Iterable[Row], thanks: Mapping[str, tuple[str, list[str]]]) -> Iterable[Row]:
    """Wins with what is left of the thanks in them; thanks of which nothing is left are not told."""
    for win in wins:
        ids = win.get("thanks_ids", ())
        left = [thanks[one] for one in ids if one in thanks]
        if win.get("kind") == "thanks" and ids:
            if left:
                yield {**win, "text": left[0][0], "thanked": left[0][1]}
        elif ids:
            yield {**win, "thanked": list(dict.fromkeys(name for _, names in left for name in names))}
        else:
            yield win


def _minutes(minutes: Row, seen: Collection[str], thanks: Mapping[str, tuple[str, list[str]]]) -> Minutes:
    rows = {name: tuple(_shown(found, seen)) for name, found in _rows(minutes).items()}
    counts = rows.pop("counts")
    rows["wins"] = tuple(_live(rows["wins"], thanks))
    return Minutes(
        **rows,
        people=tuple(minutes.get("people", [])),
        key_result_count=sum(row["key_results"] for row in counts),
        as_planned=sum(row["as_planned"] for row in counts),
    )


def _shown(rows: Iterable[Row], seen: Collection[str]) -> Iterable[Row]:
    return (row for row in rows if not row.get("objective_id") or row["objective_id"] in seen)
