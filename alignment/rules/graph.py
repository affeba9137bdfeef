"""The alignment graph: paths, loops and the order in which numbers travel upwards (docs: RULES §2).

An edge is (child, parent). A node is any value that can be a dictionary key, as a rule (type, id). Where key
results are parents, give their edge to their own objective too: progress travels along it like any other.
"""

from collections import deque
from collections.abc import Hashable, Iterable
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


class LoopFound(ValueError):
    """The edges run in a circle. `path` names its nodes; the first one stands again at the end."""

    def __init__(self, path: list[Hashable]) -> None:
        super().__init__("the links form a loop")
        self.path = path


def find_path(edges: Iterable[tuple[Node, Node]], start: Node, goal: Node) -> list[Node] | None:
    """A shortest way upwards from `start` to `goal`, both included; None when there is none.

    [start] when both are the same node.
    """
    parents = _parents_by_child(edges)
    came_from: dict[Node, Node] = {}
    waiting = deque([start])
    seen = {start}
    while waiting:
        node = waiting.popleft()
        if node == goal:
            return _walk_back(came_from, start, goal)
        for parent in parents.get(node, ()):
            if parent not in seen:
                seen.add(parent)
                came_from[parent] = node
                waiting.append(parent)
    return None


def loop_path(edges: Iterable[tuple[Node, Node]], child: Node, parent: Node) -> list[Node] | None:
    """The loop that a new link from `child` to `parent` would close: [child, parent, …, child].

    None when the link is safe. A shortest such loop is named; linking a node to itself gives [child, child].
    """
    way = find_path(edges, parent, child)
    return None if way is None else [child, *way]


def topological_order(edges: Iterable[tuple[Node, Node]], nodes: Iterable[Node] = ()) -> list[Node]:
    """Every node once, children before their parents; ties keep the order of `nodes`, then of `edges`.

    Raises LoopFound, naming one loop, when there is no such order.
    """
    edges = list(dict.fromkeys(edges))
    children_left: dict[Node, int] = dict.fromkeys(nodes, 0)
    for child, parent in edges:
        children_left.setdefault(child, 0)
        children_left[parent] = children_left.get(parent, 0) + 1
    parents = _parents_by_child(edges)
    ready = deque(node for node, count in children_left.items() if count == 0)
    order: list[Node] = []
    while ready:
        node = ready.popleft()
        order.append(node)
        for parent in parents.get(node, ()):
            children_left[parent] -= 1
            if children_left[parent] == 0:
                ready.append(parent)
    if len(order) < len(children_left):
        raise LoopFound(_some_loop(edges, set(order)))
    return order


def _parents_by_child(edges: Iterable[tuple[Node, Node]]) -> dict[Node, list[Node]]:
    parents: dict[Node, list[Node]] = {}
    for child, parent in edges:
        parents.setdefault(child, []).append(parent)
    return parents


def _walk_back(came_from: dict[Node, Node], start: Node, goal: Node) -> list[Node]:
    way = [goal]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def _some_loop(edges: list[tuple[Node, Node]], ordered: set[Node]) -> list[Hashable]:
    rest = [(child, parent) for child, parent in edges if child not in ordered and parent not in ordered]
    loops = (loop_path(rest, child, parent) for child, parent in rest)
    return list(next(loop for loop in loops if loop is not None))
