"""Under which priority an objective is told where a page is ordered by priority."""

from __future__ import annotations

from collections import deque
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from alignment.models import AlignmentLink
from alignment.rules.kinds import LinkState
from common.known_ids import known_id
from common.plain_rows import id_text, plain_rows
from objectives.models import KeyResult, Objective
from objectives.permissions import sees_objective
from people.models import User


def priorities_above(viewer: User) -> dict[UUID, UUID]:
    """By objective the priority that it leads to by the shortest way, the highest ranked of equals. One statement.

    Only over what the viewer may see; declined links lead nowhere. What leads nowhere is not there.
    """
    through = KeyResult.everything.filter(pk=OuterRef("key_result_id")).order_by()
    links = AlignmentLink.objects.filter(organisation_id=viewer.organisation_id).exclude(
        state=LinkState.DECLINED
    )
    seen = Objective.objects.filter(sees_objective(viewer)).order_by().values("pk")
    rows = plain_rows(
        links.filter(child_id__in=seen)
        .order_by(F("priority__rank").asc(nulls_last=True), "priority_id")
        .values_list(
            id_text("child_id"),
            id_text("priority_id"),
            id_text(Coalesce("objective_id", Subquery(through.values("objective_id")))),
        )
    )
    return {known_id(child): known_id(priority) for child, priority in _followed(rows).items()}


def _followed(rows: list[tuple[str, str | None, str | None]]) -> dict[str, str]:
    children: dict[str, list[str]] = {}
    found: dict[str, str] = {}
    for child, priority, above in rows:
        if priority is not None:
            found.setdefault(child, priority)
        elif above is not None:
            children.setdefault(above, []).append(child)
    waiting = deque(found)
    while waiting:
        parent = waiting.popleft()
        for child in children.get(parent, ()):
            if child not in found:
                found[child] = found[parent]
                waiting.append(child)
    return found
