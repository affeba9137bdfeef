"""Rows of what people of the demo said to each other, and what the log remembers of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from activity.models import Event
from checkins.models import CheckIn, Comment, CommentVersion, Reaction, Thanks, ThanksReceiver, Win
from checkins.rules.mentions import kept_form
from dashboards.demo.calendar import dice_of, id_of, moment
from dashboards.demo.conversation import (
    COMMENTS,
    SAID,
    THANKS,
    WINS,
    CommentSpec,
    Counts,
    ReplySpec,
    SaidSpec,
    ThanksSpec,
    WinSpec,
)
from dashboards.demo.rows import Rows
from objectives.models import KeyResult, Objective
from people.models import User
from people.roles import Role

NAMED = re.compile(r"@(\w+)")


def add_conversation(rows: Rows) -> None:
    """Comments first, so that their table is written before those that point to it."""
    for said in SAID:
        _said(rows, said)
    for comment in COMMENTS:
        _comment_on_objective(rows, comment)
    for thanks in THANKS:
        _thanks(rows, thanks)
    for win in WINS:
        _win(rows, win)


def _at(rows: Rows, days_ago: int, name: str) -> datetime:
    """Some minute of a working morning, the same one every time; this morning before anybody looks."""
    dice = dice_of(name)
    on: date = rows.calendar.days_ago(days_ago)
    if not days_ago:
        return moment(on, 0, dice.randint(6, 50))
    return moment(on, dice.randint(9, 16), dice.randint(0, 59))


def _said(rows: Rows, spec: SaidSpec) -> None:
    check_in = _check_in(rows, spec.begins)
    for reply in spec.replies:
        _comment(
            rows, reply, check_in.key_result.objective, key_result=check_in.key_result, check_in=check_in
        )
    author = check_in.author.name if check_in.author else ""
    _reactions(
        rows,
        "check_in",
        check_in.pk,
        spec.reactions,
        check_in.recorded_at,
        author,
        check_in.key_result.objective,
    )


def _check_in(rows: Rows, begins: str) -> CheckIn:
    for row in rows.by_table()[CheckIn]:
        assert isinstance(row, CheckIn)
        if any(words.startswith(begins) for words in (row.note, row.win, row.challenge)):
            return row
    raise LookupError(f"no check-in of the demo begins with {begins!r}")


def _comment_on_objective(rows: Rows, spec: CommentSpec) -> None:
    objective = rows.objectives[spec.about]
    row = _comment(rows, ReplySpec(spec.by, spec.days_ago, spec.text), objective)
    _reactions(rows, "comment", row.pk, spec.reactions, row.created_at, spec.by, objective)


def _comment(
    rows: Rows,
    spec: ReplySpec,
    objective: Objective,
    *,
    key_result: KeyResult | None = None,
    check_in: CheckIn | None = None,
) -> Comment:
    at = _at(rows, spec.days_ago, spec.text)
    edited_at = at + timedelta(minutes=9) if spec.was else None
    named = [rows.people[name] for name in NAMED.findall(spec.text) if name in rows.people]
    text = NAMED.sub(lambda found: _kept(rows, found[1]), spec.text)
    row: Comment = rows.add(
        Comment(
            id=id_of(at, "comment", spec.text),
            organisation=rows.organisation,
            objective=objective,
            key_result=key_result,
            check_in=check_in,
            author=rows.people[spec.by],
            text=text,
            created_at=at,
            edited_at=edited_at,
            updated_at=edited_at or at,
        )
    )
    for person in named:
        rows.add(Comment.mentions.through(comment=row, user=person))
    if edited_at is not None:
        rows.add(
            CommentVersion(
                id=id_of(edited_at, "version", spec.text),
                comment=row,
                text=spec.was,
                replaced_at=edited_at,
                replaced_by=rows.people[spec.by],
            )
        )
    _event(rows, "comment.written", row, at, rows.people[spec.by], objective)
    return row


def _kept(rows: Rows, name: str) -> str:
    return kept_form(name, str(rows.people[name].pk)) if name in rows.people else f"@{name}"


def _thanks(rows: Rows, spec: ThanksSpec) -> None:
    at = _at(rows, spec.days_ago, spec.text)
    objective = rows.objectives[spec.about]
    key_result = rows.key_results[f"{spec.about} / {spec.key_result}"] if spec.key_result else None
    row: Thanks = rows.add(
        Thanks(
            id=id_of(at, "thanks", spec.text),
            organisation=rows.organisation,
            objective=objective,
            key_result=key_result,
            author=rows.people[spec.by],
            text=spec.text,
            is_private=spec.is_private,
            created_at=at,
            updated_at=at,
        )
    )
    for name in spec.to:
        rows.add(
            ThanksReceiver(id=id_of(at, "receiver", spec.text, name), thanks=row, user=rows.people[name])
        )
    _event(rows, "thanks.given", row, at, rows.people[spec.by], objective)
    _reactions(rows, "thanks", row.pk, spec.reactions, at, spec.by, objective)


def _win(rows: Rows, spec: WinSpec) -> None:
    at = _at(rows, spec.days_ago, spec.text)
    row: Win = rows.add(
        Win(
            id=id_of(at, "win", spec.text),
            organisation=rows.organisation,
            team=rows.teams[spec.team] if spec.team else None,
            author=rows.people[spec.by],
            text=spec.text,
            on=rows.calendar.days_ago(spec.days_ago),
            created_at=at,
        )
    )
    _event(rows, "win.told", row, at, rows.people[spec.by], None)
    _reactions(rows, "win", row.pk, spec.reactions, at, spec.by, None)


def _reactions(
    rows: Rows,
    subject_type: str,
    subject_id: UUID,
    counts: Counts,
    since: datetime,
    author: str,
    objective: Objective | None,
) -> None:
    """So many people each, in an order that differs from thing to thing; nobody reacts to their own words."""
    for word, count in counts.items():
        for place, person in enumerate(_others(rows, author, f"{subject_id} {word}")[:count]):
            at = since + timedelta(minutes=11 * (place + 1))
            rows.add(
                Reaction(
                    id=id_of(at, "reaction", str(subject_id), word, person.name),
                    organisation=rows.organisation,
                    subject_type=subject_type,
                    subject_id=subject_id,
                    objective=objective,
                    author=person,
                    word=word,
                    created_at=at,
                )
            )


def _others(rows: Rows, author: str, name: str) -> list[User]:
    people: Iterable[User] = rows.people.values()
    found = [
        one
        for one in people
        if one.is_active and one.email and one.role != Role.VIEWER and one.name != author
    ]
    dice_of(name).shuffle(found)
    return found


def _event(rows: Rows, verb: str, subject: Any, at: datetime, by: User, objective: Objective | None) -> None:
    places = {name: getattr(subject, name, None) for name in ("key_result_id", "check_in_id", "team_id")}
    rows.add(
        Event(
            id=id_of(at, verb, str(subject.pk)),
            organisation=rows.organisation,
            at=at,
            by=by,
            verb=verb,
            subject_type=verb.split(".", 1)[0],
            subject_id=subject.pk,
            objective_id=objective.pk if objective else None,
            payload={name: str(key) for name, key in places.items() if key is not None},
        )
    )
