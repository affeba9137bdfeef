"""The words of a feed's entries, read for one page at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery

from alignment.models import StrategicPriority
from checkins.models import CheckIn, Decision, Win
from checkins.permissions import visible_asks, visible_comments, visible_thanks
from checkins.queries.comments import CommentRow, comment_row, with_versions
from checkins.queries.thanks import ThanksRow, thanks_row, with_receivers
from checkins.rules.kinds import Reactable
from dashboards.queries.ask_rows import AskRow, ask_rows
from dashboards.queries.feed_rows import FeedEntry, FeedKind, GoalFacts, Line, Said
from dashboards.queries.feed_scope import ScopeRows
from dashboards.queries.objective_key_results import short_value_words, value_words
from objectives.models import Objective
from people.models import User

WORDED = ("title", "narrative", "not_doing")
"""Fields of a priority whose change is shown in words."""


@dataclass(slots=True)
class Words:
    """Rows by id, of one page."""

    goals: dict[UUID, GoalFacts] = field(default_factory=dict)
    was_confidence: dict[UUID, int | None] = field(default_factory=dict)
    thanks: dict[UUID, ThanksRow] = field(default_factory=dict)
    comments: dict[UUID, CommentRow] = field(default_factory=dict)
    asks: dict[UUID, AskRow] = field(default_factory=dict)
    wins: dict[UUID, Win] = field(default_factory=dict)
    decisions: dict[UUID, Decision] = field(default_factory=dict)
    priorities: dict[UUID, str] = field(default_factory=dict)


def read_words(user: User, lines: Sequence[Line], *, today: date) -> Words:
    """One statement for each kind of thing that is there, two for thanks."""

    def ids(subject: str) -> list[UUID]:
        return [line.subject_id for line in lines if line.verb.startswith(f"{subject}.")]

    words = Words(goals=_goals({line.objective_id for line in lines if line.objective_id}))
    if check_ins := [line.subject_id for line in lines if line.kind is FeedKind.CHECK_INS]:
        words.was_confidence = _confidence_before(check_ins)
    if found := ids("thanks"):
        rows = with_receivers(visible_thanks(user).filter(pk__in=found))
        words.thanks = {row.pk: thanks_row(user, row) for row in rows}
    if found := ids("comment"):
        comments = with_versions(visible_comments(user).filter(pk__in=found))
        words.comments = {row.pk: comment_row(user, row) for row in comments}
    if found := ids("ask"):
        words.asks = {row.id: row for row in ask_rows(visible_asks(user).filter(pk__in=found), today=today)}
    if found := ids("win"):
        words.wins = {row.pk: row for row in Win.objects.filter(pk__in=found).select_related("team")}
    if found := ids("decision"):
        decisions = Decision.objects.filter(pk__in=found).select_related("team", "key_result")
        words.decisions = {row.pk: row for row in decisions}
    if found := [pk for line in lines if (pk := line.facts.get("priority_id")) and "title" not in line.facts]:
        words.priorities = dict(StrategicPriority.objects.filter(pk__in=found).values_list("pk", "title"))
    return words


def _goals(ids: Collection[UUID]) -> dict[UUID, GoalFacts]:
    if not ids:
        return {}
    rows = Objective.objects.filter(pk__in=ids).order_by()
    fields = rows.values_list("pk", "title", "team__name", "progress", "expected", "status")
    return {pk: GoalFacts(pk, title, team or "", *numbers) for pk, title, team, *numbers in fields}


def _confidence_before(ids: Sequence[UUID]) -> dict[UUID, int | None]:
    """The confidence said before each of these check-ins."""
    earlier = CheckIn.objects.filter(
        key_result=OuterRef("key_result"), confidence__isnull=False, known_at__lt=OuterRef("known_at")
    ).order_by("-known_at")
    rows = CheckIn.objects.filter(pk__in=ids).order_by()
    return dict(rows.values_list("pk", Subquery(earlier.values("confidence")[:1])))


def entry_of(
    user: User,
    group: Sequence[Line],
    words: Words,
    scope: ScopeRows,
    *,
    zone: ZoneInfo,
    seen_at: datetime | None,
) -> FeedEntry | None:
    """The entry of one group; None when its words are gone meanwhile."""
    line = group[0]
    local = line.at.astimezone(zone)
    is_own = line.who_id == user.pk
    facts: dict[str, Any] = {
        "kind": line.kind,
        "at": local,
        "on": local.date(),
        "who": line.who,
        "is_own": is_own,
        "is_new": not is_own and (seen_at is None or line.at > seen_at),
        "is_about_reader": line.is_about_reader and not is_own,
        "goal": words.goals.get(line.objective_id) if line.objective_id else None,
        "verb": line.verb,
        "subject_id": line.subject_id,
        "reader_id": user.pk,
    }
    told = _said(group, words) if line.group[0] in ("said", "automatic") else _told(line, words, scope)
    return FeedEntry(**facts | told) if told is not None else None


def _said(group: Sequence[Line], words: Words) -> dict[str, Any]:
    said = []
    for line in group:
        row: CheckIn = line.facts["row"]
        texts = tuple(text for text in (row.note, row.challenge) if text)
        was = row.previous_value if row.previous_value != row.value else None
        said.append(
            Said(
                row.pk,
                row.key_result.title,
                value_words(row.key_result, row.value),
                short_value_words(row.key_result, was),
                row.confidence,
                words.was_confidence.get(row.pk),
                texts,
                row.win,
            )
        )
    said.sort(key=lambda one: not one.words and not one.win)
    return {"said": tuple(said), "subject_type": Reactable.CHECK_IN, "subject_id": said[0].id}


def _told(line: Line, words: Words, scope: ScopeRows) -> dict[str, Any] | None:
    subject = line.verb.split(".", 1)[0]
    found: dict[str, Any] | None = None
    if subject == "thanks" and (thanks := words.thanks.get(line.subject_id)):
        found = {"thanks": thanks, "subject_type": Reactable.THANKS}
    elif subject == "comment" and (comment := words.comments.get(line.subject_id)):
        found = {"comment": comment, "subject_type": Reactable.COMMENT}
    elif subject == "ask" and (ask := words.asks.get(line.subject_id)):
        found = {"ask": ask, "subject_type": Reactable.ASK}
    elif subject == "win" and (win := words.wins.get(line.subject_id)):
        title = win.team.name if win.team else ""
        found = {"text": win.text, "title": title, "subject_type": Reactable.WIN}
    elif subject == "decision" and (row := words.decisions.get(line.subject_id)):
        title = row.team.name if row.team else ""
        found = {"text": row.text, "reason": row.because, "title": title, "subject_type": Reactable.DECISION}
    elif subject == "priority":
        found = _of_priority(line, words)
    elif subject == "objective":
        needed = scope.needed_by.get(line.objective_id) if line.objective_id else None
        found = {"reason": str(line.facts.get("reason") or ""), "needed_by": needed}
    return found


def _of_priority(line: Line, words: Words) -> dict[str, Any] | None:
    priority_id = line.facts["priority_id"]
    title = line.facts.get("title") if line.verb == "priority.news" else words.priorities.get(priority_id)
    if title is None:
        return None
    changes = line.facts.get("changes") or {}
    worded = tuple(
        (str(pair[0] or ""), str(pair[1] or "")) for name, pair in changes.items() if name in WORDED
    )
    if line.verb == "priority.edited" and not worded:
        return None
    return {
        "title": title,
        "href": f"/priorities/{priority_id}/",
        "text": str(line.facts.get("text") or ""),
        "reason": str(line.facts.get("reason") or ""),
        "changes": worded,
        "subject_type": Reactable.PRIORITY_NEWS if line.verb == "priority.news" else "",
    }
