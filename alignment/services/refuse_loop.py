"""No link may close a loop, and who is refused is told which one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal
from uuid import UUID

from alignment.models import AlignmentLink
from alignment.rules.graph import loop_path
from common.errors import RuleConflict
from objectives.models import KeyResult, Objective
from objectives.permissions import sees_objective
from people.models import User

Node = tuple[Literal["objective", "key_result"], UUID]


def refuse_loop(*, child: Objective, parent: Objective | KeyResult, by: User) -> None:
    """Raise RuleConflict, naming the way round, when a link from `child` to `parent` would close a loop.

    Links of every kind count, those of deleted objectives too, since they can come back. Titles that `by` may not
    see are not told. The caller holds the graph exclusively.
    """
    edges = list(_edges(child.organisation_id))
    above: Node = ("objective", parent.pk)
    if isinstance(parent, KeyResult):
        above = ("key_result", parent.pk)
        edges.append((above, ("objective", parent.objective_id)))
    loop = loop_path(edges, ("objective", child.pk), above)
    if loop is not None:
        way = " → ".join(_names(loop, by=by))
        raise RuleConflict(f"This link would close a loop: {way}.", code="loop")


def _edges(organisation_id: UUID) -> Iterator[tuple[Node, Node]]:
    rows = AlignmentLink.objects.filter(organisation_id=organisation_id, priority__isnull=True)
    columns = ("child_id", "objective_id", "key_result_id", "key_result__objective_id")
    for child, objective, key_result, key_result_objective in rows.values_list(*columns):
        if objective is not None:
            yield ("objective", child), ("objective", objective)
        else:
            yield ("objective", child), ("key_result", key_result)
            yield ("key_result", key_result), ("objective", key_result_objective)


def _names(loop: Iterable[Node], *, by: User) -> Iterator[str]:
    """One name per node; a key result of an unseen objective is left to the name of that objective."""
    nodes = list(loop)
    titles: dict[Node, str] = {}
    objectives = Objective.everything.filter(pk__in=[pk for kind, pk in nodes if kind == "objective"])
    for pk, title, deleted_at in objectives.filter(sees_objective(by)).values_list(
        "pk", "title", "deleted_at"
    ):
        titles["objective", pk] = f"“{title}”" if deleted_at is None else "a deleted objective"
    key_results = KeyResult.everything.filter(pk__in=[pk for kind, pk in nodes if kind == "key_result"])
    for pk, title in key_results.filter(sees_objective(by, "objective__")).values_list("pk", "title"):
        titles["key_result", pk] = f"“{title}”"
    for node in nodes:
        if node in titles:
            yield titles[node]
        elif node[0] == "objective":
            yield "a private objective"
