"""Where a key result stands, told from its check-ins alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from objectives.rules.cycles import elapsed_share
from objectives.rules.expected import PlannedValue, expected_share
from objectives.rules.forecast import Forecast, Point, forecast
from objectives.rules.freshness import FreshnessDates, freshness_dates, next_due_on
from objectives.rules.kinds import KeyResultKind, Status
from objectives.rules.likely import because_sentence
from objectives.rules.progress import Measure, Observation, Progress, Step, measure_progress
from objectives.rules.status import key_result_status


@dataclass(frozen=True, slots=True)
class Statement:
    """One check-in, as far as numbers go. `steps_done` are the ids of all milestones that are done."""

    observed_on: date
    recorded_at: datetime
    value: Decimal | None = None
    steps_done: frozenset[str] | None = None
    confidence: int | None = None
    is_person: bool = True

    @property
    def has_value(self) -> bool:
        return self.value is not None or self.steps_done is not None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a key result is judged by, beside its check-ins. `success` is the share that counts as reached."""

    measure: Measure
    step_weights: dict[str, Decimal] = field(default_factory=dict)
    planned: tuple[PlannedValue, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    success: float = 0.7
    ref_pace: float = 0.65
    scale: float = 1.0
    is_closed: bool = False
    activated_on: date | None = None
    skipped_until: date | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What the key result stood at after one statement."""

    previous_value: Decimal | None
    progress: Progress
    status: Status


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the key result stands now; `moments` holds one entry per statement, in their order."""

    current_value: Decimal | None
    steps_done: frozenset[str]
    progress: Progress
    expected: Decimal | None
    confidence: int | None
    status: Status
    forecast: Forecast | None
    because: str
    last_check_in_at: datetime | None
    last_heard_on: date | None
    next_due_on: date | None
    freshness: FreshnessDates | None
    moments: tuple[Moment, ...]


def standing_of(around: Surroundings, statements: Sequence[Statement], *, today: date) -> Standing:
    """Replay the statements, ordered by the day they speak of and then by the moment of recording.

    The current value is that of the last statement that has one (RULES §1). Status is that of the last statement
    (RULES §3); progress of guardrails is counted up to `today`.
    """
    replay = _Replay(around)
    moments = tuple(replay.hear(statement) for statement in statements)
    heard_on = max((one.observed_on for one in statements if one.is_person), default=None)
    dates = freshness_dates(
        last_heard_on=heard_on, activated_on=around.activated_on, cadence_days=around.measure.cadence_days
    )
    latest = replay.forecast
    return Standing(
        current_value=replay.value,
        steps_done=replay.steps_done,
        progress=replay.progress_on(today),
        expected=expected_share(
            around.measure,
            planned=around.planned,
            starts_on=around.starts_on,
            ends_on=around.ends_on,
            on=today,
        ),
        confidence=replay.confidence,
        status=moments[-1].status if moments else Status.NO_DATA,
        forecast=latest,
        because=because_sentence(
            latest, replay.points, success=around.success, is_planned=bool(around.planned)
        )
        if latest
        else "",
        last_check_in_at=max((one.recorded_at for one in statements), default=None),
        last_heard_on=heard_on,
        next_due_on=next_due_on(
            last_heard_on=heard_on,
            activated_on=around.activated_on,
            cadence_days=around.measure.cadence_days,
            skip_until=around.skipped_until,
        ),
        freshness=dates,
        moments=moments,
    )


class _Replay:
    """What has been heard so far while statements are replayed in order."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.value: Decimal | None = None
        self.steps_done: frozenset[str] = frozenset()
        self.confidence: int | None = None
        self.observations: list[Observation] = []
        self.points: list[Point] = []
        self.forecast: Forecast | None = self._forecast()
        self._chances: tuple[float | None, float | None] = (None, None)

    def hear(self, statement: Statement) -> Moment:
        previous = self.value
        if statement.confidence is not None:
            self.confidence = statement.confidence
        if statement.has_value:
            progress = self._take_value(statement)
        else:
            progress = self.progress_on(statement.observed_on)
        return Moment(previous, progress, self._status(statement.observed_on, progress))

    def _take_value(self, statement: Statement) -> Progress:
        if statement.steps_done is not None:
            self.steps_done = statement.steps_done & frozenset(self.around.step_weights)
            value = sum((self.around.step_weights[step] for step in self.steps_done), Decimal(0))
        else:
            value = statement.value if statement.value is not None else Decimal(0)
            self.value = value
        self.observations.append(Observation(statement.observed_on, value))
        t = self._share_behind(statement.observed_on)
        progress = self.progress_on(statement.observed_on)
        if t is not None and progress.raw_progress is not None:
            self.points.append(Point(float(t), float(progress.raw_progress)))
        self.forecast = self._forecast()
        self._chances = (self.forecast.chance if self.forecast else None, self._chances[0])
        return progress

    def measure_now(self) -> Measure:
        measure = self.around.measure
        if measure.kind != KeyResultKind.MILESTONES:
            return measure
        steps = tuple(Step(w, step in self.steps_done) for step, w in self.around.step_weights.items())
        return Measure(kind=measure.kind, steps=steps, cadence_days=measure.cadence_days)

    def progress_on(self, day: date) -> Progress:
        return measure_progress(self.measure_now(), self.observations, today=day)

    def _share_behind(self, day: date) -> Decimal | None:
        around = self.around
        if around.planned and around.measure.kind != KeyResultKind.YES_NO:
            return expected_share(
                around.measure,
                planned=around.planned,
                starts_on=around.starts_on,
                ends_on=around.ends_on,
                on=day,
            )
        return elapsed_share(around.starts_on, around.ends_on, day)

    def _forecast(self) -> Forecast | None:
        """None where there is nothing to extrapolate: guardrails, yes or no, baselines, cycles without dates."""
        around = self.around
        if not around.measure.kind.has_forecast:
            return None
        if elapsed_share(around.starts_on, around.ends_on, around.starts_on or date.min) is None:
            return None
        return forecast(self.points, success=around.success, ref_pace=around.ref_pace, scale=around.scale)

    def _status(self, day: date, progress: Progress) -> Status:
        return key_result_status(
            measure=self.measure_now(),
            progress=progress,
            t=elapsed_share(self.around.starts_on, self.around.ends_on, day),
            latest_value=self.value,
            latest_confidence=self.confidence,
            chance=self._chances[0],
            previous_chance=self._chances[1],
            has_value=bool(self.observations),
            is_closed=self.around.is_closed,
        )
