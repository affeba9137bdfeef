"""Weighted means and how they explain themselves (docs: RULES §2).

All sums are exact and rounded once, half up, to four decimals.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import lcm
from typing import TypeAlias

from common.ratio import FOUR_DECIMALS, WIDE, round_quotient

Key: TypeAlias = Hashable
UNITS = 10_000
"""Four decimals, counted in whole units."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a rolled-up number: who it is, weight (≥ 0) and progress (None: nothing to say yet)."""

    key: Key
    weight: Decimal
    progress: Decimal | None


@dataclass(frozen=True, slots=True)
class PartShare:
    """What a counted part gives: contribution ≈ share × progress; both add up exactly over the parts."""

    key: Key
    weight: Decimal
    share: Decimal
    progress: Decimal
    contribution: Decimal


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rolled-up number taken apart; `value` is None and `parts` empty when nothing counts."""

    value: Decimal | None
    parts: tuple[PartShare, ...]


def weighted_mean(parts: Iterable[Part]) -> Decimal | None:
    """Σ w·progress / Σ w over the parts that have a value, with four decimals.

    None when no part has a value or all weights are 0. Raises ValueError for a weight below 0.
    """
    return _mean((part.weight, part.progress) for part in parts)


def weighted_expected(parts: Iterable[tuple[Decimal, Decimal | None]]) -> Decimal | None:
    """Σ w·expected / Σ w over (weight, expected) of the counted parts; None when none has one."""
    return _mean(parts)


def confidence_mean(parts: Iterable[tuple[Decimal, Decimal | int | None]]) -> Decimal | None:
    """Weighted mean of (weight, latest confidence 1..10 or a mean of such), four decimals.

    None when nobody has said one.
    """
    return _mean((weight, None if said is None else Decimal(said)) for weight, said in parts)


def plain_mean(values: Iterable[Decimal | None]) -> Decimal | None:
    """Mean of the values that are known, four decimals; None when none is."""
    return _mean((Decimal(1), value) for value in values)


def explain(parts: Iterable[Part]) -> Explanation:
    """Take a weighted mean apart. Parts without value or with weight 0 are not among the shares.

    Contributions and shares are rounded to four decimals by largest remainder (ties: earlier part first),
    so that they add up to `value` and to 1 exactly.
    """
    counted = [(part, part.progress) for part in parts if part.progress is not None and part.weight != 0]
    value = _mean((part.weight, progress) for part, progress in counted)
    if value is None:
        return Explanation(value=None, parts=())
    weights, _ = _whole_numbers([part.weight for part, _ in counted])
    progresses, unit = _whole_numbers([progress for _, progress in counted])
    whole = sum(weights)
    given = [weight * progress for weight, progress in zip(weights, progresses, strict=True)]
    shares = largest_remainder(weights, whole, Decimal(1))
    contributions = largest_remainder(given, whole * unit, value)
    return Explanation(
        value=value,
        parts=tuple(
            PartShare(part.key, part.weight, share, progress, contribution)
            for (part, progress), share, contribution in zip(counted, shares, contributions, strict=True)
        ),
    )


def largest_remainder(numerators: Sequence[int], denominator: int, total: Decimal) -> list[Decimal]:
    """Round numerator / denominator to four decimals each, so that they add up to `total`.

    Every number is rounded down first; the units still missing go to the largest remainders (Hare's method).
    Raises ValueError when `total` is not the sum of the numbers rounded to four decimals.
    """
    floors, remainders = [], []
    for numerator in numerators:
        floor, remainder = divmod(numerator * UNITS, denominator)
        floors.append(floor)
        remainders.append(remainder)
    missing = int(total.scaleb(4)) - sum(floors)
    if not 0 <= missing <= len(floors):
        raise ValueError("the total is not the rounded sum")
    by_remainder = sorted(range(len(floors)), key=lambda place: (-remainders[place], place))
    for place in by_remainder[:missing]:
        floors[place] += 1
    return [Decimal(count) * FOUR_DECIMALS for count in floors]


def _mean(parts: Iterable[tuple[Decimal, Decimal | None]]) -> Decimal | None:
    whole = total = Decimal(0)
    for weight, value in parts:
        if weight < 0:
            raise ValueError("a weight cannot be below 0")
        if value is not None:
            whole = WIDE.add(whole, weight)
            total = WIDE.add(total, WIDE.multiply(weight, value))
    if not whole:
        return None
    (total_over, total_under), (whole_over, whole_under) = total.as_integer_ratio(), whole.as_integer_ratio()
    return round_quotient(total_over * whole_under, total_under * whole_over)


def _whole_numbers(numbers: Sequence[Decimal]) -> tuple[list[int], int]:
    """The numbers times their least common denominator, which is returned with them."""
    ratios = [number.as_integer_ratio() for number in numbers]
    unit = lcm(*(under for _, under in ratios))
    return [over * (unit // under) for over, under in ratios], unit
