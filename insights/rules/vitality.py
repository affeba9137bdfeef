"""How alive the practice around an objective is, 0..100, and what it lost where (research: science B3).

Attainment is no part of it: an honest miss can be worth 100. Every sub-score is 0..1 or None ("nothing to say");
what is None is left out and its weight shared by the others of its dimension.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

WEAKEST_SHARE = 0.3
"""So much of the whole hangs on the weakest dimension alone: no single one can be pushed to buy the rest."""
FEWEST_DIMENSIONS = 4
THRIVING, NEEDS_CARE = 75, 50


class Dimension(StrEnum):
    """What keeps objectives alive, in the order in which it is shown."""

    ALIGNMENT = "alignment"
    RHYTHM = "rhythm"
    CANDOUR = "candour"
    OWNERSHIP = "ownership"
    CONVERSATION = "conversation"
    LEARNING = "learning"


class Band(StrEnum):
    THRIVING = "thriving"
    NEEDS_CARE = "needs_care"
    TICK_BOX_RISK = "tick_box_risk"


WEIGHTS: Mapping[Dimension, float] = {
    Dimension.ALIGNMENT: 0.15,
    Dimension.RHYTHM: 0.15,
    Dimension.CANDOUR: 0.20,
    Dimension.OWNERSHIP: 0.15,
    Dimension.CONVERSATION: 0.15,
    Dimension.LEARNING: 0.20,
}
SUB_WEIGHTS: Mapping[Dimension, Mapping[str, float]] = {
    Dimension.ALIGNMENT: {"link": 0.75, "focus": 0.25},
    Dimension.RHYTHM: {"freshness": 0.5, "coverage": 0.5},
    Dimension.CANDOUR: {"substance": 0.35, "agreement": 0.45, "live_confidence": 0.20},
    Dimension.OWNERSHIP: {"own_voice": 0.5, "shared_effort": 0.5},
    Dimension.CONVERSATION: {"voices": 0.5, "help_answered": 0.3, "wins_seen": 0.2},
    Dimension.LEARNING: {"reaction": 0.35, "strategy": 0.40, "retrospective": 0.25},
}


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """`score` None: nothing to say. `lost`: points of the whole, 0..100; those of all dimensions add up to 100 − V."""

    dimension: Dimension
    score: float | None
    subs: Mapping[str, float | None]
    lost: float = 0.0


@dataclass(frozen=True, slots=True)
class Vitality:
    """`value` None: too early to tell."""

    value: float | None
    dimensions: tuple[DimensionScore, ...] = field(default=())

    @property
    def band(self) -> Band | None:
        """The word for the value; None while it is too early."""
        return None if self.value is None else band_of(self.value)


def band_of(value: float) -> Band:
    """75 and more thrives, 50 and more needs care, less is at risk of becoming a tick-box."""
    if value >= THRIVING:
        return Band.THRIVING
    return Band.NEEDS_CARE if value >= NEEDS_CARE else Band.TICK_BOX_RISK


def vitality(subs: Mapping[Dimension, Mapping[str, float | None]]) -> Vitality:
    """V = 100·(0.7·ΣW·D/ΣW + 0.3·min D) over the dimensions that have something to say.

    `subs` names sub-scores as SUB_WEIGHTS does; what is missing counts as None. Without coverage, or with fewer than
    four dimensions, it is too early to tell.
    """
    scored = [_dimension(one, subs.get(one, {})) for one in Dimension]
    known = {one.dimension: one.score for one in scored if one.score is not None}
    has_coverage = subs.get(Dimension.RHYTHM, {}).get("coverage") is not None
    if not has_coverage or len(known) < FEWEST_DIMENSIONS:
        return Vitality(None, tuple(scored))
    whole = sum(WEIGHTS[one] for one in known)
    weakest = min(known.values())
    ties = [one for one, score in known.items() if score == weakest]

    def lost(one: Dimension) -> float:
        share = (1 - WEAKEST_SHARE) * WEIGHTS[one] / whole
        share += WEAKEST_SHARE / len(ties) if one in ties else 0.0
        return 100 * share * (1 - known[one])

    mean = sum(WEIGHTS[one] * score for one, score in known.items()) / whole
    value = 100 * ((1 - WEAKEST_SHARE) * mean + WEAKEST_SHARE * weakest)
    return Vitality(
        value,
        tuple(replace(one, lost=lost(one.dimension)) if one.dimension in known else one for one in scored),
    )


def what_if(
    subs: Mapping[Dimension, Mapping[str, float | None]], dimension: Dimension, name: str, score: float = 1.0
) -> Vitality:
    """The vitality it would have with one sub-score at `score`: "answer it: 67 to 92"."""
    changed = {one: dict(found) for one, found in subs.items()}
    changed.setdefault(dimension, {})[name] = score
    return vitality(changed)


def team_vitality(objectives: Sequence[Vitality]) -> float | None:
    """The plain mean of the objectives that have a value; None without any. The lowest one is always named beside it."""
    values = [one.value for one in objectives if one.value is not None]
    return sum(values) / len(values) if values else None


def _dimension(dimension: Dimension, found: Mapping[str, float | None]) -> DimensionScore:
    weights = SUB_WEIGHTS[dimension]
    subs = {name: found.get(name) for name in weights}
    known = {name: score for name, score in subs.items() if score is not None}
    whole = sum(weights[name] for name in known)
    score = sum(weights[name] * value for name, value in known.items()) / whole if known else None
    return DimensionScore(dimension, score, subs)
