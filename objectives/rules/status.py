"""Status: computed at each check-in, never set by hand (docs: RULES §3)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from objectives.rules.kinds import KeyResultKind, Status
from objectives.rules.progress import Measure, Progress, is_in_band

TOO_EARLY_BEFORE = Decimal("0.15")
ON_TRACK_CHANCE = 0.50
OFF_TRACK_CHANCE = 0.35
ON_TRACK_CONFIDENCE = 7
AT_RISK_CONFIDENCE = 4


def key_result_status(
    *,
    measure: Measure,
    progress: Progress,
    t: Decimal | None,
    latest_value: Decimal | None,
    latest_confidence: int | None,
    chance: float | None,
    previous_chance: float | None,
    has_value: bool,
    is_closed: bool = False,
) -> Status:
    """The status of a key result; the first rule that fits decides.

    t                elapsed share of the cycle at the latest check-in; None in a cycle without dates
    latest_value     what guardrails are judged by
    chance           of the forecast at the latest check-in; previous_chance at the one before
    is_closed        only then can a guardrail be `achieved`
    Source: RULES §3, in its order. Without a forecast the latest confidence decides, as for yes/no.
    """
    if not has_value or measure.kind == KeyResultKind.BASELINE:
        return Status.NO_DATA
    if measure.kind.is_guardrail:
        return _guardrail_status(measure, progress, latest_value, is_closed=is_closed)
    if progress.progress is not None and progress.progress >= 1:
        return Status.ACHIEVED
    if t is not None and t < TOO_EARLY_BEFORE:
        return Status.TOO_EARLY
    if t is None or chance is None or measure.kind == KeyResultKind.YES_NO:
        return _status_by_confidence(latest_confidence)
    if chance >= ON_TRACK_CHANCE:
        return Status.ON_TRACK
    if chance < OFF_TRACK_CHANCE and previous_chance is not None and previous_chance < OFF_TRACK_CHANCE:
        return Status.OFF_TRACK
    return Status.AT_RISK


def objective_status(counts: Mapping[Status, int]) -> Status:
    """The status of an objective from the statuses of its counted key results and contributing children.

    Parts that cannot be judged are not counted: off_track if more than half are; else at_risk if at least a
    third are at risk or off track; achieved if all are; else on_track. With nothing to judge, too_early if
    any part is, else no_data.
    """
    off = counts.get(Status.OFF_TRACK, 0)
    at_risk = counts.get(Status.AT_RISK, 0)
    achieved = counts.get(Status.ACHIEVED, 0)
    judged = off + at_risk + achieved + counts.get(Status.ON_TRACK, 0)
    if judged == 0:
        return Status.TOO_EARLY if counts.get(Status.TOO_EARLY, 0) else Status.NO_DATA
    if 2 * off > judged:
        return Status.OFF_TRACK
    if 3 * (off + at_risk) >= judged:
        return Status.AT_RISK
    return Status.ACHIEVED if achieved == judged else Status.ON_TRACK


def status_counts(statuses: Iterable[Status]) -> dict[Status, int]:
    """How many parts have each status; every status is named, also with 0."""
    counts = dict.fromkeys(Status, 0)
    for status in statuses:
        counts[Status(status)] += 1
    return counts


def _guardrail_status(
    measure: Measure, progress: Progress, latest_value: Decimal | None, *, is_closed: bool
) -> Status:
    if latest_value is None:
        return Status.NO_DATA
    if is_closed and progress.progress is not None and progress.progress >= 1:
        return Status.ACHIEVED
    return Status.ON_TRACK if is_in_band(measure, latest_value) else Status.OFF_TRACK


def _status_by_confidence(confidence: int | None) -> Status:
    if confidence is None:
        return Status.NO_DATA
    if confidence >= ON_TRACK_CONFIDENCE:
        return Status.ON_TRACK
    return Status.AT_RISK if confidence >= AT_RISK_CONFIDENCE else Status.OFF_TRACK
