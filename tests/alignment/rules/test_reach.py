"""Whom a change reaches: the whole closure below, nothing beside it, asked only along contributing links."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alignment.rules.kinds import LinkKind
from alignment.rules.reach import reached_from

C, S, D = LinkKind.CONTRIBUTES, LinkKind.SUPPORTS, LinkKind.DEPENDS_ON


def test_straight_through_others_and_beside() -> None:
    edges = [
        ("a", "P", C),
        ("b", "a", C),
        ("c", "a", S),
        ("d", "c", C),
        ("e", "P", D),
        ("x", "Q", C),
        ("a", "Q", C),
    ]

    found = reached_from(edges, "P")

    assert {node: one.is_asked for node, one in found.items()} == {
        "a": True, "b": True, "c": False, "d": False, "e": False,
    }  # fmt: skip
    assert found["d"].path == ("d", "c", "a", "P")
    assert found["e"].kind is D


def test_two_paths_ask_once_and_the_contributing_one_counts() -> None:
    found = reached_from([("a", "P", S), ("b", "P", C), ("a", "b", C)], "P")

    assert found["a"].is_asked
    assert found["a"].path == ("a", "b", "P")


def test_a_loop_ends() -> None:
    assert set(reached_from([("a", "P", C), ("b", "a", C), ("a", "b", C), ("P", "b", C)], "P")) == {"a", "b"}


nodes = st.integers(min_value=0, max_value=12)
graphs = st.lists(st.tuples(nodes, nodes, st.sampled_from(list(LinkKind))), max_size=40)


@given(graphs)
def test_exactly_the_closure_is_reached(edges: list[tuple[int, int, LinkKind]]) -> None:
    def closure(kinds: set[LinkKind]) -> set[int]:
        here = {0}
        while True:
            more = {child for child, parent, kind in edges if parent in here and kind in kinds} - here
            if not more:
                return here - {0}
            here |= more

    found = reached_from(edges, 0)

    assert set(found) == closure(set(LinkKind))
    assert {node for node, one in found.items() if one.is_asked} == closure({C})
    assert all(one.path[0] == node and one.path[-1] == 0 for node, one in found.items())
