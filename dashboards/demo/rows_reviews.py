"""Past weekly reviews with their minutes, decisions and next steps, and what the log remembers of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from activity.models import Event
from checkins.models import Decision, NextStep, Review
from checkins.rules.kinds import NextStepState
from dashboards.demo.calendar import id_of, moment
from dashboards.demo.reviews import REVIEWS, DecisionSpec, ReviewSpec, StepSpec, ToldSpec
from dashboards.demo.rows import Rows
from people.models import Membership


def add_reviews(rows: Rows) -> None:
    """Every review of the demo, oldest first; each speaks of the seven days before it."""
    for spec in REVIEWS:
        _add(rows, spec)


def _add(rows: Rows, spec: ReviewSpec) -> None:
    on = rows.calendar.days_ago(spec.days_ago)
    at = moment(on, 10)
    ended_at = at + timedelta(minutes=spec.lasted)
    team, by = rows.teams[spec.team], rows.people[spec.by]
    review = Review(
        id=id_of(at, "review", spec.team),
        organisation=rows.organisation,
        team=team,
        cycle=rows.cycles["now"],
        started_at=at,
        started_by=by,
        since=at - timedelta(days=7),
        ended_at=ended_at,
        ended_by=by,
    )
    rows.add(review)
    decisions = [
        _decision(rows, review, one, at + timedelta(minutes=4 + 3 * place))
        for place, one in enumerate(spec.decisions)
    ]
    steps = [
        _step(rows, review, one, at + timedelta(minutes=10 + place)) for place, one in enumerate(spec.steps)
    ]
    review.minutes = {
        "agenda": {
            "wins": [_win(rows, one) for one in spec.wins],
            "course": [_course(rows, one) for one in spec.course],
            "asks": [],
            "objectives": [],
            "counts": [
                {"objective_id": str(rows.objectives[title].pk), "key_results": every, "as_planned": planned}
                for title, every, planned in spec.as_planned
            ],
        },
        "people": _people(rows, spec.team),
        "decisions": decisions,
        "next_steps": steps,
        "steps_before": [],
    }
    _event(rows, "review.started", review, at, by)
    _event(rows, "review.ended", review, ended_at, by)


def _decision(rows: Rows, review: Review, spec: DecisionSpec, at: datetime) -> dict[str, Any]:
    key_result = rows.key_results[" / ".join(spec.about)] if spec.about else None
    by = rows.people[spec.by]
    revisit_on = None
    if spec.revisit_in is not None:
        revisit_on = review.started_at.date() + timedelta(days=spec.revisit_in)
    row = Decision(
        id=id_of(at, "decision", spec.text),
        organisation=rows.organisation,
        team=review.team,
        review=review,
        objective=rows.objectives[spec.about[0]] if spec.about else None,
        key_result=key_result,
        text=spec.text,
        because=spec.because,
        decided_by=by,
        decided_at=at,
        revisit_on=revisit_on,
    )
    rows.add(row)
    facts = {"text": row.text, "because": row.because, "review_id": str(review.pk)}
    if key_result is not None:
        facts["key_result_id"] = str(key_result.pk)
    _event(rows, "decision.kept", row, at, by, row.objective_id, facts)
    return {
        "id": str(row.pk),
        "text": row.text,
        "because": row.because,
        "at": at.isoformat(),
        "by": by.name,
        "about": key_result.title if key_result else "",
        "objective_id": str(row.objective_id) if row.objective_id else None,
        "key_result_id": str(key_result.pk) if key_result else None,
        "revisit_on": revisit_on.isoformat() if revisit_on else None,
    }


def _step(rows: Rows, review: Review, spec: StepSpec, at: datetime) -> dict[str, Any]:
    state, outcome, days = spec.ended or (NextStepState.OPEN.value, "", 0)
    owner, objective = rows.people[spec.owner], rows.objectives[spec.about] if spec.about else None
    due_on = review.started_at.date() + timedelta(days=spec.due_in)
    row = NextStep(
        id=id_of(at, "next step", spec.text),
        organisation=rows.organisation,
        team=review.team,
        review=review,
        objective=objective,
        owner=owner,
        text=spec.text,
        due_on=due_on,
        state=state,
        outcome=outcome,
        said_by=review.started_by,
        created_at=at,
        ended_at=at + timedelta(days=days) if spec.ended else None,
    )
    rows.add(row)
    return {
        "id": str(row.pk),
        "text": row.text,
        "owner": owner.name,
        "due_on": due_on.isoformat(),
        "about": objective.title if objective else "",
        "objective_id": str(objective.pk) if objective else None,
    }


def _win(rows: Rows, spec: ToldSpec) -> dict[str, Any]:
    return _about(rows, spec) | {
        "kind": "check_in",
        "text": spec.words,
        "change": spec.facts,
        "thanked": list(spec.thanked),
    }


def _course(rows: Rows, spec: ToldSpec) -> dict[str, Any]:
    return _about(rows, spec) | {
        "title": spec.about[1],
        "status": spec.status,
        "words": spec.facts,
        "said": spec.words,
    }


def _about(rows: Rows, spec: ToldSpec) -> dict[str, Any]:
    key_result = rows.key_results[" / ".join(spec.about)]
    return {
        "who": spec.who,
        "where": spec.about[1],
        "objective_id": str(key_result.objective_id),
        "key_result_id": str(key_result.pk),
    }


def _people(rows: Rows, team: str) -> list[dict[str, str]]:
    members = rows.by_table().get(Membership, [])
    found = [row.user for row in members if isinstance(row, Membership) and row.team == rows.teams[team]]
    return [{"id": str(person.pk), "name": person.name} for person in sorted(found, key=lambda one: one.name)]


def _event(
    rows: Rows,
    verb: str,
    subject: Any,
    at: datetime,
    by: Any,
    objective_id: Any = None,
    facts: dict[str, str] | None = None,
) -> None:
    payload = {"team_id": str(subject.team_id), **(facts or {})}
    rows.add(
        Event(
            id=id_of(at, verb, str(subject.pk)),
            organisation=rows.organisation,
            at=at,
            by=by,
            verb=verb,
            subject_type=verb.split(".", 1)[0],
            subject_id=subject.pk,
            objective_id=objective_id,
            payload=payload,
        )
    )
