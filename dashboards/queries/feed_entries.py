"""The words of a feed's entries, read for one page at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from alignment.models import StrategicPriority
from checkins.models import CheckIn, Decision, Win
from checkins.permissions import visible_asks, visible_comments, visible_thanks
from checkins.queries.comments import CommentRow, comment_row, with_versions
from checkins.queries.thanks import ThanksRow, thanks_row, with_receivers
from checkins.rules.kinds import Reactable
from dashboards.queries.ask_rows import AskRow, ask_rows
from dashboards.queries.feed_rows import FeedEntry, FeedKind, GoalFacts, Line, Said
from dashboards.queries.feed_scope import ScopeRows
from dashboards.queries.feed_sources import WORDED
from dashboards.queries.objective_key_results import short_value_words, value_words
from objectives.models import Objective
from people.models import User

MOST_AUTOMATIC = 40
"""So many values of systems are named for a day."""
OF_A_CHECK_IN = ("value", "previous_value", "confidence", "note", "challenge", "win")
OF_ITS_KEY_RESULT = ("key_result__title", "key_result__kind", "key_result__unit")


@dataclass(slots=True)
class Words:
    """Rows by id, of one page."""

    names: dict[UUID, str] = field(default_factory=dict)
    goals: dict[UUID, GoalFacts] = field(default_factory=dict)
    check_ins: dict[UUID, CheckIn] = field(default_factory=dict)
    thanks: dict[UUID, ThanksRow] = field(default_factory=dict)
    comments: dict[UUID, CommentRow] = field(default_factory=dict)
    asks: dict[UUID, AskRow] = field(default_factory=dict)
    told: dict[UUID, tuple[str, str, str]] = field(default_factory=dict)
    priorities: dict[UUID, str] = field(default_factory=dict)


def read_words(user: User, lines: Sequence[Line], *, today: date) -> Words:
    """One statement for each kind of thing that is there, two for thanks."""

    def ids(subject: str) -> list[UUID]:
        return [line.subject_id for line in lines if line.verb.startswith(f"{subject}.")]

    words = Words()
    _name(words, lines)
    if found := _check_in_ids(lines):
        words.check_ins = {row.pk: row for row in _check_ins(found)}
    if found := ids("thanks"):
        rows = with_receivers(visible_thanks(user).filter(pk__in=found))
        words.thanks = {row.pk: thanks_row(user, row) for row in rows}
    if found := ids("comment"):
        comments = with_versions(visible_comments(user).filter(pk__in=found))
        words.comments = {row.pk: comment_row(user, row) for row in comments}
    if found := ids("ask"):
        words.asks = {row.id: row for row in ask_rows(visible_asks(user).filter(pk__in=found), today=today)}
    words.told = _told_words(ids("win"), ids("decision"))
    return words


def _name(words: Words, lines: Sequence[Line]) -> None:
    """Objectives, priorities and people that are named, by their ids, in one statement."""
    none = Value(None, output_field=DecimalField(max_digits=5, decimal_places=4))
    goals = Objective.objects.filter(pk__in={line.objective_id for line in lines if line.objective_id})
    priorities = StrategicPriority.objects.filter(
        pk__in={pk for line in lines if (pk := line.facts.get("priority_id")) and "title" not in line.facts}
    )
    people = User.objects.filter(pk__in={line.who_id for line in lines if line.who_id and not line.who})
    kinds: list[QuerySet[Any, Any]] = [
        rows.order_by()
        .annotate(
            what=Value(what),
            named=F(title),
            of_team=Coalesce("team__name", Value("")) if what == "goal" else Value(""),
            stands=F("progress") if what == "goal" else none,
            planned=F("expected") if what == "goal" else none,
            standing=F("status") if what == "goal" else Value(""),
        )
        .values_list("pk", "what", "named", "of_team", "stands", "planned", "standing")
        for what, title, rows in (
            ("goal", "title", goals),
            ("priority", "title", priorities),
            ("person", "name", people),
        )
    ]
    for pk, what, title, team, progress, expected, status in kinds[0].union(*kinds[1:], all=True):
        if what == "goal":
            words.goals[pk] = GoalFacts(pk, title, team, progress, expected, status)
        else:
            (words.priorities if what == "priority" else words.names)[pk] = title


def _told_words(wins: Collection[UUID], decisions: Collection[UUID]) -> dict[UUID, tuple[str, str, str]]:
    """Text, reason and team of wins and decisions, in one statement."""
    if not wins and not decisions:
        return {}
    told = Win.objects.filter(pk__in=wins).order_by().annotate(why=Value("", output_field=TextField()))
    kept = Decision.objects.filter(pk__in=decisions).order_by().annotate(why=F("because"))
    rows = told.values_list("pk", "text", "why", "team__name").union(
        kept.values_list("pk", "text", "why", "team__name"), all=True
    )
    return {pk: (text, why, team or "") for pk, text, why, team in rows}


def _check_in_ids(lines: Sequence[Line]) -> list[UUID]:
    """Of people all, of systems the latest of each day."""
    named: dict[tuple[object, ...], int] = {}
    found = []
    for line in lines:
        if line.kind is FeedKind.AUTOMATIC:
            named[line.group] = named.get(line.group, 0) + 1
            if named[line.group] > MOST_AUTOMATIC:
                continue
        if line.kind in (FeedKind.AUTOMATIC, FeedKind.CHECK_INS):
            found.append(line.subject_id)
    return found


def _check_ins(ids: Sequence[UUID]) -> QuerySet[CheckIn]:
    """With their key results, and with the confidence that was said before each."""
    earlier = CheckIn.objects.filter(
        key_result=OuterRef("key_result"), confidence__isnull=False, known_at__lt=OuterRef("known_at")
    ).order_by("-known_at")
    rows = CheckIn.objects.filter(pk__in=ids).select_related("key_result").order_by()
    rows = rows.only(*OF_A_CHECK_IN, *OF_ITS_KEY_RESULT)
    return rows.annotate(was_confidence=Subquery(earlier.values("confidence")[:1]))


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
        "who": line.who or (words.names.get(line.who_id, "") if line.who_id else ""),
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


def _said(group: Sequence[Line], words: Words) -> dict[str, Any] | None:
    said = [_one_said(row) for line in group if (row := words.check_ins.get(line.subject_id))]
    if not said:
        return None
    said.sort(key=lambda one: not one.words and not one.win)
    return {
        "said": tuple(said),
        "said_count": len(group),
        "subject_type": Reactable.CHECK_IN,
        "subject_id": said[0].id,
    }


def _one_said(row: CheckIn) -> Said:
    was = row.previous_value if row.previous_value != row.value else None
    return Said(
        id=row.pk,
        title=row.key_result.title,
        value=value_words(row.key_result, row.value),
        was_value=short_value_words(row.key_result, was),
        confidence=row.confidence,
        was_confidence=getattr(row, "was_confidence", None),
        words=tuple(text for text in (row.note, row.challenge) if text),
        win=row.win,
    )


def _told(line: Line, words: Words, scope: ScopeRows) -> dict[str, Any] | None:
    subject = line.verb.split(".", 1)[0]
    found: dict[str, Any] | None = None
    if subject == "thanks" and (thanks := words.thanks.get(line.subject_id)):
        found = {"thanks": thanks, "subject_type": Reactable.THANKS}
    elif subject == "comment" and (comment := words.comments.get(line.subject_id)):
        found = {"comment": comment, "subject_type": Reactable.COMMENT}
    elif subject == "ask" and (ask := words.asks.get(line.subject_id)):
        found = {"ask": ask, "subject_type": Reactable.ASK}
    elif subject in ("win", "decision") and (row := words.told.get(line.subject_id)):
        text, reason, title = row
        found = {"text": text, "reason": reason, "title": title, "subject_type": Reactable(subject)}
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
    return {
        "title": title,
        "href": f"/priorities/{priority_id}/",
        "text": str(line.facts.get("text") or ""),
        "reason": str(line.facts.get("reason") or ""),
        "changes": worded,
        "subject_type": Reactable.PRIORITY_NEWS if line.verb == "priority.news" else "",
    }
