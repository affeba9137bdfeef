"""What an objective leads to and what leads to it, as far as a person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from alignment.models import AlignmentLink
from alignment.permissions import sees_child, sees_parent
from alignment.queries.explain import PRIVATE_TITLE
from alignment.rules.kinds import LinkKind, LinkState
from dashboards.queries.gaps import COUNTED_STATES, counted_above
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import KeyResultKind, KeyResultState, ObjectiveState, Visibility
from people.models import User

COUNTED_KEY_RESULTS = (KeyResultState.ACTIVE, KeyResultState.PAUSED, KeyResultState.CLOSED)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link as seen from this objective. `id` None: a private objective that counts, without its title.

    type    priority, objective or key_result: what stands at the other end
    share   of the parent's number that hangs on this link, 0..1; None where it does not count
    """

    link_id: UUID
    type: str
    id: UUID | None
    title: str
    within: str
    kind: str
    state: str
    status: str
    reason: str
    share: Decimal | None
    is_up: bool


@dataclass(frozen=True, slots=True)
class ObjectiveLinks:
    """`below` holds all links that end at the objective itself, `hidden` the children a person may not see."""

    rows: tuple[LinkRow, ...]
    below: tuple[AlignmentLink, ...]
    hidden: frozenset[UUID]

    @property
    def up(self) -> tuple[LinkRow, ...]:
        return tuple(row for row in self.rows if row.is_up)

    @property
    def down(self) -> tuple[LinkRow, ...]:
        return tuple(row for row in self.rows if not row.is_up)

    @property
    def priority(self) -> LinkRow | None:
        """The first priority that it leads to."""
        return next((row for row in self.up if row.type == "priority"), None)

    def title_of(self, parent_id: str) -> str | None:
        """The title of a parent that the person may see, for what the log says about links."""
        return next((row.title for row in self.up if str(row.id) == parent_id), None)


def objective_links(user: User, objective: Objective) -> ObjectiveLinks:
    """Links in both directions, those of its key results too; one statement."""
    ends_here = Q(objective=objective) | Q(
        key_result__objective=objective, key_result__deleted_at__isnull=True
    )
    found = (
        AlignmentLink.objects.filter(
            Q(child=objective) | ends_here,
            organisation_id=objective.organisation_id,
            child__deleted_at__isnull=True,
        )
        .select_related("child__team", "priority", "objective__team", "key_result__objective")
        .annotate(
            child_seen=ExpressionWrapper(sees_child(user), BooleanField()),
            parent_seen=ExpressionWrapper(sees_parent(user), BooleanField()),
            whole_weight=_whole_weight(objective),
        )
        .order_by(F("priority__rank").asc(nulls_last=True), "created_at", "pk")
    )
    links = list(found)
    below = tuple(link for link in links if link.objective_id == objective.pk)
    hidden = frozenset(
        link.child_id
        for link in links
        if not link.child_seen and link.child.visibility != Visibility.ORGANISATION
    )
    rows = [_up(objective, link) for link in links if link.child_id == objective.pk and link.parent_seen]
    rows += [
        row for link in links if link.child_id != objective.pk and (row := _down(link, hidden)) is not None
    ]
    return ObjectiveLinks(tuple(rows), below, hidden)


def _whole_weight(objective: Objective) -> Combinable:
    """The weight of everything that counts beside this objective in the parent of a link, itself included."""
    siblings = AlignmentLink.objects.filter(
        counted_above("child__"),
        kind=LinkKind.CONTRIBUTES,
        child__state__in=COUNTED_STATES,
        child__progress__isnull=False,
    )
    own = (
        KeyResult.objects.filter(
            objective_id=OuterRef("objective_id"), state__in=COUNTED_KEY_RESULTS, progress__isnull=False
        )
        .exclude(kind=KeyResultKind.BASELINE)
        .order_by()
        .values("objective_id")
    )

    def weight(rows: Any, by: str) -> Subquery:
        grouped = rows.filter(**{by: OuterRef(by)}).order_by().values(by)
        return Subquery(grouped.annotate(whole=Sum("weight")).values("whole"))

    own_weight = Subquery(own.annotate(whole=Sum("weight")).values("whole"))
    nothing = Decimal(0)
    return (
        Coalesce(weight(siblings.filter(child__cycle_id=objective.cycle_id), "priority_id"), nothing)
        + Coalesce(weight(siblings, "objective_id"), nothing)
        + Coalesce(weight(siblings, "key_result_id"), nothing)
        + Coalesce(own_weight, nothing)
    )


