"""A pasted list becomes key results: titles, and numbers only where they are plain."""

from __future__ import annotations

import pytest
from django.utils import translation

from dashboards.forms.pasted_list import MOST_LINES, PastedLine, pasted_lines


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Roll out the handbook", PastedLine("Roll out the handbook")),
        ("- Roll out the handbook", PastedLine("Roll out the handbook")),
        ("• Roll out the handbook", PastedLine("Roll out the handbook")),
        ("2. Roll out the handbook", PastedLine("Roll out the handbook")),
        ("KR3: Roll out the handbook", PastedLine("Roll out the handbook")),
        ("Leavers from 31 to 22 %", PastedLine("Leavers", "decrease", "31", "22", "%")),
        ("Leavers from 31% to 22%", PastedLine("Leavers", "decrease", "31", "22", "%")),
        ("Stores, from 4 to 12 stores.", PastedLine("Stores", "increase", "4", "12", "stores")),
        ("Search time: 4.1 → 2.5 min", PastedLine("Search time", "decrease", "4.1", "2.5", "min")),
        ("Revenue (from 1,200 to 1,500 €)", PastedLine("Revenue", "increase", "1,200", "1,500", "€")),
        ("Abbrüche von 8 auf 5 %", PastedLine("Abbrüche", "decrease", "8", "5", "%")),
        ("from 3 to 5", PastedLine("from 3 to 5")),
        ("Stay from 9 to 9", PastedLine("Stay from 9 to 9")),
        ("Open from 9 to 17 in all stores", PastedLine("Open from 9 to 17 in all stores")),
        ("Move from Ghent to Antwerp", PastedLine("Move from Ghent to Antwerp")),
        ("Reach 40 % of stores", PastedLine("Reach 40 % of stores")),
        ("212 stores have it", PastedLine("212 stores have it")),
    ],
)
def test_one_line(line: str, found: PastedLine) -> None:
    assert pasted_lines(line) == ([found], "")


def test_numbers_are_read_in_the_readers_locale() -> None:
    with translation.override("de"):
        (line,), _ = pasted_lines("Suchzeit von 4,1 auf 2,5 min")
    assert (line.start_value, line.target_value) == ("4,1", "2,5")


def test_empty_lines_are_nothing_and_the_rest_of_a_long_list_stays() -> None:
    lines, rest = pasted_lines("\n\n".join(f"Line {place}" for place in range(MOST_LINES + 2)))
    assert (len(lines), rest) == (MOST_LINES, "Line 100\nLine 101")
