"""The large chart of a key result: plan (pencil), what was told (ink), what is likely (wash).

Large dots are people, small dots are automatic values. Every line carries its name on the chart itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from common.svg.chart_axes import Frame, draw_axes
from common.svg.markup import Number, as_float, escape, line, path, spread, text


@dataclass(frozen=True)
class ValuePoint:
    """One check-in with a value. `is_person` False: a machine wrote it. `note` is written at the dot."""

    on: date
    value: Number
    is_person: bool = True
    note: str = ""


@dataclass(frozen=True)
class PlanPoint:
    """Where the plan wants to be at the end of a day."""

    on: date
    value: Number


@dataclass(frozen=True)
class Fan:
    """Likely value on the last day, with its 80 % and 50 % ranges; in the unit of the key result."""

    likely: Number
    low80: Number
    high80: Number
    low50: Number
    high50: Number


@dataclass(frozen=True)
class KeyResultChart:
    """What the chart shows. `key` makes ids unique on the page; `unit` is printed after every value."""

    key: str
    title: str
    starts_on: date
    ends_on: date
    today: date
    points: tuple[ValuePoint, ...] = ()
    plan: tuple[PlanPoint, ...] = ()
    first_plan: tuple[PlanPoint, ...] = ()
    target: Number | None = None
    lower_bound: Number | None = None
    upper_bound: Number | None = None
    fan: Fan | None = None
    unit: str = ""

    def words(self, value: float) -> str:
        """A value as text with its unit, which stands off by a space."""
        shown = f"{value:,.4g}" if abs(value) < 10_000 else f"{value:,.0f}"
        return f"{shown} {self.unit}".strip()


def key_result_chart(chart: KeyResultChart, *, is_narrow: bool = False) -> str:
    """SVG markup with title and description; the narrow one keeps the size of its words."""
    labels = _labels(chart, is_narrow=is_narrow)
    longest = max((len(words) for _, _, words, _ in labels), default=0)
    frame = Frame.of(
        chart.starts_on, chart.ends_on, _all_values(chart), is_narrow=is_narrow, label_length=longest
    )
    key = f"{escape(chart.key)}-{'n' if is_narrow else 'w'}"
    drawn = [draw_axes(frame, chart.today, chart.unit if chart.unit == "%" else "")]
    drawn += [_fan(chart, frame), _plans(chart, frame), _bounds(chart, frame), _today(chart, frame)]
    drawn += [_told(chart, frame), _end_labels(labels, frame)]
    return (
        f'<svg class="chart" width="100%" viewBox="0 0 {frame.width} {frame.height}" role="img" '
        f'aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{escape(chart.title)}</title>'
        f'<desc id="{key}-d">{escape(describe(chart))}</desc>{"".join(drawn)}</svg>'
    )


def describe(chart: KeyResultChart) -> str:
    """The chart in two or three sentences."""
    told = _sorted_points(chart)
    if told:
        first, last = told[0], told[-1]
        parts = [
            f"From {chart.words(first[1])} on {first[0]:%-d %B} to {chart.words(last[1])} on {last[0]:%-d %B}."
        ]
    else:
        parts = ["No value yet."]
    target = as_float(chart.target)
    if target is not None:
        parts.append(f"The target is {chart.words(target)}.")
    first_aim = _first_aim(chart)
    if first_aim is not None:
        parts.append(f"The first plan, in pale pencil, led to {chart.words(first_aim)}.")
    if chart.fan is not None:
        low, high = float(chart.fan.low80), float(chart.fan.high80)
        parts.append(
            f"Likely at close: {chart.words(float(chart.fan.likely))}, {_between(chart, low, high)}."
        )
    return " ".join(parts)


def _first_aim(chart: KeyResultChart) -> float | None:
    """Where the first plan led; None when it is still the plan."""
    return float(max(chart.first_plan, key=lambda point: point.on).value) if chart.first_plan else None


def _between(chart: KeyResultChart, low: float, high: float) -> str:
    shown = chart.words(low)
    return f"{shown.removesuffix(chart.unit).strip()} to {chart.words(high)}"


def _sorted_points(chart: KeyResultChart) -> list[tuple[date, float, bool, str]]:
    known = ((p.on, as_float(p.value), p.is_person, p.note) for p in chart.points)
    return sorted(((on, v, who, note) for on, v, who, note in known if v is not None), key=lambda p: p[0])


def _all_values(chart: KeyResultChart) -> list[float]:
    values: list[Number | None] = [point.value for point in chart.points]
    values += [point.value for point in (*chart.plan, *chart.first_plan)]
    values += [chart.target, chart.lower_bound, chart.upper_bound]
    if chart.fan is not None:
        values += [chart.fan.low80, chart.fan.high80, chart.fan.likely]
    return [number for number in map(as_float, values) if number is not None]


def _plan_path(points: tuple[PlanPoint, ...], frame: Frame, css: str) -> str:
    known = sorted((p.on, v) for p in points if (v := as_float(p.value)) is not None)
    if len(known) < 2:
        return ""
    return f'<path class="{css}" d="{path((frame.x_of(on), frame.y(v)) for on, v in known)}"/>'


def _plans(chart: KeyResultChart, frame: Frame) -> str:
    """The plan, and the first plan in soft pencil when the aim was changed."""
    return _plan_path(chart.first_plan, frame, "c-plan faded") + _plan_path(chart.plan, frame, "c-plan")


def _bounds(chart: KeyResultChart, frame: Frame) -> str:
    """Target and bounds as short solid lines at the end, bounds across the whole width."""
    drawn = ""
    for bound in (as_float(chart.lower_bound), as_float(chart.upper_bound)):
        if bound is not None:
            drawn += line("c-target", (frame.left, frame.y(bound)), (frame.right, frame.y(bound)))
    target = as_float(chart.target)
    if target is not None:
        start = frame.left + (frame.right - frame.left) * 0.75
        drawn += line("c-target", (start, frame.y(target)), (frame.right, frame.y(target)))
    return drawn


def _fan(chart: KeyResultChart, frame: Frame) -> str:
    told = _sorted_points(chart)
    if chart.fan is None or not told:
        return ""
    x0, y0, x1 = frame.x_of(told[-1][0]), frame.y(told[-1][1]), frame.right
    if x0 >= x1:
        return ""

    def wedge(css: str, low: Number, high: Number) -> str:
        top, bottom = frame.y(float(high)), frame.y(float(low))
        return f'<path class="{css}" d="M{x0:.1f} {y0:.1f}L{x1:.1f} {top:.1f}V{bottom:.1f}Z"/>'

    fan = chart.fan
    likely = path([(x0, y0), (x1, frame.y(float(fan.likely)))])
    return (
        wedge("c-fan", fan.low80, fan.high80)
        + wedge("c-fan-in", fan.low50, fan.high50)
        + f'<path class="c-likely" d="{likely}"/>'
    )


def _today(chart: KeyResultChart, frame: Frame) -> str:
    if not chart.starts_on <= chart.today <= chart.ends_on:
        return ""
    at = frame.x_of(chart.today)
    near_end = at > frame.right - 48
    words = text(
        "today",
        at - 6 if near_end else at + 6,
        frame.top - 2,
        "end" if near_end else "start",
        "c-text c-text-b",
    )
    return line("c-today", (at, frame.top - 8), (at, frame.bottom)) + words


def _told(chart: KeyResultChart, frame: Frame) -> str:
    """The line through people's values, small dots for machines, the latest value written out."""
    told = _sorted_points(chart)
    places = [(frame.x_of(on), frame.y(value), who, note) for on, value, who, note in told]
    people = [(x, y) for x, y, who, _ in places if who]
    drawn = f'<path class="c-line" d="{path(people)}"/>' if len(people) > 1 else ""
    if not people and len(places) > 1:
        drawn = f'<path class="c-line" d="{path((x, y) for x, y, _, _ in places)}"/>'
    drawn += "".join(
        f'<circle class="c-auto" cx="{x:.1f}" cy="{y:.1f}" r="1.7"/>' for x, y, who, _ in places if not who
    )
    radius = 4 if frame.is_narrow else 5
    drawn += "".join(f'<circle class="c-dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>' for x, y in people)
    if not frame.is_narrow:
        drawn += "".join(text(note, x, y + 22, "middle") for x, y, _, note in places[:-1] if note)
    if told:
        x, y = (people or [places[-1][:2]])[-1]
        value = next(v for _, v, who, _ in reversed(told) if who or not people)
        lift = -13 if y > frame.top + 26 else 22
        drawn += text(chart.words(value), max(x, frame.left + 18), y + lift, "middle", "c-text c-text-b")
    return drawn


