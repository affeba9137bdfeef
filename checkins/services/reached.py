"""Finding, locking and recomputing what a check-in reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alignment.permissions import visible_priorities
from alignment.services.affected import Affected, affected_by
from alignment.services.locked import Locked, lock_affected
from alignment.services.roll_up import Lifted, roll_up
from checkins.models import CheckIn
from checkins.services.refresh_key_results import refresh_key_results
from common.days import day_in
from common.errors import RuleConflict
from common.locks import lock_graph
from common.prepared import Prepared
from objectives.models import KeyResult
from objectives.permissions import visible_objectives
from people.models import User

GONE = "This key result is no longer there: somebody deleted it."


@dataclass(frozen=True, slots=True)
class RecordedCheckIn:
    """A check-in, its key result as it stands now, and what it moved above (only what the writer may see)."""

    check_in: CheckIn
    key_result: KeyResult
    lifted: tuple[Lifted, ...]


@dataclass(slots=True)
class Reached:
    """A locked key result with everything above it."""

    key_result: KeyResult
    at: datetime
    today: date
    affected: Affected
    locked: Locked
    moved: tuple[Lifted, ...] = ()

    def recompute(self, by: User, adding: CheckIn | None = None) -> tuple[Lifted, ...]:
        """Refresh the key result from its check-ins and roll up; returns what moved that `by` may see.

        `adding` is a check-in that is not saved yet. `moved` keeps all that moved, for the log.
        """
        refresh_key_results(
            key_results=[self.key_result], today=self.today, adding=[adding] if adding else [], at=self.at
        )
        self.moved = roll_up(
            organisation_id=self.affected.organisation_id,
            today=self.today,
            affected=self.affected,
            locked=self.locked,
            at=self.at,
        )
        return only_visible(self.moved, by)


_places = Prepared(
    lambda key_result: (
        KeyResult.objects.filter(pk=key_result).order_by().values_list("organisation_id", "objective_id")
    )
)


def reach(*, key_result_id: UUID, at: datetime) -> Reached:
    """Lock the key result and what lies above it. Raises RuleConflict when it was deleted meanwhile.

    Check-ins hold the graph lock shared: they run side by side, and wait for each other only on rows they share.
    """
    places = _places(key_result_id)
    if not places:
        raise RuleConflict(GONE, code="deleted")
    organisation_id, objective_id = places[0]
    lock_graph(organisation_id)
    affected = affected_by(organisation_id, objective_ids=[objective_id], shape_changed=False)
    affected.key_result_ids.add(key_result_id)
    affected.edges.append((("key_result", key_result_id), ("objective", objective_id)))
    locked = lock_affected(affected)
    row = locked.key_results.get(key_result_id)
    if row is None or row.deleted_at is not None or row.objective.deleted_at is not None:
        raise RuleConflict(GONE, code="deleted")
    return Reached(row, at, day_in(row.objective.organisation.time_zone, at), affected, locked)


def moved_ids(moved: tuple[Lifted, ...]) -> dict[str, dict[str, list[str]]]:
    """What an event keeps of it: `{"lifted": {"objective": [ids], "priority": [ids]}}`, or nothing."""
    if not moved:
        return {}
    found: dict[str, list[str]] = {}
    for row in moved:
        found.setdefault(row.type, []).append(str(row.id))
    return {"lifted": found}


def only_visible(lifted: tuple[Lifted, ...], by: User) -> tuple[Lifted, ...]:
    """Leave out what the person may not know of: closed circles' objectives, drafts of priorities."""
    if not lifted or by.is_administrator:
        return lifted
    ids = [row.id for row in lifted]
    seen = set(visible_objectives(by).filter(pk__in=ids).values_list("pk", flat=True))
    if any(row.type == "priority" for row in lifted):
        seen |= set(visible_priorities(by).filter(pk__in=ids).values_list("pk", flat=True))
    return tuple(row for row in lifted if row.id in seen)
