"""Asks with their steps, the decisions they led to, what the log and the inbox say of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from activity.models import Event
from checkins.models import Ask, AskStep, Decision
from checkins.rules.asks import AskAction, is_working_day, usual_answer_by, working_day_after
from checkins.rules.kinds import AskKind, AskState
from dashboards.demo.asks import ASKS, AskSpec
from dashboards.demo.calendar import dice_of, id_of, moment
from dashboards.demo.rows import Rows
from notices.models import Notice
from notices.rules.kinds import NoticeKind


def add_asks(rows: Rows) -> None:
    """Every ask of the demo, the longest ago first."""
    for spec in sorted(ASKS, key=lambda one: -one.asked):
        _add(rows, spec)


def _add(rows: Rows, spec: AskSpec) -> None:
    dice = dice_of(spec.text)
    asked_on = working_days_ago(rows.calendar.today, spec.asked)
    at = moment(asked_on, dice.randint(9, 16), dice.randint(0, 59))
    objective, by, of = rows.objectives[spec.about], rows.people[spec.by], rows.people[spec.of]
    ask = Ask(
        id=id_of(at, "ask", spec.text),
        organisation=rows.organisation,
        kind=AskKind.DECISION if spec.options else AskKind.ASK,
        objective=objective,
        asked_by=by,
        asked_of=of,
        text=spec.text,
        options=list(spec.options),
        answer_by_on=usual_answer_by(asked_on)
        if spec.needed_in is None
        else rows.calendar.days_ago(-spec.needed_in),
        state=AskState.OPEN,
        created_at=at,
        updated_at=at,
    )
    rows.add(ask)
    first = rows.people[spec.passed_by] if spec.passed_by else of
    last = _step(rows, ask, AskAction.ASKED, at, by=by, to=first)
    _event(rows, ask, "made", at, by, text=ask.text, asked_of=first.name)
    if spec.passed_by:
        at += timedelta(minutes=50)
        ask.state = AskState.PASSED_ON
        last = _step(rows, ask, AskAction.PASSED_ON, at, by=first, to=of)
        _event(rows, ask, "passed_on", at, first, text=ask.text, asked_of=of.name)
    if spec.is_seen or spec.took is not None:
        ask.seen_at = at + timedelta(hours=2)
        ask.state = AskState.SEEN
        _step(rows, ask, AskAction.SEEN, ask.seen_at, by=of)
    if spec.took is not None:
        _answer(rows, ask, spec, moment(working_day_after(asked_on, spec.took), dice.randint(8, 17), 20))
    else:
        _notice(rows, ask, last)


def _answer(rows: Rows, ask: Ask, spec: AskSpec, at: datetime) -> None:
    action = AskAction.ANSWERED_IN_PERSON if spec.in_person else AskAction.ANSWERED
    ask.state = AskState(action.value)
    ask.answer, ask.chosen_option, ask.answered_by, ask.ended_at = spec.answer, spec.chosen, ask.asked_of, at
    ask.updated_at = at
    if at < moment(working_days_ago(rows.calendar.today, 3), 0):
        ask.answer_seen_at = at + timedelta(hours=20)
    _step(rows, ask, action, at, by=ask.asked_of, words=spec.answer)
    option = spec.options[spec.chosen] if spec.chosen is not None else ""
    facts = {"text": ask.text, "answer": ask.answer, "option": option, "in_person": spec.in_person}
    _event(rows, ask, "answered", at, ask.asked_of, **facts)
    if option:
        rows.add(
            Decision(
                id=id_of(at, "decision", ask.text),
                organisation=rows.organisation,
                team=ask.objective.team,
                ask=ask,
                objective=ask.objective,
                text=option,
                because=ask.answer,
                decided_by=ask.asked_of,
                decided_at=at,
            )
        )


def _step(rows: Rows, ask: Ask, action: AskAction, at: datetime, **fields: Any) -> AskStep:
    step = AskStep(id=id_of(at, "ask step", action, ask.text), ask=ask, at=at, action=action, **fields)
    rows.add(step)
    return step


def _notice(rows: Rows, ask: Ask, step: AskStep) -> None:
    """In the inbox of whoever has it."""
    rows.add(
        Notice(
            id=id_of(step.at, "asked", ask.text),
            organisation=rows.organisation,
            user=ask.asked_of,
            kind=NoticeKind.ASKED,
            key=str(step.pk),
            subject_type="ask",
            subject_id=ask.pk,
            objective_id=ask.objective.pk,
            payload={"action": str(step.action), "kind": str(ask.kind)},
            on=step.at.date(),
            due_at=step.at,
            created_at=step.at,
            seen_at=ask.seen_at,
        )
    )


def _event(rows: Rows, ask: Ask, verb: str, at: datetime, by: Any, **facts: Any) -> None:
    rows.add(
        Event(
            id=id_of(at, f"ask.{verb}", ask.text),
            organisation=rows.organisation,
            at=at,
            by=by,
            verb=f"ask.{verb}",
            subject_type="ask",
            subject_id=ask.pk,
            objective_id=ask.objective.pk,
            payload={
                "kind": str(ask.kind),
                "key_result_id": None,
                "check_in_id": None,
                "asked_by_id": str(ask.asked_by.pk),
                "asked_of_id": str(ask.asked_of.pk),
                **facts,
            },
        )
    )


def working_days_ago(today: date, count: int) -> date:
    """The working day from which `count` working days have passed until today."""
    day = today
    while count > 0:
        count -= is_working_day(day)
        day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
