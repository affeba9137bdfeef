"""Lines of a message become the few shapes that a mail draws."""

from __future__ import annotations

import pytest

from notices.mails.blocks import bar_cells, part_of
from notices.rendering import Line, Section

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    ("progress", "expected", "cells"),
    [
        (None, 0.5, []),
        (0.43, 0.58, [(103, "fill"), (35, "gap"), (2, "tick"), (100, "rest")]),
        (0.61, 0.58, [(138, "fill"), (2, "tick"), (6, "fill"), (94, "rest")]),
        (0.0, 0.0, [(2, "tick"), (238, "rest")]),
        (1.0, 1.0, [(238, "fill"), (2, "tick")]),
        (1.7, None, [(240, "fill")]),
        (-0.2, None, [(240, "rest")]),
    ],
)
def test_a_bar_is_as_wide_as_it_should_be(
    progress: float | None, expected: float | None, cells: list[tuple[int, str]]
) -> None:
    found = bar_cells(progress, expected)
    assert [(cell.width, cell.part) for cell in found] == cells
    assert sum(cell.width for cell in found) in (0, 240)


def test_every_line_finds_its_shape() -> None:
    section = Section(
        "What moved?",
        (
            Line("Visits", facts="75 %", status="at_risk"),
            Line("", words="“Yes.”", facts="Yuki, on Visits · 5 working days"),
            Line("Shelves", words="7 points up", facts="61 % · plan 58", progress=0.61, expected=0.58),
            Line("Shelves", words="It moved Shelves to 61 %.", progress=0.61),
            Line("Two more are young."),
        ),
    )
    row, quote, measure, moved, sentence = part_of(section, is_leading=False).blocks
    assert (row.shape, row.status_glyph, row.status_word) == ("row", "▲", "At risk")
    assert (quote.shape, quote.facts, quote.facts_end) == ("quote", "Yuki, on Visits", "5 working days")
    assert (measure.shape, measure.facts, measure.facts_end) == ("measure", "61 %", "plan 58")
    assert (moved.shape, moved.before, moved.bold, moved.behind) == (
        "sentence",
        "It moved ",
        "Shelves",
        " to 61 %.",
    )
    assert (sentence.shape, sentence.before) == ("sentence", "Two more are young.")
