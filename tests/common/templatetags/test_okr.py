"""The tag library as templates use it."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template

HOSTILE = "<b>Leila</b> & co"


def shown(source: str, **context: Any) -> str:
    return Template("{% load okr %}" + source).render(Context(context))


class TestStatus:
    @pytest.mark.parametrize(
        ("status", "shape", "word"),
        [
            ("on_track", "s-on", "On track"),
            ("at_risk", "s-risk", "At risk"),
            ("off_track", "s-off", "Off track"),
            ("no_data", "s-none", "Not started"),
            ("too_early", "s-none", "Too early to say"),
            ("paused", "s-paused", "Paused"),
            ("achieved", "s-done", "Done"),
            ("something_new", "s-none", "Something new"),
        ],
    )
    def test_shape_and_word_go_together(self, status: str, shape: str, word: str) -> None:
        markup = shown("{% status name %}", name=status)
        assert shape in markup
        assert word in markup
        assert "<svg" in markup

    def test_own_word_is_escaped(self) -> None:
        assert "<b>" not in shown("{% status 'no_data' word %}", word=HOSTILE)

    def test_shape_only_keeps_the_word_for_screen_readers(self) -> None:
        assert '<span class="vh">At risk</span>' in shown("{% status 'at_risk' shape_only=True %}")


class TestCounts:
    def test_counts_each_shape_once_in_order(self) -> None:
        markup = shown(
            "{% counts found %}", found={"off_track": 1, "on_track": 2, "no_data": 1, "too_early": 1}
        )
        assert markup.index("s-on") < markup.index("s-off") < markup.index("s-none")
        assert ">2<span" in markup.replace("</svg>", ">")

    def test_a_run_of_statuses_is_counted(self) -> None:
        assert '2<span class="vh"> on track' in shown("{% counts found %}", found=["on_track", "on_track"])

    @pytest.mark.parametrize("nothing", [None, {}, [], {"on_track": 0}])
    def test_nothing_is_empty(self, nothing: Any) -> None:
        assert shown("{% counts found %}", found=nothing) == ""


class TestMeter:
    def test_says_everything_in_words(self) -> None:
        markup = shown("{% meter 0.43 0.58 0.68 0.82 0.75 %}")
        assert "43\u00a0%, plan 58\u00a0%, likely at close 68 to 82\u00a0%" in markup

    def test_nothing_yet(self) -> None:
        assert "nothing to say yet" in shown("{% meter None %}")


class TestFigures:
    def test_delta(self) -> None:
        assert "up </span>6 pts" in shown("{% delta value is_ratio=True %}", value=Decimal("0.06"))
        assert "down </span>0.4 min" in shown("{% delta value 'min' %}", value=-0.4)
        assert "no change" in shown("{% delta 0 %}")
        assert "no change" in shown("{% delta 0.001 is_ratio=True %}")
        assert "–" in shown("{% delta None %}")

    def test_confidence(self) -> None:
        assert ">6<small>/10" in shown("{% conf 6 %}")
        assert ">6.0<small>" in shown("{% conf value mean=True %}", value=Decimal("6.00"))
        assert ">6.3<small>" in shown("{% conf value %}", value=Decimal("6.25"))
        assert "–" in shown("{% conf None %}")

    def test_heard(self) -> None:
        assert "today" in shown("{% heard 0 %}")
        assert "age-long" in shown("{% heard 21 'stale' %}")
        assert "age-long" not in shown("{% heard 7 'due' %}")
        assert "not yet" in shown("{% heard None %}")

    def test_who_escapes_names(self) -> None:
        markup = shown("{% who person %}", person=SimpleNamespace(name=HOSTILE))
        assert "<b>" not in markup
        assert "&lt;b&gt;Leila" in markup

    def test_who_without_a_person(self) -> None:
        assert "no owner" in shown("{% who None %}")
        assert "Store leads" in shown("{% who None 'Store leads' %}")


class TestParts:
    def test_contribution_bar_reads_rows_and_mappings(self) -> None:
        parts = [{"contribution": Decimal("0.1314")}, SimpleNamespace(contribution=0.2986)]
        markup = shown("{% contribution_bar parts total %}", parts=parts, total=Decimal("0.43"))
        assert "43.0\u00a0% made of 13.1, 29.9 points" in markup

    def test_sparkline_takes_weekly_values(self) -> None:
        assert "c-dot" in shown("{% sparkline values label %}", values=[1, None, 3], label=HOSTILE)

    def test_kinds(self) -> None:
        assert shown("{{ 'yes_no'|kind_word }} {{ 'yes_no'|kind_icon }}") == "Yes or no yes_no"
