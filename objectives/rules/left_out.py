"""What counts in a roll-up, and the reason when something does not (docs: RULES §2)."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from objectives.rules.kinds import KeyResultKind, KeyResultState, ObjectiveState, Visibility

CONTRIBUTES = "contributes"


class LeftOutReason(StrEnum):
    """Why a part does not enter a rolled-up number."""

    PRIVATE = "private"
    DELETED = "deleted"
    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    CANCELLED = "cancelled"
    OTHER_CYCLE = "other_cycle"
    SUPPORTS = "supports"
    DEPENDS_ON = "depends_on"
    BASELINE = "baseline"
    WEIGHT_ZERO = "weight_zero"
    NO_VALUE = "no_value"

    @property
    def words(self) -> str:
        """The reason as it stands beside the part."""
        return _WORDS[self]


_WORDS: Mapping[LeftOutReason, str] = {
    LeftOutReason.PRIVATE: "not visible to the whole organisation",
    LeftOutReason.DELETED: "deleted",
    LeftOutReason.DRAFT: "still a draft",
    LeftOutReason.PROPOSED: "proposed, not agreed yet",
    LeftOutReason.AGREED: "agreed, not started yet",
    LeftOutReason.CANCELLED: "cancelled",
    LeftOutReason.OTHER_CYCLE: "belongs to another cycle",
    LeftOutReason.SUPPORTS: "supports, does not contribute",
    LeftOutReason.DEPENDS_ON: "a dependency, does not contribute",
    LeftOutReason.BASELINE: "finding out where we are",
    LeftOutReason.WEIGHT_ZERO: "tracked, not counted",
    LeftOutReason.NO_VALUE: "no value yet",
}


def counts_in_roll_up(state: ObjectiveState | KeyResultState) -> bool:
    """Active, paused and closed ones count: closing a weak goal must not lift what stands above it."""
    return str(state) in ("active", "paused", "closed")


def counts_above_itself(visibility: Visibility, *, counts_when_private: bool) -> bool:
    """Whether an objective enters any number, count, list or history above itself.

    Only what the whole organisation may see does, unless its owner opts in.
    """
    return visibility == Visibility.ORGANISATION or counts_when_private


def why_left_out(
    *,
    state: ObjectiveState | KeyResultState,
    weight: Decimal,
    progress: Decimal | None,
    kind: KeyResultKind | None = None,
    link_kind: str = CONTRIBUTES,
    is_deleted: bool = False,
    is_private: bool = False,
    is_other_cycle: bool = False,
) -> LeftOutReason | None:
    """The first reason why a part does not count, or None when it does.

    kind            of a key result; None for a child objective
    link_kind       of the link that makes an objective a part
    is_private      not `counts_above_itself`; says nothing else about the part
    is_other_cycle  outside the cycle (and the cycles inside it) that is being added up
    """
    if is_private:
        return LeftOutReason.PRIVATE
    if is_deleted:
        return LeftOutReason.DELETED
    if not counts_in_roll_up(state):
        return LeftOutReason(str(state))
    if is_other_cycle:
        return LeftOutReason.OTHER_CYCLE
    if link_kind != CONTRIBUTES:
        return LeftOutReason(link_kind)
    if kind == KeyResultKind.BASELINE:
        return LeftOutReason.BASELINE
    if weight == 0:
        return LeftOutReason.WEIGHT_ZERO
    if progress is None:
        return LeftOutReason.NO_VALUE
    return None
