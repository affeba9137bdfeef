"""Everything that says itself when it was said: shown as of a moment by views over the real tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Model

from activity.models import Event
from alignment.models import (
    HealthMetric,
    HealthValue,
    LinkAnswer,
    PriorityNews,
    PriorityRevision,
    ProgressSnapshot,
    Reconfirmation,
    StrategicDecision,
    StrategicReview,
)
from checkins.models import (
    Ask,
    AskStep,
    CheckInDraft,
    CheckInVersion,
    Comment,
    CommentVersion,
    Decision,
    NextStep,
    Nudge,
    ObjectiveNote,
    Reaction,
    Review,
    Skip,
    Thanks,
    Win,
)
from common.past import as_literal
from common.twin_tables import columns_of, make_view, real_name
from objectives.models import Recalibration, Suggestion, WritingDraft


@dataclass(frozen=True, slots=True)
class Said:
    """`known` is the column of the moment (or day) from which a row was known. Moments after the evening are empty;
    where the one named in `ends` is, `state` goes back to `waiting` and the columns of `answer` are empty too."""

    model: type[Model]
    known: str
    ends: str = ""
    waiting: str = ""
    answer: dict[str, str] = field(default_factory=dict)


NOBODY = "NULL"
NOTHING = "''"
SAID = (
    Said(PriorityNews, "created_at"),
    Said(PriorityRevision, "published_at"),
    Said(
        Reconfirmation,
        "asked_at",
        ends="answered_at",
        waiting="open",
        answer={"answered_by_id": NOBODY, "words": NOTHING, "helps_before": NOTHING, "helps_after": NOTHING},
    ),
    Said(LinkAnswer, "at"),
    Said(HealthMetric, "created_at"),
    Said(HealthValue, "recorded_at"),
    Said(StrategicReview, "started_at", ends="ended_at", answer={"ended_by_id": NOBODY}),
    Said(StrategicDecision, "decided_at"),
    Said(ProgressSnapshot, "on"),
    Said(Recalibration, "at", ends="answered_at", waiting="proposed", answer={"answered_by_id": NOBODY, "answer": NOTHING}),
    Said(Suggestion, "created_at", ends="answered_at", waiting="open", answer={"answered_by_id": NOBODY, "answer": NOTHING}),
    Said(Skip, "created_at"),
    Said(
        Ask,
        "created_at",
        ends="ended_at",
        waiting="open",
        answer={"answered_by_id": NOBODY, "answer": NOTHING, "chosen_option": NOBODY},
    ),
    Said(AskStep, "at"),
    Said(Comment, "created_at"),
    Said(CommentVersion, "replaced_at"),
    Said(CheckInVersion, "replaced_at"),
    Said(Reaction, "created_at"),
    Said(Nudge, "created_at"),
    Said(ObjectiveNote, "known_at"),
    Said(Thanks, "created_at"),
    Said(Win, "created_at"),
    Said(Review, "started_at", ends="ended_at", answer={"ended_by_id": NOBODY}),
    Said(Decision, "decided_at"),
    Said(NextStep, "created_at", ends="ended_at", waiting="open", answer={"outcome": NOTHING}),
    Said(CheckInDraft, "saved_at"),
    Said(WritingDraft, "saved_at"),
    Said(Event, "at"),
)  # fmt: skip


def show_words(until: datetime, today: str) -> None:
    """Hide what was said later. `today` is the evening's day as `YYYY-MM-DD`."""
    limit = as_literal(until)
    for said in SAID:
        known = connection.ops.quote_name(said.known)
        where = f"{known} <= {as_literal(today) if said.known == 'on' else limit}"
        make_view(said.model, where=where, instead=_before(said, limit))


def _before(said: Said, limit: str) -> dict[str, str]:
    """By column, what it was before later moments."""
    quote, names = connection.ops.quote_name, columns_of(said.model)
    shown = {
        name: f"CASE WHEN {quote(name)} > {limit} THEN NULL ELSE {quote(name)} END"
        for name in (
            "edited_at",
            "deleted_at",
            "seen_at",
            "answer_seen_at",
            "taken_back_at",
            "undone_at",
            said.ends,
        )
        if name in names
    }
    if said.ends:
        later = f"{quote(said.ends)} > {limit}"
        answers = {**said.answer, **({"state": as_literal(said.waiting)} if said.waiting else {})}
        shown |= {
            name: f"CASE WHEN {later} THEN {empty} ELSE {quote(name)} END"
            for name, empty in answers.items()
            if name in names
        }
    if said.model is Reconfirmation:
        released = f"{quote('state')} = 'released' AND {quote('updated_at')} > {limit}"
        was_open = f"{quote('answered_at')} > {limit} OR ({released})"
        shown["state"] = f"CASE WHEN {was_open} THEN 'open' ELSE {quote('state')} END"
    if said.model is Comment:
        shown["text"] = _words_then(limit)
    return shown


def _words_then(limit: str) -> str:
    """What a comment said before the first edit after the evening."""
    versions, comments = real_name(CommentVersion), real_name(Comment)
    return (
        f"COALESCE((SELECT v.text FROM {versions} v WHERE v.comment_id = {comments}.id"  # noqa: S608
        f" AND v.replaced_at > {limit} ORDER BY v.replaced_at LIMIT 1), {comments}.text)"
    )