def _up(objective: Objective, link: AlignmentLink) -> LinkRow:
    parent: Any = link.priority or link.objective or link.key_result
    within = ""
    if link.key_result is not None:
        within = link.key_result.objective.title
    elif link.objective is not None and link.objective.team is not None:
        within = link.objective.team.name
    return LinkRow(
        link_id=link.pk,
        type=link.parent_type,
        id=parent.pk,
        title=parent.title,
        within=within,
        kind=link.kind,
        state=link.state,
        status="" if link.priority else parent.status,
        reason=link.reason,
        share=_share(objective, link),
        is_up=True,
    )


def _share(objective: Objective, link: AlignmentLink) -> Decimal | None:
    counts = (
        link.kind == LinkKind.CONTRIBUTES
        and objective.state in COUNTED_STATES
        and objective.progress is not None
        and (objective.visibility == Visibility.ORGANISATION or objective.counts_when_private)
    )
    if not counts or link.parent_type == "key_result" or not link.whole_weight:  # type: ignore[attr-defined]
        return None
    return link.weight / Decimal(link.whole_weight)  # type: ignore[attr-defined]


def _down(link: AlignmentLink, hidden: frozenset[UUID]) -> LinkRow | None:
    child = link.child
    is_hidden = child.pk in hidden
    counts = child.counts_when_private and link.kind == LinkKind.CONTRIBUTES and child.state in COUNTED_STATES
    if is_hidden and not counts:
        return None
    below = link.key_result.title if link.key_result is not None else ""
    return LinkRow(
        link_id=link.pk,
        type="objective",
        id=None if is_hidden else child.pk,
        title=PRIVATE_TITLE if is_hidden else child.title,
        within=below or ("" if is_hidden or child.team is None else child.team.name),
        kind=link.kind,
        state=link.state,
        status="" if is_hidden else shown_status(child),
        reason="" if is_hidden else link.reason,
        share=None,
        is_up=False,
    )


def shown_status(objective: Objective) -> str:
    """The computed status while it runs; else the state that it rests in."""
    return objective.status if objective.state == ObjectiveState.ACTIVE else str(objective.state)


def words_of_link(row: LinkRow) -> str:
    """ "Contributes to", "Depends on, not answered yet": what stands above the other end."""
    words = {
        (LinkKind.CONTRIBUTES, True): "Contributes to",
        (LinkKind.SUPPORTS, True): "Supports",
        (LinkKind.DEPENDS_ON, True): "Depends on",
        (LinkKind.CONTRIBUTES, False): "Gets contributions from",
        (LinkKind.SUPPORTS, False): "Supported by",
        (LinkKind.DEPENDS_ON, False): "Needed by",
    }[LinkKind(row.kind), row.is_up]
    answers = {
        LinkState.REQUESTED: ", not answered yet",
        LinkState.ACCEPTED: ", accepted",
        LinkState.DECLINED: ", declined",
    }
    return words + answers.get(LinkState(row.state), "")


def grouped_links(rows: Sequence[LinkRow]) -> list[tuple[str, list[LinkRow]]]:
    """Rows under the words of their link, in order of first appearance."""
    groups: dict[str, list[LinkRow]] = {}
    for row in rows:
        groups.setdefault(words_of_link(row), []).append(row)
    return list(groups.items())
