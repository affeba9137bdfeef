"""Why a rolled-up number is what it is: parts, weights, shares, contributions, and what was left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from alignment.models import AlignmentLink, PriorityProgress, StrategicPriority
from alignment.rules.kinds import LinkKind
from common.ratio import shown_percent
from objectives.models import Cycle, KeyResult, Objective
from objectives.permissions import visible_objectives
from objectives.queries.cycles_around import cycles_around
from objectives.rules.kinds import KeyResultKind, KeyResultState, ObjectiveState, Status, Visibility
from objectives.rules.left_out import LeftOutReason, counts_above_itself, why_left_out
from objectives.rules.roll_up import Explanation, Part, explain
from people.models import User

RULE = "sum of weight × progress, divided by the sum of weights"
PRIVATE_TITLE = "a private objective"
GONE_TITLE = "a deleted objective"


@dataclass(frozen=True, slots=True)
class ExplainedPart:
    """A part that counts. `title` is what this viewer may know; `contribution` adds up to the value exactly."""

    type: str
    id: UUID | None
    title: str
    weight: Decimal
    share: Decimal
    progress: Decimal
    contribution: Decimal
    status: Status


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part that does not count, and why."""

    type: str
    id: UUID | None
    title: str
    reason: LeftOutReason

    @property
    def words(self) -> str:
        return self.reason.words


@dataclass(frozen=True, slots=True)
class Likely:
    """The value at close, with the edges of its 80 % band."""

    mean: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Explained:
    """A rolled-up number taken apart; `value` None means that nothing counts yet."""

    value: Decimal | None
    rule: str
    parts: tuple[ExplainedPart, ...]
    left_out: tuple[LeftOut, ...]
    expected: Decimal | None
    forecast: Likely | None
    sentence: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A possible part, as read."""

    type: str
    id: UUID | None
    title: str
    weight: Decimal
    progress: Decimal | None
    status: Status
    reason: LeftOutReason | None


def explain_objective(user: User, objective: Objective) -> Explained:
    """Take an objective's progress apart for a viewer who may see it; four queries. Deleted parts are left out by name."""
    own = KeyResult.everything.filter(objective=objective).order_by("position", "pk")
    links = list(AlignmentLink.objects.filter(objective=objective).select_related("child"))
    return explain_read(objective, own, links, hidden=_hidden_from(user, links))


def explain_read(
    objective: Objective,
    key_results: Iterable[KeyResult],
    links: Iterable[AlignmentLink],
    *,
    hidden: Collection[UUID],
) -> Explained:
    """The same from rows that were read already, without a query.

    key_results  all of the objective, by position
    links        those that end at it, each with its child
    hidden       ids of children that the viewer may not see
    """
    closing = objective.closing_children if objective.state == ObjectiveState.CLOSED else None
    links = list(links)
    candidates = [_of_key_result(row) for row in key_results] + _of_links(links, hidden, closing=closing)
    candidates += _gone_since(closing or {}, {str(link.child_id) for link in links})
    return _explained(candidates, objective.progress, objective.expected, _likely(objective))


def explain_priority(user: User, priority: StrategicPriority, cycle: Cycle) -> Explained:
    """Take a priority's progress in a cycle (and the cycles inside it) apart."""
    around = cycles_around(cycle.organisation_id)
    inside = {inner for inner, outer in around.items() if cycle.pk in outer}
    links = list(AlignmentLink.objects.filter(priority=priority).select_related("child"))
    candidates = _of_links(links, _hidden_from(user, links), inside=inside)
    standing = PriorityProgress.objects.filter(priority=priority, cycle=cycle).first() or PriorityProgress()
    return _explained(candidates, standing.progress, standing.expected, _likely(standing))


def explain_key_result(user: User, key_result: KeyResult) -> Explained:
    """Take apart a key result whose value comes from aligned objectives. A baseline has none: nothing counts there."""
    links = list(AlignmentLink.objects.filter(key_result=key_result).select_related("child"))
    below = _of_links(links, _hidden_from(user, links))
    if key_result.kind == KeyResultKind.BASELINE:
        below = [replace(one, reason=one.reason or LeftOutReason.BASELINE) for one in below]
    return _explained(below, key_result.progress, key_result.expected, None)


