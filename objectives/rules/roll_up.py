"""Weighted means and how they explain themselves (docs: RULES §2).

All sums are made with exact fractions and rounded once, half up, to four decimals.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from common.ratio import FOUR_DECIMALS, to_ratio

Key: TypeAlias = Hashable


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a rolled-up number: who it is, weight (≥ 0) and progress (None: nothing to say yet)."""

    key: Key
    weight: Decimal
    progress: Decimal | None


@dataclass(frozen=True, slots=True)
class PartShare:
    """What one counted part gives: contribution ≈ share × progress; shares and contributions add up exactly."""

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
    counted = [part for part in parts if part.progress is not None and part.weight != 0]
    value = weighted_mean(counted)
    if value is None:
        return Explanation(value=None, parts=())
    whole = sum((Fraction(part.weight) for part in counted), Fraction(0))
    shares = [Fraction(part.weight) / whole for part in counted]
    given = [share * Fraction(part.progress or 0) for share, part in zip(shares, counted, strict=True)]
    rounded_shares = largest_remainder(shares, Decimal(1))
    contributions = largest_remainder(given, value)
    rows = zip(counted, rounded_shares, contributions, strict=True)
    return Explanation(
        value=value,
        parts=tuple(
            PartShare(part.key, part.weight, share, part.progress, contribution)
            for part, share, contribution in rows
            if part.progress is not None
        ),
    )


def largest_remainder(exact: Sequence[Fraction], total: Decimal) -> list[Decimal]:
    """Round each number to four decimals so that they add up to `total`, their rounded sum.

    Every number is rounded down first; the units still missing go to the largest remainders (Hare's method).
    Raises ValueError when `total` is not the sum of `exact` rounded to four decimals.
    """
    unit = Fraction(FOUR_DECIMALS)
    floors = [number // unit for number in exact]
    missing = int(Fraction(total) / unit) - sum(floors)
    if not 0 <= missing <= len(exact):
        raise ValueError("the total is not the rounded sum")
    by_remainder = sorted(range(len(exact)), key=lambda place: (-(exact[place] % unit), place))
    for place in by_remainder[:missing]:
        floors[place] += 1
    return [Decimal(count) * FOUR_DECIMALS for count in floors]


def _mean(parts: Iterable[tuple[Decimal, Decimal | None]]) -> Decimal | None:
    whole = total = Fraction(0)
    for weight, value in parts:
        if weight < 0:
            raise ValueError("a weight cannot be below 0")
        if value is None or weight == 0:
            continue
        whole += Fraction(weight)
        total += Fraction(weight) * Fraction(value)
    return to_ratio(total / whole) if whole else None
