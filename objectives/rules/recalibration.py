"""New aims: how much of the way is given up, and when somebody has to agree (docs: RULES §3; science S13)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from objectives.rules.kinds import KeyResultKind

MUCH_EASIER = Decimal("0.15")
"""From this share of the way on, an eased aim needs the sponsor's word…"""
LATE = Decimal("0.5")
"""…once this share of the cycle has passed."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a key result is held against. Numbers that its kind does not use are None."""

    kind: KeyResultKind
    start_value: Decimal | None = None
    target_value: Decimal | None = None
    lower_bound: Decimal | None = None
    upper_bound: Decimal | None = None


def easing(before: Aim, after: Aim) -> Decimal | None:
    """The share of the way that is given up: (T0 − T1) / (T0 − b), b the start of before.

    Negative when the new aim is harder; a target on the other side of the start gives up more than everything (1).
    Guardrails: the larger of how far the bounds moved outwards, each as a share of its old size. None where the two
    aims cannot be held against each other: another kind, or no numbers.
    """
    if before.kind is not after.kind and not (before.kind.is_metric and after.kind.is_metric):
        return None
    if before.kind.is_metric:
        return _way_given_up(before, after)
    if before.kind.is_guardrail:
        moved = [
            _moved_out(before.lower_bound, after.lower_bound, downwards=True),
            _moved_out(before.upper_bound, after.upper_bound, downwards=False),
        ]
        return max((one for one in moved if one is not None), default=None)
    return None


def needs_agreement(eased: Decimal | None, t: Decimal | None) -> bool:
    """Whether the sponsor is asked first: eased by 15 % or more after half time; t is the elapsed share, or None."""
    return eased is not None and t is not None and eased >= MUCH_EASIER and t >= LATE


def _way_given_up(before: Aim, after: Aim) -> Decimal | None:
    start, old, new = before.start_value, before.target_value, after.target_value
    if start is None or old is None or new is None or old == start:
        return None
    return (old - new) / (old - start)


def _moved_out(old: Decimal | None, new: Decimal | None, *, downwards: bool) -> Decimal | None:
    if old is None:
        return None
    if new is None:
        return Decimal(1)
    moved = old - new if downwards else new - old
    return (
        moved / abs(old) if old else (Decimal(1) if moved > 0 else Decimal(0) if not moved else Decimal(-1))
    )