def _labels(chart: KeyResultChart, *, is_narrow: bool) -> list[tuple[float, int, str, str]]:
    """Names of the lines: value, pixels below it, words, class. Shorter where there is little room."""
    labels: list[tuple[float, int, str, str]] = []
    bounds = (
        (chart.target, "target"),
        (chart.lower_bound, "min." if is_narrow else "at least"),
        (chart.upper_bound, "max." if is_narrow else "at most"),
    )
    for bound, name in bounds:
        value = as_float(bound)
        if value is not None:
            labels.append((value, 4, f"{name} {chart.words(value)}", "c-text c-text-b"))
    first = _first_aim(chart)
    if first is not None and first != as_float(chart.target):
        name = "first" if is_narrow else "first target"
        labels.append((first, 4, f"{name} {chart.words(first)}", "c-text"))
    if chart.fan is not None and chart.points:
        likely = float(chart.fan.likely)
        labels.append((likely, 4, f"likely {chart.words(likely)}", "c-note"))
        span = _between(chart, float(chart.fan.low80), float(chart.fan.high80))
        labels.append((likely, 19, span, "c-text"))
    return labels


def _end_labels(labels: list[tuple[float, int, str, str]], frame: Frame) -> str:
    """The names right of the last day, moved apart where they would overlap."""
    heights = spread([frame.y(value) + below for value, below, _, _ in labels], 14, frame.top, frame.bottom)
    return "".join(
        text(words, frame.right + 10, height, "start", css)
        for height, (_, _, words, css) in zip(heights, labels, strict=True)
    )
