"""One objective with everything around it: where it leads, why its number, its key results and what was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery

from alignment.models import Reconfirmation
from alignment.queries.explain import explain_read
from alignment.rules.kinds import ReconfirmationState
from alignment.services.propose_objective import can_agree_to_objective
from checkins.models import CheckIn, Skip
from common.svg.history_line import HistoryPoint
from dashboards.queries.conversation import Conversation, Show, conversation_of
from dashboards.queries.event_words import Around
from dashboards.queries.objective_key_results import KeyResultRow, key_result_rows
from dashboards.queries.objective_links import ObjectiveLinks, objective_links, shown_status
from dashboards.queries.objective_parts import HistoryRow, ObjectiveParts, objective_parts
from dashboards.queries.objective_why import Why, why_of
from objectives.models import KeyResult, Objective
from objectives.permissions import can_check_in, can_edit_objective, remember_contributors, visible_objectives
from objectives.rules.cycles import elapsed_share
from objectives.rules.freshness import FreshnessDates, freshness_on
from objectives.rules.kinds import CycleState, KeyResultState, ObjectiveState, ValueSource
from objectives.rules.lifecycle import why_no_check_in
from people.models import User


@dataclass(frozen=True, slots=True)
class ObjectivePage:
    """Ratios are 0..1. `status` is the computed one while it runs, else the state that it rests in."""

    objective: Objective
    parts: ObjectiveParts
    links: ObjectiveLinks
    key_results: tuple[KeyResultRow, ...]
    why: Why
    history: tuple[HistoryPoint, ...]
    confidence_line: tuple[tuple[float, Decimal], ...]
    conversation: Conversation
    status: str
    heard_days: int | None
    freshness: str
    next_due_on: date | None
    can_edit: bool
    can_check_in: bool
    can_agree: bool
    can_suggest: bool


def find_objective(user: User, objective_id: UUID) -> Objective | None:
    """The objective, if the person may know that it exists, with `question_id` of an open re-confirmation.

    One statement.
    """
    waiting = Reconfirmation.objects.filter(objective=OuterRef("pk"), state=ReconfirmationState.OPEN)
    rows = visible_objectives(user).select_related("cycle", "organisation", "team", "owner")
    return rows.filter(pk=objective_id).annotate(question_id=Subquery(waiting.values("pk")[:1])).first()


def objective_page(
    user: User, objective: Objective, *, today: date, show: Show = "everything", page: int = 1
) -> ObjectivePage:
    """Everything on the page, in six statements whatever it holds.

    objective  visible to the person, as `find_objective` reads it
    page       of the conversation, counted from 1
    """
    key_results = _key_results(objective)
    check_ins = _check_ins(objective)
    parts = objective_parts(objective)
    links = objective_links(user, objective)
    remember_contributors(objective, [person.id for person in parts.contributors])
    explained = explain_read(objective, key_results, links.below, hidden=links.hidden)
    titles = {str(step.pk): step.title for steps in parts.steps.values() for step in steps}
    around = Around(
        key_results={str(row.pk): row.title for row in key_results},
        initiatives={str(row.id): row.title for row in parts.initiatives},
        parent_title=links.title_of,
    )
    runs = objective.state == ObjectiveState.ACTIVE
    heard = objective.last_heard_on
    return ObjectivePage(
        objective=objective,
        parts=parts,
        links=links,
        key_results=key_result_rows(objective, key_results, check_ins, parts, today=today),
        why=why_of(explained, objective.cycle, today=today, is_bent=bool(parts.planned), can_move=runs),
        history=_history(objective, parts.history, today),
        confidence_line=_confidence_line(objective, parts.history, today),
        conversation=conversation_of(
            user, objective, key_results, check_ins, around, step_titles=titles, show=show, page=page
        ),
        status=shown_status(objective),
        heard_days=(today - heard).days if heard else None,
        freshness=_freshness(objective, today) if runs else "",
        next_due_on=min(filter(None, map(_asked_on, key_results)), default=None),
        can_edit=can_edit_objective(user, objective),
        can_check_in=_takes_check_in(user, objective, key_results),
        can_agree=objective.state == ObjectiveState.PROPOSED and can_agree_to_objective(user, objective),
        can_suggest=user.is_active and not user.is_viewer,
    )


def _asked_on(row: KeyResult) -> date | None:
    """When people are asked for it; what aligned objectives feed needs no words of its own."""
    return None if row.value_source == ValueSource.ALIGNED_OBJECTIVES else row.next_due_on


def _key_results(objective: Objective) -> list[KeyResult]:
    latest = Skip.objects.filter(key_result=OuterRef("pk"), undone_at__isnull=True).order_by("-created_at")
    rows = list(
        KeyResult.objects.filter(objective=objective)
        .select_related("owner")
        .annotate(skip_reason=Subquery(latest.values("reason")[:1]))
        .order_by("position", "pk")
    )
    for row in rows:
        row.objective = objective
    return rows


def _check_ins(objective: Objective) -> dict[UUID, list[CheckIn]]:
    """All of them, oldest first, by key result."""
    rows = (
        CheckIn.objects.filter(key_result__objective=objective, key_result__deleted_at__isnull=True)
        .select_related("author", "recorded_by")
        .annotate(version_count=Count("versions"))
        .defer("source_fields")
        .order_by("observed_on", "recorded_at", "pk")
    )
    grouped: dict[UUID, list[CheckIn]] = defaultdict(list)
    for row in rows:
        grouped[row.key_result_id].append(row)
    return grouped


def _takes_check_in(user: User, objective: Objective, key_results: Sequence[KeyResult]) -> bool:
    state, cycle = ObjectiveState(objective.state), CycleState(objective.cycle.state)
    return any(
        why_no_check_in(state, cycle, KeyResultState(row.state)) is None and can_check_in(user, row)
        for row in key_results
    )


def _freshness(objective: Objective, today: date) -> str:
    fresh, due, stale = objective.fresh_until, objective.due_until, objective.stale_until
    if fresh is None or due is None or stale is None:
        return ""
    return str(freshness_on(FreshnessDates(fresh, due, stale), today) or "")


def _history(objective: Objective, rows: Sequence[HistoryRow], today: date) -> tuple[HistoryPoint, ...]:
    """Kept days and, while it is open, how it stands today."""
    days = {row.on: HistoryPoint(row.on, row.progress, row.expected) for row in rows}
    if objective.state in (ObjectiveState.ACTIVE, ObjectiveState.PAUSED) and objective.progress is not None:
        days[today] = HistoryPoint(today, objective.progress, objective.expected)
    return tuple(days[on] for on in sorted(days) if days[on].progress is not None)


def _confidence_line(
    objective: Objective, rows: Sequence[HistoryRow], today: date
) -> tuple[tuple[float, Decimal], ...]:
    """(share of the cycle, mean confidence): one point a week, and today's."""
    starts_on, ends_on = objective.cycle.starts_on, objective.cycle.ends_on
    said = {row.on: row.confidence for row in rows}
    if objective.state == ObjectiveState.ACTIVE:
        said[today] = objective.confidence_mean
    weeks: dict[int, tuple[float, Decimal]] = {}
    for on in sorted(said):
        share, confidence = elapsed_share(starts_on, ends_on, on), said[on]
        if share is not None and confidence is not None and starts_on is not None:
            weeks[(on - starts_on).days // 7] = (float(share), confidence)
    return tuple(weeks.values())
