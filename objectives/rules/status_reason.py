"""The short reason that stands beside a status: "4.0 points below plan" (docs: DESIGN, status)."""

from decimal import Decimal

from common.ratio import round_half_up, shown_percent
from objectives.rules.expected import planned_value_on
from objectives.rules.kinds import KeyResultKind, Status
from objectives.rules.progress import Measure, Progress, is_in_band

MOST_SHOWN_DECIMALS = 3


def status_reason(
    *,
    status: Status,
    measure: Measure,
    progress: Progress,
    expected: Decimal | None,
    latest_value: Decimal | None = None,
    latest_confidence: int | None = None,
    unit: str = "",
    likely: float | None = None,
) -> str:
    """Why a key result has its status, in a few words; the numbers are in the key result's own unit.

    likely is the mean of the forecast; it is named where one is flagged although it keeps to its plan.
    """
    if measure.kind == KeyResultKind.BASELINE:
        return "finding out where we are"
    if measure.kind.is_guardrail and latest_value is not None:
        return _band_words(measure, latest_value, unit)
    if status == Status.ACHIEVED:
        return "target reached"
    if not progress.has_data:
        return "no value yet"
    if measure.kind == KeyResultKind.YES_NO or expected is None:
        return "no confidence yet" if latest_confidence is None else f"confidence {latest_confidence} of 10"
    words, is_below = _plan_words(measure, progress, expected, latest_value, unit)
    if status == Status.TOO_EARLY:
        return f"too early to say, {words}"
    if status in (Status.AT_RISK, Status.OFF_TRACK) and not is_below and likely is not None:
        return f"{words}, but heading for {shown_percent(likely)} %"
    return words


def _plan_words(
    measure: Measure, progress: Progress, expected: Decimal, latest_value: Decimal | None, unit: str
) -> tuple[str, bool]:
    """("4.0 points below plan", True): the distance to the plan, and whether it lies on the wrong side."""
    planned = planned_value_on(measure, expected)
    if planned is None or latest_value is None:
        raw = progress.raw_progress if progress.raw_progress is not None else Decimal(0)
        ahead = 100 * (raw - expected)
        decimals, noun = 0, "points"
    else:
        ahead = latest_value - planned
        if measure.kind == KeyResultKind.DECREASE:
            ahead = -ahead
        decimals = _decimals_of(measure.start_value, measure.target_value, latest_value)
        noun = "points" if unit.strip() == "%" else unit.strip()
    distance = round_half_up(abs(ahead), Decimal(1).scaleb(-decimals))
    if distance == 0:
        return "on plan", False
    behind = "behind plan" if measure.kind == KeyResultKind.DECREASE else "below plan"
    side = "ahead of plan" if ahead > 0 else behind
    return " ".join(filter(None, (f"{distance:,f}", _one(noun) if distance == 1 else noun, side))), ahead < 0


def _band_words(measure: Measure, value: Decimal, unit: str) -> str:
    if is_in_band(measure, value):
        return "in band"
    noun = f" {unit.strip()}" if unit.strip() else ""
    if (
        measure.kind != KeyResultKind.AT_MOST
        and measure.lower_bound is not None
        and value < measure.lower_bound
    ):
        return f"{_plain(measure.lower_bound - value)}{noun} below the band"
    assert measure.upper_bound is not None
    return f"{_plain(value - measure.upper_bound)}{noun} above the band"


def _decimals_of(*numbers: Decimal | None) -> int:
    """As many decimals as the finest of the numbers that people wrote has, at most three."""
    fineness = [_fineness(number) for number in numbers if number is not None]
    return min(MOST_SHOWN_DECIMALS, max(fineness, default=0))


def _fineness(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _plain(number: Decimal) -> str:
    return f"{round_half_up(number, Decimal(1).scaleb(-min(MOST_SHOWN_DECIMALS, _fineness(number)))):,f}"


def _one(noun: str) -> str:
    """One of a plural: stores → store; short units and words on -ss stay as they are."""
    if len(noun) > 3 and noun.endswith("s") and not noun.endswith("ss"):
        return noun[:-1]
    return noun