def _explained(
    candidates: list[_Candidate], value: Decimal | None, expected: Decimal | None, likely: Likely | None
) -> Explained:
    counted = [one for one in candidates if one.reason is None]
    by_key = {str(place): one for place, one in enumerate(counted)}
    parts = explain(Part(key, one.weight, one.progress) for key, one in by_key.items())
    rows = tuple(
        ExplainedPart(
            by_key[str(part.key)].type,
            by_key[str(part.key)].id,
            by_key[str(part.key)].title,
            part.weight,
            part.share,
            part.progress,
            part.contribution,
            by_key[str(part.key)].status,
        )
        for part in parts.parts
    )
    left_out = tuple(LeftOut(one.type, one.id, one.title, one.reason) for one in candidates if one.reason)
    return Explained(
        value=parts.value if parts.parts else value,
        rule=RULE,
        parts=rows,
        left_out=left_out,
        expected=expected,
        forecast=likely,
        sentence=_sentence(parts, rows),
    )


def _sentence(explanation: Explanation, rows: tuple[ExplainedPart, ...]) -> str:
    if explanation.value is None:
        return "Nothing counts yet, so there is no number to show."
    sums = " + ".join(f"{100 * row.contribution:.2f}".rstrip("0").rstrip(".") for row in rows)
    total = f"{100 * explanation.value:.2f}".rstrip("0").rstrip(".")
    steepest = max(rows, key=lambda row: row.share)
    gain = shown_percent(steepest.share / 10)
    return f"{sums} = {total} %. Every 10 more points on “{steepest.title}” add {gain} here."


def _of_key_result(row: KeyResult) -> _Candidate:
    reason = why_left_out(
        state=KeyResultState(row.state),
        weight=row.weight,
        progress=row.progress,
        kind=KeyResultKind(row.kind),
        is_deleted=row.deleted_at is not None,
    )
    return _Candidate("key_result", row.pk, row.title, row.weight, row.progress, Status(row.status), reason)


def _of_links(
    links: Iterable[AlignmentLink],
    hidden: Collection[UUID],
    *,
    inside: set[UUID] | None = None,
    closing: Mapping[str, tuple[str, str]] | None = None,
) -> list[_Candidate]:
    """Children behind links. What is not visible to everybody counts nowhere, so it is not named to anybody either,
    unless its owner lets it count: then it is "a private objective" to those who may not see it.

    closing  what counted when the parent was closed, by child id: weight and progress of that day hold for ever
    """
    found: list[_Candidate] = []
    for link in links:
        child = link.child
        then = closing.get(str(child.pk)) if closing else None
        counts = then is not None or counts_above_itself(
            Visibility(child.visibility), counts_when_private=child.counts_when_private
        )
        is_hidden = child.pk in hidden
        if is_hidden and not counts:
            continue
        reason = why_left_out(
            state=ObjectiveState(child.state),
            weight=link.weight,
            progress=child.progress,
            link_kind=LinkKind(link.kind),
            is_deleted=child.deleted_at is not None,
            is_private=not counts,
            is_other_cycle=inside is not None and child.cycle_id not in inside,
        )
        if closing:
            reason = None if then else reason or LeftOutReason.NO_VALUE
        if is_hidden and reason is not None:
            continue
        found.append(
            _Candidate(
                "objective",
                None if is_hidden else child.pk,
                PRIVATE_TITLE if is_hidden else child.title,
                Decimal(then[0]) if then else link.weight,
                Decimal(then[1]) if then else child.progress,
                Status(child.status),
                reason,
            )
        )
    return found


def _gone_since(closing: Mapping[str, tuple[str, str]], linked: Collection[str]) -> list[_Candidate]:
    """What counted when the parent was closed and is no longer there: the frozen number goes on adding up."""
    return [
        _Candidate("objective", None, GONE_TITLE, Decimal(weight), Decimal(progress), Status.NO_DATA, None)
        for pk, (weight, progress) in closing.items()
        if pk not in linked
    ]


def _hidden_from(user: User, links: list[AlignmentLink]) -> set[UUID]:
    closed = [link.child_id for link in links if link.child.visibility != Visibility.ORGANISATION]
    if not closed:
        return set()
    seen = visible_objectives(user).filter(pk__in=closed).values_list("pk", flat=True)
    return set(closed) - set(seen)


def _likely(row: Any) -> Likely | None:
    if row.forecast_mean is None:
        return None
    return Likely(row.forecast_mean, row.forecast_low, row.forecast_high)
