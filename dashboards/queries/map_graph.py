"""The alignment map: priorities, objectives and key results of a cycle with every link between them.

At most eight statements however many rows there are; ids stand as text, ratios as numbers from 0 to 1.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, FloatField, IntegerField, Q, Value, When
from django.db.models.functions import Cast

from alignment.models import AlignmentLink, LinkAnswer
from alignment.rules.kinds import LinkKind, LinkState
from common.known_ids import known_id
from common.plain_rows import id_text, plain_rows
from dashboards.queries.gaps import COUNTED_STATES
from dashboards.queries.map_key_results import MapKeyResult, map_key_results, plain_id
from dashboards.queries.objective_list import LISTED, PriorityHead, priority_heads
from objectives.models import Cycle, Objective
from objectives.permissions import visible_objectives
from objectives.rules.kinds import ObjectiveState, Visibility
from people.models import User

MOST_NODES = 6000
"""With more, only key results that are parents of objectives come along, and those of `key_results_of`."""


@dataclass(frozen=True, slots=True)
class MapObjective:
    """`cycle` is "" in the cycle that was asked for. `heard_days` None: nobody was heard yet. `status`: as a page
    shows it, the state for what does not run. `may_link`: whether this reader may say where it leads."""

    id: str
    title: str
    status: str
    team: str
    owner_id: str
    owner: str
    progress: float | None
    expected: float | None
    heard_days: int | None
    is_quiet: bool
    cycle: str
    key_result_count: int
    may_link: bool


@dataclass(frozen=True, slots=True)
class MapEdge:
    """A link from `child` up to `parent`. `child` "" is a private objective that counts: nothing else is told of it.

    share  of the parent's number that hangs on it, 0..1; None where it does not count
    on     the day of the last answer to a dependency
    """

    id: str
    child: str
    parent_type: str
    parent: str
    kind: str
    state: str
    share: float | None
    on: date | None


@dataclass(frozen=True, slots=True)
class MapGraph:
    """Rows in reading order. `has_all_key_results` is False where the map is too big to bring them all."""

    cycle: str
    priorities: tuple[PriorityHead, ...]
    objectives: tuple[MapObjective, ...]
    key_results: tuple[MapKeyResult, ...]
    edges: tuple[MapEdge, ...]
    has_all_key_results: bool


@dataclass(frozen=True, slots=True)
class _Link:
    """A link as it is stored, with what decides whether its child counts."""

    id: str
    child: str
    priority: str | None
    objective: str | None
    key_result: str | None
    key_result_objective: str | None
    kind: str
    state: str
    weight: float
    child_state: str
    child_visibility: str
    child_counts: Any
    child_progress: float | None
    child_cycle: str

    @property
    def above(self) -> str | None:
        """The objective at the upper end, or around the key result there."""
        return self.objective or self.key_result_objective

    @property
    def counts(self) -> bool:
        is_told = self.child_visibility == Visibility.ORGANISATION or self.child_counts
        is_counted = self.child_state in COUNTED_STATES and self.child_progress is not None
        return bool(self.kind == LinkKind.CONTRIBUTES and is_told and is_counted)

    @property
    def whole_of(self) -> tuple[str, ...]:
        """What its weight is a share of; priorities stand in each cycle for themselves."""
        return (self.priority, self.child_cycle) if self.priority else (self.objective or "",)


def map_graph(user: User, cycle_id: UUID, *, today: date, key_results_of: UUID | None = None) -> MapGraph:
    """What the reader may see of a cycle, and what is linked to it in cycles that run at the same time.

    A private objective that counts is an edge without a child; every other hidden row leaves no trace.
    """
    cycles = _cycles_beside(user.organisation_id, cycle_id)
    here = next((key for key in cycles if known_id(key) == cycle_id), "")
    heads = priority_heads(user, cycle_id)
    seen = _objectives(user, cycles, here, today)
    links = _links(user.organisation_id)
    shown = _connected(seen, links)
    priorities = {str(head.id) for head in heads}
    node_count = len(shown) + sum(row.key_result_count for row in shown.values())
    is_whole = node_count <= MOST_NODES
    wholes: dict[tuple[str, ...], float] = defaultdict(float)
    for link in links:
        if link.counts:
            wholes[link.whole_of] += link.weight
    key_results = map_key_results(
        user.organisation_id, shown, cycles, wholes, all_of_them=is_whole, only_of=key_results_of
    )
    edges = _edges(links, seen, shown, priorities, {row.key for row in key_results}, cycles, wholes)
    return MapGraph(
        cycle=cycles.get(here, ""),
        priorities=heads,
        objectives=tuple(shown.values()),
        key_results=tuple(key_results),
        edges=_with_answers(user.organisation_id, edges),
        has_all_key_results=is_whole,
    )


def _cycles_beside(organisation_id: UUID, cycle_id: UUID) -> dict[str, str]:
    """The cycle and every one with a day in common, id as the database writes it → name; the cycle comes first."""
    found = Cycle.objects.filter(organisation_id=organisation_id).order_by("starts_on", "pk")
    rows = list(found.annotate(key=id_text("pk")).values_list("pk", "key", "name", "starts_on", "ends_on"))
    own = next((row for row in rows if row[0] == cycle_id), None)
    if own is None:
        return {}
    _, here, own_name, first, last = own
    beside = {here: own_name}
    for _, key, name, starts_on, ends_on in rows:
        if first and last and starts_on and ends_on and starts_on <= last and first <= ends_on:
            beside[key] = name
    return beside


def _objectives(user: User, cycles: Mapping[str, str], here: str, today: date) -> dict[str, MapObjective]:
    """What the reader may see in these cycles, by id as the database writes it."""
    quiet = Case(When(due_until__lt=today, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = plain_rows(
        visible_objectives(user)
        .filter(state__in=LISTED, cycle_id__in=[known_id(key) for key in cycles])
        .annotate(quiet=quiet)
        .order_by("position", "pk")
        .values_list(
            id_text("pk"), "title", "state", "status", "team__name", id_text("owner_id"), "owner__name",
            "owner_label", Cast("progress", FloatField()), Cast("expected", FloatField()), "last_heard_on", "quiet",
            id_text("cycle_id"), "key_result_count", id_text("team__lead_id"),
        )
    )  # fmt: skip
    own = _own(user)
    found = {}
    for (
        pk, title, state, status, team, owner_id, owner, label, progress, expected, heard, is_quiet, cycle, count, lead
    ) in rows:  # fmt: skip
        works_on_it = owner_id in own or lead in own or pk in own
        found[pk] = MapObjective(
            id=plain_id(pk), title=title, status=_status(state, status), team=team or "",
            owner_id=plain_id(owner_id) if owner_id else "", owner=owner or label or "",
            progress=progress, expected=expected, heard_days=_days(heard, today),
            is_quiet=bool(is_quiet), cycle="" if cycle == here else cycles[cycle], key_result_count=count,
            may_link=not user.is_viewer and (user.is_administrator or works_on_it),
        )  # fmt: skip
    return found


def _own(user: User) -> set[str]:
    """The reader and the objectives that the reader contributes to, as the database writes ids."""
    through = Objective.contributors.through.objects.filter(user_id=user.pk).order_by()
    rows = plain_rows(through.values_list(id_text("objective_id"), id_text("user_id")))
    return {pk for row in rows for pk in row} | {user.pk.hex, str(user.pk)}


def _status(state: str, status: str) -> str:
    return status if state == ObjectiveState.ACTIVE else state


def _days(heard: Any, today: date) -> int | None:
    if not heard:
        return None
    return (today - (date.fromisoformat(heard) if isinstance(heard, str) else heard)).days


def _links(organisation_id: UUID) -> list[_Link]:
    rows = (
        AlignmentLink.objects.filter(organisation_id=organisation_id, child__deleted_at__isnull=True)
        .exclude(state=LinkState.DECLINED)
        .order_by("created_at", "pk")
        .values_list(
            id_text("pk"), id_text("child_id"), id_text("priority_id"), id_text("objective_id"),
            id_text("key_result_id"), id_text("key_result__objective_id"), "kind", "state",
            Cast("weight", FloatField()), "child__state", "child__visibility", "child__counts_when_private",
            Cast("child__progress", FloatField()), id_text("child__cycle_id"),
        )
    )  # fmt: skip
    return [_Link(*row) for row in plain_rows(rows)]


def _connected(seen: Mapping[str, MapObjective], links: Iterable[_Link]) -> dict[str, MapObjective]:
    """The objectives of the cycle, and those of other cycles that a chain of links ties to them."""
    beside: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.above is not None and link.child in seen and link.above in seen:
            beside[link.child].append(link.above)
            beside[link.above].append(link.child)
    kept = {pk for pk, row in seen.items() if not row.cycle}
    waiting = deque(kept)
    while waiting:
        for other in beside.get(waiting.popleft(), ()):
            if other not in kept:
                kept.add(other)
                waiting.append(other)
    return {pk: row for pk, row in seen.items() if pk in kept}


def _edges(
    links: Iterable[_Link],
    seen: Mapping[str, MapObjective],
    shown: Mapping[str, MapObjective],
    priorities: set[str],
    key_results: set[str],
    cycles: Mapping[str, str],
    wholes: Mapping[tuple[str, ...], float],
) -> list[MapEdge]:
    """Links between what is shown, and from private objectives that count to what is shown."""
    found = []
    for link in links:
        if link.priority is not None:
            parent_type, parent = "priority", plain_id(link.priority)
            is_shown = parent in priorities
        else:
            parent_type = "objective" if link.objective else "key_result"
            key = link.objective or link.key_result or ""
            parent = plain_id(key)
            is_shown = key in shown if link.objective else key in key_results
        is_private = link.child not in seen and _is_private_that_counts(link, cycles)
        if not is_shown or not (link.child in shown or is_private):
            continue
        whole = wholes.get(link.whole_of, 0)
        share = link.weight / whole if link.counts and whole and parent_type != "key_result" else None
        child = "" if is_private else shown[link.child].id
        link_id = "" if is_private else plain_id(link.id)
        found.append(MapEdge(link_id, child, parent_type, parent, link.kind, link.state, share, None))
    return found


def _is_private_that_counts(link: _Link, cycles: Mapping[str, str]) -> bool:
    return link.counts and link.child_visibility != Visibility.ORGANISATION and link.child_cycle in cycles


def _with_answers(organisation_id: UUID, edges: list[MapEdge]) -> tuple[MapEdge, ...]:
    """Dependencies with the day of their last answer."""
    if not any(edge.kind == LinkKind.DEPENDS_ON for edge in edges):
        return tuple(edges)
    answers = LinkAnswer.objects.filter(Q(link__organisation_id=organisation_id)).order_by("at", "pk")
    last: dict[str, datetime] = {str(pk): at for pk, at in answers.values_list("link_id", "at")}
    return tuple(replace(edge, on=last[edge.id].date()) if edge.id in last else edge for edge in edges)
