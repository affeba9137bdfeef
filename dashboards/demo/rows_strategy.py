"""Priorities with their news, and the links that lead to them."""

from __future__ import annotations

from typing import Any

from alignment.models import AlignmentLink, PriorityNews, StrategicPriority
from dashboards.demo.calendar import id_of, moment
from dashboards.demo.organisation import PRIORITIES
from dashboards.demo.rows import Rows
from dashboards.demo.rows_versions import add_versions
from dashboards.demo.shapes import LinkSpec, ObjectiveSpec


def add_priorities(rows: Rows) -> None:
    """Five active priorities in their rank, each with its history of news."""
    for rank, spec in enumerate(PRIORITIES, start=1):
        at = moment(rows.calendar.days_ago(spec.asked_days_ago), 14)
        owner = rows.people[spec.owner]
        priority = StrategicPriority(
            id=id_of(at, "priority", spec.title),
            organisation=rows.organisation,
            title=spec.title,
            narrative=spec.narrative,
            not_doing=spec.not_doing,
            owner=owner,
            starts_on=at.date(),
            rank=rank,
            activated_at=at,
            created_by=owner,
            created_at=at,
        )
        rows.priorities[spec.title] = rows.add(priority)
    for spec in PRIORITIES:
        for days_ago, line in spec.news:
            on = rows.calendar.days_ago(days_ago)
            at = moment(on, 16)
            rows.add(
                PriorityNews(
                    id=id_of(at, "news", spec.title),
                    priority=rows.priorities[spec.title],
                    text=line,
                    author=rows.people[spec.owner],
                    on=on,
                    created_at=at,
                )
            )


def add_links(rows: Rows, objectives: tuple[ObjectiveSpec, ...]) -> None:
    """Every link of these objectives, parents may be written anywhere in the demo; then the versions that ask them."""
    for spec in objectives:
        for link in spec.links:
            child = rows.objectives[spec.title]
            rows.add(
                AlignmentLink(
                    id=id_of(child.created_at, "link", spec.title, link.to),
                    organisation=rows.organisation,
                    child=child,
                    kind=link.kind,
                    weight=link.weight,
                    state=link.state,
                    reason=link.reason,
                    created_by=child.owner,
                    created_at=child.created_at,
                    **_parent(rows, link),
                )
            )
    add_versions(rows)


def _parent(rows: Rows, link: LinkSpec) -> dict[str, Any]:
    if link.to in rows.priorities:
        return {"priority": rows.priorities[link.to]}
    if link.to in rows.objectives:
        return {"objective": rows.objectives[link.to]}
    return {"key_result": rows.key_results[link.to]}
