"""The tag library of every page: marks, figures and charts. `{% load okr %}`; list in components/README.md.

Numbers may be Decimal, float or None. None means "nothing to say yet" and never shows as 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common import number_words
from common.redline import redline as pieces_of
from common.svg import contribution_bar as bars
from common.svg import icons, marks
from common.svg import key_result_chart as charts
from common.svg.history_line import HistoryPoint
from common.svg.history_line import history_line as draw_history_line
from common.svg.markup import Number, as_float
from common.svg.meter import meter as draw_meter
from common.svg.ruler import ruler as draw_ruler
from common.svg.sparkline import sparkline as draw_sparkline
from common.templatetags import numbers
from common.templatetags.words import DASH, KIND_WORD, LINK_STATE_WORD, SHAPE_WORD, shape_of, word_of

MOST_REMEMBERED = 2048
register = template.Library()
register.filter("percent", numbers.percent)
register.filter("points", numbers.points)
register.filter("number", numbers.number)
register.filter("days", numbers.days)


@register.filter
def count_words(number: int, names: str) -> str:
    """ "Two things" for 2 and "thing,things"."""
    one, many = names.split(",")
    return number_words.count_words(number, one, many)


def _drawn(markup: str) -> SafeString:
    """Markup from common.svg, which escapes every text that goes into it."""
    return SafeString(markup)


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    return _drawn(icons.icon(name, size))


@register.simple_tag
def logo(size: int = 22) -> SafeString:
    return _drawn(icons.logo(size))


@register.simple_tag
def status(status: str, word: str = "", chip: bool = False, shape_only: bool = False) -> SafeString:
    """Shape and word. `shape_only` hides the word from sight, for dense runs."""
    return _status(shape_of(status), word or word_of(status), chip, shape_only)


@lru_cache(maxsize=MOST_REMEMBERED, typed=True)
def _status(shape: str, words: str, chip: bool, shape_only: bool) -> SafeString:
    if shape_only:
        drawn = _drawn(marks.mark(shape))
        return format_html(
            '<span class="status s-{}" title="{}">{}<span class="vh">{}</span></span>',
            shape,
            words,
            drawn,
            words,
        )
    css = " chip" if chip else ""
    return format_html(
        '<span class="status s-{}{}">{}{}</span>',
        shape,
        css,
        _drawn(marks.mark(shape, 10 if chip else 12)),
        words,
    )


@register.simple_tag
def counts(status_counts: Mapping[str, int] | Iterable[str] | None) -> SafeString:
    """How many of each, for a mapping status → count or for a run of statuses. Empty in, empty out."""
    sums = dict.fromkeys(marks.SHAPES, 0)
    pairs = (
        status_counts.items() if isinstance(status_counts, Mapping) else ((s, 1) for s in status_counts or ())
    )
    for name, count in pairs:
        sums[shape_of(name)] += count
    return _counts(tuple((shape, n) for shape, n in sums.items() if n))


@lru_cache(maxsize=MOST_REMEMBERED)
def _counts(sums: tuple[tuple[str, int], ...]) -> SafeString:
    if not sums:
        return SafeString("")
    found = [(shape, _drawn(marks.mark(shape, 11)), n, SHAPE_WORD[shape]) for shape, n in sums]
    inner = format_html_join("", '<span class="s-{}">{}{}<span class="vh"> {}</span></span>', found)
    return format_html('<span class="counts">{}</span>', inner)


@register.simple_tag
def meter(
    progress: Number | None,
    expected: Number | None = None,
    low: Number | None = None,
    high: Number | None = None,
    likely: Number | None = None,
    label: str = "",
) -> SafeString:
    """All values are ratios. Without `label` the words are made from the numbers."""
    words = label or numbers.meter_words(progress, expected, low, high)
    return _drawn(draw_meter(progress, expected, low, high, likely, label=words))


@register.simple_tag
def sparkline(
    points: Sequence[Any] | None,
    label: str,
    plan: Sequence[Any] | None = None,
    low: Number | None = None,
    high: Number | None = None,
    width: int = 96,
    height: int = 30,
    weeks: int = 13,
    soft: bool = False,
) -> SafeString:
    """`points`: (share of the cycle 0..1, value) pairs, or one plain value per week (None where unheard)."""
    return _drawn(
        draw_sparkline(
            _pairs(points, weeks), plan=_pairs(plan, 2), label=label, low=low, high=high,
            width=width, height=height, is_soft=soft,
        )
    )  # fmt: skip


def _pairs(points: Sequence[Any] | None, steps: int) -> list[tuple[Any, Any]]:
    out = []
    for index, point in enumerate(points or ()):
        is_pair = isinstance(point, tuple | list)
        out.append((point[0], point[1]) if is_pair else (index / max(1, steps - 1), point))
    return out


@register.simple_tag
def delta(change: Number | None, unit: str = "", is_ratio: bool = False, is_bare: bool = False) -> SafeString:
    """Arrow, number, unit. `is_ratio` turns 0.06 into "6 pts"; `is_bare` leaves words out, for narrow columns."""
    value = as_float(change)
    if value is None:
        return format_html('<span class="delta faint">{}</span>', DASH)
    shown = numbers.points(abs(value)) if is_ratio else numbers.number(abs(value))
    if shown == "0":
        return format_html('<span class="delta faint">{}</span>', "0" if is_bare else "no change")
    unit = "" if is_bare else unit or ("pts" if is_ratio else "")
    return format_html(
        '<span class="delta">{}<span class="vh">{} </span>{}{}</span>',
        _drawn(marks.arrow(value > 0)), "up" if value > 0 else "down", shown, f" {unit}" if unit else "",
    )  # fmt: skip


@register.simple_tag
def conf(confidence: Number | None, mean: bool = False) -> SafeString:
    """n/10, never coloured. `mean` always shows one decimal."""
    value = as_float(confidence)
    if value is None:
        return format_html('<span class="faint">{}<span class="vh">no confidence yet</span></span>', DASH)
    shown = numbers.rounded(value, 1) if mean or value != int(value) else str(int(value))
    return format_html('<span class="conf">{}<small>/10</small></span>', shown)


@register.simple_tag
def who(person: Any, label: str = "", name: bool = True) -> SafeString:
    """Initial and name of a person (an object with `.name`, or a name). `label`: an owner as a source wrote it."""
    called = str(getattr(person, "name", person) or label or "").strip()
    if not called:
        return SafeString('<span class="faint">no owner</span>')
    css = "name" if name else "vh"
    return format_html(
        '<span class="who" title="{}"><span class="avatar" aria-hidden="true">{}</span><span class="{}">{}</span></span>',
        called, called[0].upper(), css, called,
    )  # fmt: skip


@register.simple_tag
def avatar(person: Any, large: bool = False) -> SafeString:
    """Only the initial, hidden from screen readers; the name stands beside it."""
    called = str(getattr(person, "name", person) or "?").strip() or "?"
    css = " avatar-lg" if large else ""
    return format_html('<span class="avatar{}" aria-hidden="true">{}</span>', css, called[0].upper())


@register.simple_tag
def heard(days: int | None, freshness: str = "") -> SafeString:
    """ "7 d"; bold with a clock once stale. None: nobody was heard yet."""
    if days is None:
        return SafeString('<span class="faint">not yet</span>')
    shown = "today" if days <= 0 else f"{days} d"
    if str(freshness) in ("stale", "silent"):
        return format_html('<span class="age age-long">{}{}</span>', _drawn(icons.icon("clock", 12)), shown)
    return format_html('<span class="num dim">{}</span>', shown)


@register.simple_tag
def ruler(week: int | None, weeks: int | None) -> SafeString:
    return _drawn(draw_ruler(week, weeks))


@register.simple_tag
def key_result_chart(chart: charts.KeyResultChart) -> SafeString:
    """The chart twice: wide, and narrow for small screens. The page adds "Show as table" below."""
    wide, narrow = charts.key_result_chart(chart), charts.key_result_chart(chart, is_narrow=True)
    return _drawn(f'<div class="hide-s">{wide}</div><div class="only-s">{narrow}</div>')


@register.simple_tag
def history_line(
    points: Sequence[HistoryPoint], starts_on: Any, ends_on: Any, label: str, today: Any = None
) -> SafeString:
    """Drawn twice, wide and narrow, so that the words keep their size."""
    given = {"starts_on": starts_on, "ends_on": ends_on, "label": label, "today": today}
    wide, narrow = draw_history_line(points, **given), draw_history_line(points, **given, width=344)
    return _drawn(f'<div class="hide-s">{wide}</div><div class="only-s">{narrow}</div>')


@register.simple_tag
def contribution_bar(
    parts: Iterable[Any], total: Number | None, expected: Number | None = None, digits: int = 1
) -> SafeString:
    """`parts`: objects or mappings with `contribution` (a ratio); together they make `total`, shown with `digits`."""
    given = [p["contribution"] if isinstance(p, Mapping) else p.contribution for p in parts]
    made_of = ", ".join(numbers.points(value, digits) for value in given)
    plan = f"plan {numbers.percent(expected)}" if as_float(expected) is not None else ""
    label = "; ".join(
        filter(None, [f"{numbers.percent(total, digits)} made of {made_of or 'nothing'} points", plan])
    )
    return _drawn(
        bars.contribution_bar(
            given,
            total,
            expected,
            label=label,
            total_words=numbers.percent(total, digits),
            expected_words=plan,
        )
    )


@register.simple_tag
def swatch(index: int) -> SafeString:
    """The colour of part `index` (counted from 0) of a contribution bar."""
    return format_html('<i class="sw p{}" aria-hidden="true"></i>', index % 4 + 1)


@register.filter
def kind_icon(kind: str) -> str:
    """Name of the icon of a key-result kind."""
    return str(kind) if str(kind) in KIND_WORD else "objectives"


@register.filter
def kind_word(kind: str) -> str:
    return KIND_WORD.get(str(kind), word_of(kind))


@register.filter
def status_word(status: str) -> str:
    return word_of(status)


@register.inclusion_tag("components/redline.html")
def redline(before: str, after: str, is_plain: bool = False) -> dict[str, Any]:
    """`after` with marks for what it took out of `before` and put in; `is_plain` inside a line of text."""
    return {"pieces": pieces_of(before, after), "after": after, "is_plain": is_plain}


@register.filter
def link_state_word(state: str) -> str:
    """What became of a dependency, in words."""
    return LINK_STATE_WORD.get(state, state)
