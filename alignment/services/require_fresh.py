"""Whether an objective is still what the writer of a page saw."""

from __future__ import annotations

from uuid import UUID

from alignment.services.objective_draft import ObjectiveDraft, StaleObjective
from objectives.models import KeyResult, Objective
from objectives.services import KeyResultDraft, draft_of
from objectives.services.check_objective import checked_fields

DRAFT_FIELDS = (
    "title",
    "kind",
    "unit",
    "start_value",
    "target_value",
    "lower_bound",
    "upper_bound",
    "milestones",
    "planned_values",
    "weight",
    "owner",
    "cadence_days",
    "value_source",
)


def require_fresh(row: Objective, draft: ObjectiveDraft, expected_version: int | None) -> None:
    """Raise StaleObjective when a part that would be written is not what its writer saw.

    What says the same as it does now is no conflict, whoever changed it. The caller holds `row`.
    """
    rows = row.key_results.prefetch_related("milestones", "planned_values").select_related("owner")
    kept = {one.pk: one for one in rows}
    stale: set[UUID] = set()
    gone: set[UUID] = set()
    for line in draft.key_results:
        if line.id is None or line.draft is None:
            continue
        there = kept.get(line.id)
        if there is None:
            gone.add(line.id)
        elif line.expected_version not in (None, there.version) and differs(there, line.draft):
            stale.add(line.id)
    for pk, seen in draft.removed_key_results.items():
        if pk in kept and seen not in (None, kept[pk].version):
            stale.add(pk)
    was_edited = bool(draft.fields) and expected_version not in (None, row.version)
    is_objective = was_edited and _says_otherwise(row, draft)
    if is_objective or stale or gone:
        raise StaleObjective(
            is_objective=is_objective, key_result_ids=frozenset(stale), gone_ids=frozenset(gone)
        )


def differs(row: KeyResult, draft: KeyResultDraft) -> bool:
    """Whether the draft says anything that the key result does not say already."""
    before = draft_of(row)
    return any(getattr(before, name) != getattr(draft, name) for name in DRAFT_FIELDS)


def _says_otherwise(row: Objective, draft: ObjectiveDraft) -> bool:
    fields, _ = checked_fields(dict(draft.fields), organisation_id=row.organisation_id, before=row)
    people = fields.pop("contributors", None)
    if people is not None and {one.pk for one in people} != {one.pk for one in row.contributors.all()}:
        return True
    return any(getattr(row, name) != value for name, value in fields.items())
