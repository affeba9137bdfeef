"""Versions of the demo's priorities: each stated once, and one reworded lately with half of the answers in."""

from __future__ import annotations

from datetime import timedelta

from alignment.models import AlignmentLink, PriorityRevision, Reconfirmation, StrategicPriority
from alignment.rules.kinds import LinkKind, ReconfirmationState, RevisionKind, RevisionState
from dashboards.demo.calendar import id_of, moment
from dashboards.demo.organisation import EASIEST
from dashboards.demo.rows import Rows
from objectives.rules.kinds import ObjectiveState

BEFORE = "Be the easiest place to shop for your home"
REASON = "People do not come for a drill. They come for the shelf. We kept measuring the drill."
ASKED_DAYS_AGO = 9
ANSWER_WITHIN = timedelta(days=23)
ANSWERS = (
    (ReconfirmationState.KEPT, "Finishing a project is exactly what a complete list is about."),
    (ReconfirmationState.ADAPTED, "A return is often a project that went wrong. We ask why at the desk now."),
    (ReconfirmationState.KEPT, ""),
)
OPEN = (ObjectiveState.ACTIVE, ObjectiveState.PAUSED, ObjectiveState.AGREED, ObjectiveState.PROPOSED)


def add_versions(rows: Rows) -> None:
    """The first version of every priority; of the first one a second, which asks what contributes to it."""
    for title, priority in rows.priorities.items():
        first = _version(rows, priority, 1, BEFORE if title == EASIEST else priority.title)
        rows.add(first)
    priority = rows.priorities[EASIEST]
    priority.revision = 2
    asked_at = moment(rows.calendar.days_ago(ASKED_DAYS_AGO), 10)
    second = _version(rows, priority, 2, priority.title)
    second.kind, second.reason = RevisionKind.REWORDED, REASON
    second.created_at = second.updated_at = second.published_at = asked_at
    second.answer_by_on = (asked_at + ANSWER_WITHIN).date()
    rows.add(second)
    _ask(rows, second)


def _version(rows: Rows, priority: StrategicPriority, number: int, title: str) -> PriorityRevision:
    at = priority.created_at
    return PriorityRevision(
        id=id_of(at, "version", priority.title, str(number)),
        organisation=rows.organisation,
        priority=priority,
        number=number,
        kind=RevisionKind.STATED,
        state=RevisionState.PUBLISHED,
        title=title,
        narrative=priority.narrative,
        not_doing=priority.not_doing,
        owner=priority.owner,
        starts_on=priority.starts_on,
        rank=priority.rank,
        author=priority.owner,
        created_at=at,
        updated_at=at,
        published_at=at,
        published_by=priority.owner,
    )


def _ask(rows: Rows, version: PriorityRevision) -> None:
    asked_at = version.published_at
    assert asked_at is not None
    links = [
        row
        for row in rows.in_order
        if isinstance(row, AlignmentLink)
        and row.priority_id == version.priority_id
        and row.kind == LinkKind.CONTRIBUTES
        and row.child.state in OPEN
    ]
    total = sum(link.weight for link in links)
    for place, link in enumerate(links):
        state, words = ANSWERS[place] if place < len(ANSWERS) else (ReconfirmationState.OPEN, "")
        is_open = state == ReconfirmationState.OPEN
        answered_at = None if is_open else asked_at + timedelta(days=1 + place)
        rows.add(
            Reconfirmation(
                id=id_of(asked_at, "question", link.child.title),
                organisation=rows.organisation,
                revision=version,
                objective=link.child,
                state=state,
                path=[
                    {"type": "objective", "id": str(link.child_id)},
                    {"type": "priority", "id": str(version.priority_id)},
                ],
                share=round(link.weight / total, 4) if total else None,
                asked_of=link.child.owner,
                asked_at=asked_at,
                answer_by_on=version.answer_by_on,
                answered_by=None if is_open else link.child.owner,
                answered_at=answered_at,
                words=words,
                helps_before=link.reason,
                helps_after=link.reason,
                updated_at=answered_at or asked_at,
            )
        )
