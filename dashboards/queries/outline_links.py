"""What opened objectives of the outline are linked to, in words: the edges that the map draws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from alignment.permissions import visible_links
from alignment.rules.kinds import LinkKind, LinkState
from people.models import User

UP = {
    LinkKind.CONTRIBUTES: "Contributes to",
    LinkKind.SUPPORTS: "Supports",
    LinkKind.DEPENDS_ON: "Depends on",
}
DOWN = {
    LinkKind.CONTRIBUTES: "Gets contributions from",
    LinkKind.SUPPORTS: "Supported by",
    LinkKind.DEPENDS_ON: "Needed by",
}
STATES = {
    LinkState.REQUESTED: ", not answered yet",
    LinkState.ACCEPTED: ", accepted",
    LinkState.RENEGOTIATED: ", something else is offered",
}


@dataclass(frozen=True, slots=True)
class OutlineLink:
    """One end of a link: "Depends on, accepted", and what stands at the other end (`route` names its page)."""

    words: str
    route: str
    id: UUID
    title: str


def outline_links(user: User, opened: Collection[UUID]) -> dict[UUID, tuple[OutlineLink, ...]]:
    """For each opened objective its links in both directions, those of its key results too; one statement at most."""
    if not opened:
        return {}
    found: dict[UUID, list[OutlineLink]] = defaultdict(list)
    links = (
        visible_links(user)
        .filter(
            Q(child__in=opened) | Q(objective__in=opened) | Q(key_result__objective__in=opened),
            child__deleted_at__isnull=True,
        )
        .exclude(state=LinkState.DECLINED)
        .select_related("child", "priority", "objective", "key_result")
        .order_by("created_at", "pk")
    )
    for link in links:
        parent = link.priority or link.objective or link.key_result
        assert parent is not None
        state, kind = STATES.get(LinkState(link.state), ""), LinkKind(link.kind)
        if link.child_id in opened:
            up = OutlineLink(UP[kind] + state, link.parent_type, parent.pk, parent.title)
            found[link.child_id].append(up)
        above = link.objective_id or (link.key_result.objective_id if link.key_result else None)
        if above is not None and above in opened:
            through = f" through “{parent.title}”" if link.key_result else ""
            down = OutlineLink(DOWN[kind] + through + state, "objective", link.child_id, link.child.title)
            found[above].append(down)
    return {pk: tuple(rows) for pk, rows in found.items()}
