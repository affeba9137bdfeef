"""The small drawing of a plan while it is being written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from common.svg.plan_curve import plan_curve

START, MIDDLE, END = date(2027, 1, 4), date(2027, 2, 14), date(2027, 4, 4)


def test_it_says_the_plan_in_words_and_draws_every_point() -> None:
    drawn = plan_curve([(START, Decimal(31)), (MIDDLE, Decimal("27.5")), (END, Decimal(22))], unit="%")
    assert 'aria-label="Plan from 31 % on 4 January, 27.5 % on 14 February to 22 % on 4 April"' in drawn
    assert drawn.count('class="c-planpt"') == 3
    for words in ("4 Jan", "14 Feb", "4 Apr", ">22 %<"):
        assert words in drawn


def test_days_that_would_overlap_are_not_named() -> None:
    close = [(date(2027, 2, day), Decimal(day)) for day in range(1, 20)]
    drawn = plan_curve([(START, Decimal(0)), *close, (END, Decimal(40))])
    assert drawn.count("Feb</text>") < 4
    assert "4 Apr</text>" in drawn


def test_what_cannot_be_drawn_is_nothing() -> None:
    assert plan_curve([]) == ""
    assert plan_curve([(START, Decimal(1))]) == ""
    assert plan_curve([(START, Decimal(1)), (START, Decimal(2))]) == ""
    assert plan_curve([(START, Decimal("NaN")), (END, Decimal(2))]) == ""


def test_units_are_escaped() -> None:
    assert "<b>" not in plan_curve([(START, 1), (END, 2)], unit="<b>")
