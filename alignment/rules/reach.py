"""Whom a change of a priority reaches: everything below it, and whether it is asked or only told."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from alignment.rules.kinds import LinkKind

Node = TypeVar("Node", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Reached(Generic[Node]):
    """One node below. `path` leads from it up to where the change is, both included.

    `is_asked`: every step of some path contributes; what merely supports or depends on it is told. `kind` is the
    first step of `path`.
    """

    path: tuple[Node, ...]
    is_asked: bool
    kind: LinkKind


def reached_from(edges: Iterable[tuple[Node, Node, LinkKind]], start: Node) -> dict[Node, Reached[Node]]:
    """Everything below `start`, each node once by a shortest path, those asked before those told.

    An edge is (child, parent, kind). A part (a key result of its objective) is an edge that contributes. Loops end.
    """
    children: dict[Node, list[tuple[Node, LinkKind]]] = {}
    for child, parent, kind in edges:
        children.setdefault(parent, []).append((child, kind))
    found: dict[Node, Reached[Node]] = {start: Reached((start,), True, LinkKind.CONTRIBUTES)}
    _walk(children, found, [start], only_contributing=True)
    _walk(children, found, list(found), only_contributing=False)
    del found[start]
    return found


def _walk(
    children: dict[Node, list[tuple[Node, LinkKind]]],
    found: dict[Node, Reached[Node]],
    starts: list[Node],
    *,
    only_contributing: bool,
) -> None:
    waiting = deque(starts)
    while waiting:
        node = waiting.popleft()
        for child, kind in children.get(node, ()):
            if child in found or (only_contributing and kind != LinkKind.CONTRIBUTES):
                continue
            found[child] = Reached((child, *found[node].path), only_contributing, kind)
            waiting.append(child)
