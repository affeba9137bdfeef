"""Redline: nothing lost, phrases instead of confetti."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.redline import Piece, changed_words, redline


def test_a_phrase_is_replaced() -> None:
    assert redline(
        "Be the easiest place to shop for your home", "Be the easiest place to finish a project"
    ) == (
        Piece("", "Be the easiest place to "),
        Piece("out", "shop for your home"),
        Piece("in", "finish a project"),
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ()),
        ("Same.", "Same.", (Piece("", "Same."),)),
        ("", "New", (Piece("in", "New"),)),
        ("Old", "", (Piece("out", "Old"),)),
        (
            "Open the store",
            "Open the new store",
            (Piece("", "Open the "), Piece("in", "new "), Piece("", "store")),
        ),
        (
            "a wish walks in",
            "a list walks out",
            (Piece("", "a "), Piece("out", "wish walks in"), Piece("in", "list walks out")),
        ),
    ],
)
def test_pieces(before: str, after: str, expected: tuple[Piece, ...]) -> None:
    assert redline(before, after) == expected


def test_words_are_counted_not_blanks_or_points() -> None:
    assert changed_words("Halve our carbon, now.", "Halve the carbon of our stores, now.") == 7


words = st.lists(st.sampled_from(["a", "b", "c", "don’t", ",", ".", "\n", "ä"]), max_size=30).map(" ".join)


@given(words | st.text(max_size=60), words | st.text(max_size=60))
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    pieces = redline(before, after)
    assert "".join(piece.text for piece in pieces if piece.mark != "in") == before
    assert "".join(piece.text for piece in pieces if piece.mark != "out") == after


def test_endless_texts_are_replaced_as_a_whole() -> None:
    before, after = "x " * 5_000, "y " * 5_000
    assert redline(before, after) == (Piece("out", before), Piece("in", after))
