"""What stands on the page for writing an objective before anybody types: empty, as it is, or carried over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from alignment.models import AlignmentLink
from dashboards.forms.objective_typed import (
    TypedKeyResult,
    TypedLink,
    TypedObjective,
    TypedPoint,
    TypedStep,
    TypedWork,
)
from dashboards.forms.typed_values import typed_number
from objectives.models import Initiative
from objectives.queries.objective_for_edit import KeyResultEditRow, ObjectiveEditRow
from objectives.rules.kinds import KeyResultKind, KeyResultState

ENDED = (KeyResultState.CLOSED, KeyResultState.CANCELLED)


def typed_row(
    row: ObjectiveEditRow,
    *,
    links: Iterable[AlignmentLink] = (),
    initiatives: Mapping[UUID, list[Initiative]] | None = None,
) -> TypedObjective:
    """An objective as its page shows it before anybody types."""
    work = initiatives or {}
    typed = TypedObjective(
        version=str(row.version),
        title=row.title,
        why=row.why,
        kind=row.kind.value,
        owner=_id(row.owner_id),
        team=_id(row.team_id),
        cycle=_id(row.cycle_id),
        visibility=row.visibility.value,
        keeps_us_running=row.keeps_us_running,
        counts_when_private=row.counts_when_private,
        contributors=[str(pk) for pk in row.contributor_ids],
        links=_links(links),
        key_results=[_key_result(one, work.get(one.id, [])) for one in row.key_results],
    )
    typed.was = typed.digest
    return typed


def typed_key_result(row: KeyResultEditRow, initiatives: Iterable[Initiative] = ()) -> TypedKeyResult:
    """One key result as it is now."""
    return _key_result(row, list(initiatives))


def carried_over(
    row: ObjectiveEditRow,
    *,
    cycle_id: str,
    links: Iterable[AlignmentLink],
    values: Mapping[UUID, Decimal | None],
) -> TypedObjective:
    """A new objective that says what an earlier one said; its numbers start where they stand (`values`) now."""
    typed = typed_row(row, links=links)
    typed.version = typed.was = ""
    typed.cycle = cycle_id
    typed.links = [replace(link, id="", was="") for link in typed.links]
    kept = [one for one in zip(row.key_results, typed.key_results, strict=True) if one[0].state not in ENDED]
    typed.key_results = [
        _fresh_start(old, one, place, values.get(old.id)) for place, (old, one) in enumerate(kept, start=1)
    ]
    return typed


def _fresh_start(
    old: KeyResultEditRow, row: TypedKeyResult, place: int, value: Decimal | None
) -> TypedKeyResult:
    """A copy without history; a metric that has not arrived starts from where it stands."""
    row = replace(row, key=f"k{place}", id="", version="", was="", points=[], done_by="")
    row.steps = [TypedStep(title=step.title, weight=step.weight) for step in row.steps]
    if old.kind.is_metric and value is not None and old.target_value is not None:
        is_short = (
            value < old.target_value if old.kind == KeyResultKind.INCREASE else value > old.target_value
        )
        row.start_value = typed_number(value) if is_short else row.target_value
        row.target_value = row.target_value if is_short else ""
    return row


def _key_result(row: KeyResultEditRow, work: list[Initiative]) -> TypedKeyResult:
    typed = TypedKeyResult(
        key=str(row.id),
        id=str(row.id),
        version=str(row.version),
        title=row.title,
        kind=row.kind.value,
        unit=row.unit,
        start_value=typed_number(row.start_value),
        target_value=typed_number(row.target_value),
        lower_bound=typed_number(row.lower_bound),
        upper_bound=typed_number(row.upper_bound),
        weight=typed_number(row.weight),
        owner=_id(row.owner_id),
        cadence_days=str(row.cadence_days),
        value_source=row.value_source.value,
        steps=[
            TypedStep(
                str(step.id),
                step.title,
                typed_number(step.weight),
                step.due_on.isoformat() if step.due_on else "",
            )
            for step in row.milestones
        ],
        work=[TypedWork(str(one.pk), one.title, one.url, one.state) for one in work],
        ended=row.state.value if row.state in ENDED else "",
    )
    if row.kind == KeyResultKind.YES_NO:
        typed.done_by = min((on.isoformat() for on, value in row.planned_values if value >= 1), default="")
    else:
        typed.points = [TypedPoint(on.isoformat(), typed_number(value)) for on, value in row.planned_values]
    typed.was = typed.digest
    return typed


def _links(links: Iterable[AlignmentLink]) -> list[TypedLink]:
    """The first link to a priority first; a blank one stands for it where there is none."""
    rows = [
        TypedLink(
            str(link.pk),
            f"{link.parent_type}:{link.parent_id}",
            link.kind,
            typed_number(link.weight),
            link.reason,
        )
        for link in links
    ]
    for row in rows:
        row.was = row.digest
    first = next((row for row in rows if row.parent.startswith("priority:")), TypedLink())
    return [first, *(row for row in rows if row is not first)]


def _id(pk: UUID | None) -> str:
    return str(pk) if pk is not None else ""
