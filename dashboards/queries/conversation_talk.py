"""What people said around an objective beside its check-ins, all in one statement."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Model,
    OrderBy,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    UUIDField,
    Value,
    Window,
)
from django.db.models.functions import Cast, Coalesce, RowNumber

from checkins.models import (
    Ask,
    CommentVersion,
    Decision,
    ObjectiveNote,
    Reaction,
    ThanksReceiver,
)
from checkins.permissions import visible_comments, visible_thanks
from checkins.queries.comments import SHOWN, CommentRow, Thread, as_thread
from checkins.queries.reactions import Reactions, gathered
from checkins.queries.thanks import PersonName, ThanksRow
from dashboards.queries.conversation_rows import AskLine, DecisionLine, Entry, NoteRow
from objectives.models import Objective
from people.models import User

TYPES: dict[str, Any] = {
    "part": CharField(), "row_id": UUIDField(), "text": TextField(), "more": TextField(), "word": CharField(),
    "who_id": UUIDField(), "who": TextField(), "to_id": UUIDField(), "to": TextField(), "at": DateTimeField(),
    "on": DateField(), "key_result_id": UUIDField(), "check_in_id": UUIDField(), "ask_id": UUIDField(),
    "count": IntegerField(), "mine": IntegerField(),
}  # fmt: skip
COLUMNS = tuple(f"c_{name}" for name in TYPES)


@dataclass(slots=True)
class Talk:
    """Threads by what they are on, and entries of their own. Moments are in UTC."""

    on_check_ins: dict[UUID, Thread] = field(default_factory=dict)
    on_asks: dict[UUID, Thread] = field(default_factory=dict)
    asks_in: dict[UUID, list[AskLine]] = field(default_factory=dict)
    notes: list[Entry] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    decisions: list[Entry] = field(default_factory=list)
    reactions: Reactions = field(default_factory=dict)


def talk_of(user: User, objective: Objective, *, most: int) -> Talk:
    """The latest `most` comments, thanks, asks, decisions and notes, the latest of every thread, all reactions."""
    parts = [
        _notes(objective, most),
        _comments(user, objective, most),
        _thanks(user, objective, most),
        _asks(objective, most),
        _decisions(objective, most),
        _reactions(user, objective),
    ]
    rows = [
        {name[2:]: value for name, value in zip(COLUMNS, row, strict=True)}
        for row in parts[0].union(*parts[1:], all=True)
    ]
    return _sorted_out(user, objective, rows)


def _latest(rows: QuerySet[Any], most: int, *order: str | OrderBy) -> QuerySet[Any]:
    """The first `most` in this order, as a query that can be part of a union."""
    model: type[Model] = rows.model
    return model._base_manager.filter(pk__in=rows.order_by(*order).values("pk")[:most]).order_by()


def _columns(rows: QuerySet[Any], part: str, **given: Any) -> QuerySet[Any, Any]:
    """The shared columns of one kind of row; what a kind does not have is null, of the right type."""
    given = {"part": Value(part), "row_id": F("pk"), **given}
    columns = {f"c_{name}": Cast(given.get(name, Value(None)), kind) for name, kind in TYPES.items()}
    return rows.order_by().annotate(**columns).values_list(*COLUMNS)


def _notes(objective: Objective, most: int) -> QuerySet[Any]:
    latest_first = (F("on").desc(nulls_last=True), "-known_at", "-pk")
    rows = _latest(ObjectiveNote.objects.filter(objective=objective), most, *latest_first)
    facts = {"text": F("text"), "more": F("value_text"), "word": F("status_text"), "at": F("known_at")}
    return _columns(rows, "note", **facts, on=F("on"), who=Coalesce("author__name", "author_label"))


def _comments(user: User, objective: Objective, most: int) -> QuerySet[Any]:
    """Of each thread, and of what stands by itself, the latest."""
    place = Window(RowNumber(), partition_by=[F("check_in_id"), F("ask_id")], order_by=("-created_at", "-pk"))
    of_threads = Q(check_in__isnull=False) | Q(ask__isnull=False)
    seen = visible_comments(user).filter(objective=objective).order_by().annotate(place=place)
    kept = seen.filter(Q(place__lte=most) & (~of_threads | Q(place__lte=SHOWN + 1)))
    rows = kept.model._base_manager.filter(pk__in=kept.values("pk"))
    versions = CommentVersion.objects.filter(comment=OuterRef("pk")).order_by().values("comment")
    counted = Coalesce(Subquery(versions.annotate(n=Count("pk")).values("n")), 0)
    return _columns(
        rows, "comment", text=F("text"), who_id=F("author_id"), who=F("author__name"), at=F("created_at"),
        key_result_id=F("key_result_id"), check_in_id=F("check_in_id"), ask_id=F("ask_id"), count=counted,
        more=F("key_result__title"),
    )  # fmt: skip


def _thanks(user: User, objective: Objective, most: int) -> QuerySet[Any]:
    """One row for each person thanked."""
    latest = (
        visible_thanks(user).filter(objective=objective).order_by("-created_at", "-pk").values("pk")[:most]
    )
    rows = ThanksReceiver.objects.filter(thanks_id__in=latest)
    is_private = Coalesce(Cast("thanks__is_private", IntegerField()), 0)
    return _columns(
        rows, "thanks", row_id=F("thanks_id"), text=F("thanks__text"), who_id=F("thanks__author_id"),
        who=F("thanks__author__name"), to_id=F("user_id"), to=F("user__name"), at=F("thanks__created_at"),
        key_result_id=F("thanks__key_result_id"), count=is_private, mine=Cast("is_private", IntegerField()),
        on=Cast("thanks__edited_at", DateField()),
    )  # fmt: skip


def _asks(objective: Objective, most: int) -> QuerySet[Any]:
    rows = _latest(Ask.objects.filter(objective=objective), most, "-created_at", "-pk")
    return _columns(
        rows, "ask", text=F("text"), more=F("answer"), word=F("state"), who_id=F("asked_by_id"),
        who=F("asked_by__name"), to_id=F("asked_of_id"), to=F("asked_of__name"), at=F("created_at"),
        key_result_id=F("key_result_id"), check_in_id=F("check_in_id"), count=Cast(Value(0), IntegerField()),
    )  # fmt: skip


def _decisions(objective: Objective, most: int) -> QuerySet[Any]:
    kept = Decision.objects.filter(objective=objective, taken_back_at__isnull=True)
    rows = _latest(kept, most, "-decided_at", "-pk")
    return _columns(
        rows, "decision", text=F("text"), more=F("because"), who_id=F("decided_by_id"), who=F("decided_by__name"),
        at=F("decided_at"), on=F("revisit_on"), key_result_id=F("key_result_id"),
    )  # fmt: skip


def _reactions(user: User, objective: Objective) -> QuerySet[Any]:
    """One row for each word on each thing."""
    left_out: dict[str, Any] = {name: Cast(Value(None), kind) for name, kind in TYPES.items()}
    left_out |= {"part": Cast(Value("reaction"), CharField()), "row_id": F("subject_id"), "word": F("word")}
    plain = {f"c_{name}": column for name, column in left_out.items() if name not in ("count", "mine")}
    rows = Reaction.objects.filter(objective=objective).order_by().annotate(**plain)
    sums = {"c_count": Count("pk"), "c_mine": Count("pk", filter=Q(author=user))}
    return rows.values(*plain).annotate(**sums).values_list(*COLUMNS)


def _sorted_out(user: User, objective: Objective, rows: list[dict[str, Any]]) -> Talk:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["part"]].append(row)
    talk = Talk(
        notes=[_note_entry(row) for row in found["note"]],
        decisions=[_decision_entry(row) for row in found["decision"]],
        reactions=gathered(
            (row["row_id"], row["word"], row["count"], row["mine"]) for row in found["reaction"]
        ),
    )
    threads: dict[tuple[str, UUID], list[CommentRow]] = defaultdict(list)
    for row in sorted(found["comment"], key=lambda row: (row["at"], str(row["row_id"])), reverse=True):
        comment = _comment(user, row)
        if row["check_in_id"] is not None:
            threads["check_in", row["check_in_id"]].append(comment)
        elif row["ask_id"] is not None:
            threads["ask", row["ask_id"]].append(comment)
        else:
            entry = Entry("comment", comment.who, None, comment.at, comment=comment, about=row["more"] or "")
            talk.entries.append(entry)
    for (kind, key), comments in threads.items():
        (talk.on_check_ins if kind == "check_in" else talk.on_asks)[key] = as_thread(comments)
    for row in found["ask"]:
        line = _ask(row)
        if row["check_in_id"] is not None:
            talk.asks_in.setdefault(row["check_in_id"], []).append(line)
        else:
            thread = talk.on_asks.get(line.id, Thread())
            talk.entries.append(Entry("ask", line.who, None, line.at, ask=line, thread=thread))
    talk.entries += _thanks_entries(user, objective, found["thanks"])
    return talk


def _note_entry(row: dict[str, Any]) -> Entry:
    note = NoteRow(row["text"], row["more"] or "", row["word"] or "")
    return Entry("note", row["who"] or "", row["on"], row["at"], note=note)


def _decision_entry(row: dict[str, Any]) -> Entry:
    line = DecisionLine(row["row_id"], row["text"], row["more"] or "", row["on"], row["who_id"])
    return Entry("decision", row["who"] or "", None, row["at"], decision=line)


def _comment(user: User, row: dict[str, Any]) -> CommentRow:
    is_own = row["who_id"] == user.pk and not user.is_viewer
    return CommentRow(
        row["row_id"], row["who_id"], row["who"] or "", row["text"], row["at"], row["count"], is_own,
        is_own or user.is_administrator,
    )  # fmt: skip


def _ask(row: dict[str, Any]) -> AskLine:
    return AskLine(
        row["row_id"], "ask", row["text"], row["who"] or "", row["who_id"], row["to"] or "", row["word"],
        row["more"] or "", row["at"],
    )  # fmt: skip


def _thanks_entries(user: User, objective: Objective, rows: list[dict[str, Any]]) -> list[Entry]:
    given: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        given[row["row_id"]].append(row)
    return [_thanks_entry(user, objective, received) for received in given.values()]


def _thanks_entry(user: User, objective: Objective, received: list[dict[str, Any]]) -> Entry:
    row = received[0]
    is_own = row["who_id"] == user.pk and not user.is_viewer
    people = sorted((one["to"], one["to_id"]) for one in received)
    thanks = ThanksRow(
        id=row["row_id"],
        author_id=row["who_id"],
        who=row["who"] or "",
        receivers=tuple(PersonName(key, name) for name, key in people),
        text=row["text"],
        at=row["at"],
        is_private=any(one["count"] or one["mine"] for one in received),
        objective_id=objective.pk,
        objective_title=objective.title,
        key_result_id=row["key_result_id"],
        is_edited=row["on"] is not None,
        is_own=is_own,
        may_delete=is_own or user.is_administrator,
    )
    return Entry("thanks", thanks.who, None, thanks.at, thanks=thanks)
