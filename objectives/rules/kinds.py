"""The closed word lists of objectives and key results (docs/glossary.md)."""

from enum import StrEnum


class KeyResultKind(StrEnum):
    """How a key result is measured (docs: RULES §1)."""

    INCREASE = "increase"
    DECREASE = "decrease"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    MILESTONES = "milestones"
    YES_NO = "yes_no"
    PERCENT_DONE = "percent_done"
    BASELINE = "baseline"

    @property
    def is_metric(self) -> bool:
        """Moves from a start value to a target value."""
        return self in (KeyResultKind.INCREASE, KeyResultKind.DECREASE)

    @property
    def is_guardrail(self) -> bool:
        """Keeps a number inside bounds."""
        return self in (KeyResultKind.AT_LEAST, KeyResultKind.AT_MOST, KeyResultKind.BETWEEN)

    @property
    def has_forecast(self) -> bool:
        """Moves little by little towards its end, so that a pace says something (RULES §5)."""
        return self.is_metric or self in (KeyResultKind.MILESTONES, KeyResultKind.PERCENT_DONE)


class ObjectiveKind(StrEnum):
    """What success means: all of it (1.0), or an ambitious aim (0.7)."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"


class ObjectiveState(StrEnum):
    """Stored life of an objective; status is something else and is derived."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class KeyResultState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class CycleState(StrEnum):
    PLANNING = "planning"
    ACTIVE = "active"
    CLOSING = "closing"
    CLOSED = "closed"


class Visibility(StrEnum):
    """Who may read an objective: everybody in the organisation, its team, or only those who work on it."""

    ORGANISATION = "organisation"
    TEAM = "team"
    PRIVATE = "private"


class ValueSource(StrEnum):
    """Where a key result's value comes from."""

    MANUAL = "manual"
    ALIGNED_OBJECTIVES = "aligned_objectives"
    CONNECTOR = "connector"


class InitiativeState(StrEnum):
    PLANNED = "planned"
    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class SuggestionState(StrEnum):
    """A wording that somebody offers; only whoever may edit the objective takes it."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class RecalibrationState(StrEnum):
    """A new aim counts at once unless it eases much and late; then the sponsor is asked first."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Status(StrEnum):
    """Computed, never set by hand."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    ACHIEVED = "achieved"
    TOO_EARLY = "too_early"
    NO_DATA = "no_data"


class Freshness(StrEnum):
    """How long ago a person was last heard; ordered from fresh to silent."""

    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"
    SILENT = "silent"
