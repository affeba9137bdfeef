"""Paths, loops and order of the alignment graph (RULES §2)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.rules.graph import LoopFound, find_path, loop_path, topological_order

NODES = st.integers(0, 6)
EDGES = st.lists(st.tuples(NODES, NODES), max_size=14)


def reaches(edges: list[tuple[int, int]], start: int, goal: int) -> bool:
    """Brute force: grow the set of reachable nodes until it stays as it is."""
    known = {start}
    while more := {parent for child, parent in edges if child in known} - known:
        known |= more
    return goal in known


def has_loop(edges: list[tuple[int, int]]) -> bool:
    return any(reaches(edges, parent, child) for child, parent in edges)


def test_a_loop_is_named_from_the_child_back_to_it() -> None:
    edges = [("help points", "advice"), ("advice", "trust")]
    assert loop_path(edges, "trust", "help points") == ["trust", "help points", "advice", "trust"]
    assert loop_path(edges, "help points", "trust") is None


def test_linking_something_to_itself_is_a_loop() -> None:
    assert loop_path([], "a", "a") == ["a", "a"]


def test_many_parents_are_no_loop() -> None:
    edges = [("a", "b"), ("a", "c"), ("b", "d")]
    assert loop_path(edges, "c", "d") is None


def test_a_key_result_stands_below_its_own_objective() -> None:
    edges = [(("key_result", 1), ("objective", 1))]
    found = loop_path(edges, ("objective", 1), ("key_result", 1))
    assert found == [("objective", 1), ("key_result", 1), ("objective", 1)]


def test_paths() -> None:
    edges = [(1, 2), (2, 3), (3, 4), (1, 4)]
    assert find_path(edges, 1, 4) == [1, 4]
    assert find_path(edges, 2, 2) == [2]
    assert find_path(edges, 4, 1) is None


def test_order_puts_children_first_and_keeps_ties() -> None:
    assert topological_order([("c", "p"), ("b", "p"), ("p", "top")], nodes=["top", "lone", "b"]) == [
        "lone",
        "b",
        "c",
        "p",
        "top",
    ]


def test_a_loop_has_no_order() -> None:
    with pytest.raises(LoopFound) as found:
        topological_order([(0, 1), (1, 2), (2, 3), (3, 1), (3, 9)])
    path = found.value.path
    assert path[0] == path[-1]
    assert set(path) == {1, 2, 3}


@given(EDGES, NODES, NODES)
def test_loops_are_found_exactly_when_brute_force_finds_them(
    edges: list[tuple[int, int]], child: int, parent: int
) -> None:
    found = loop_path(edges, child, parent)
    assert (found is not None) is reaches(edges, parent, child)
    if found is not None:
        assert found[0] == found[-1] == child
        assert found[1] == parent
        assert set(pairwise(found[1:])) <= set(edges)
        assert len(set(found[1:])) == len(found) - 1


@given(EDGES)
def test_order_exists_exactly_without_loops(edges: list[tuple[int, int]]) -> None:
    if has_loop(edges):
        with pytest.raises(LoopFound) as found:
            topological_order(edges)
        assert set(pairwise(found.value.path)) <= set(edges)
    else:
        order = topological_order(edges, nodes=range(7))
        assert sorted(order) == list(range(7))
        assert all(order.index(child) < order.index(parent) for child, parent in edges)
