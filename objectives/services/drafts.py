"""What somebody wants a key result to be, before it is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Required, TypedDict
from uuid import UUID

from objectives.models import KeyResult
from objectives.rules.kinds import KeyResultKind, ValueSource
from people.models import User


class Inherited(Enum):
    """Stands for "as the objective has it" where None already means "nobody"."""

    OWNER = "the objective's owner"


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    """One named step. `id` names a step that exists and is kept; without it the step is new."""

    title: str
    weight: Decimal = Decimal(1)
    due_on: date | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResultDraft:
    """A key result as typed. Numbers that the kind does not use stay None (docs: RULES §1)."""

    title: str
    kind: KeyResultKind = KeyResultKind.PERCENT_DONE
    unit: str = ""
    start_value: Decimal | None = None
    target_value: Decimal | None = None
    lower_bound: Decimal | None = None
    upper_bound: Decimal | None = None
    milestones: Sequence[MilestoneDraft] = ()
    planned_values: Sequence[tuple[date, Decimal]] = ()
    weight: Decimal = Decimal(1)
    owner: User | Inherited | None = Inherited.OWNER
    cadence_days: int = 7
    value_source: ValueSource = ValueSource.MANUAL
    external_id: str | None = None


class _NamedFields(TypedDict, total=False):
    kind: KeyResultKind
    unit: str
    start_value: Decimal | None
    target_value: Decimal | None
    lower_bound: Decimal | None
    upper_bound: Decimal | None
    milestones: Sequence[MilestoneDraft]
    planned_values: Sequence[tuple[date, Decimal]]
    weight: Decimal
    owner: User | Inherited | None
    cadence_days: int
    value_source: ValueSource
    external_id: str | None


class KeyResultFields(_NamedFields, total=False):
    """What `create_key_result` takes: a title, and whatever is known."""

    title: Required[str]


class KeyResultChanges(_NamedFields, total=False):
    """The fields of a key result that an edit may name; each replaces what was there, lists as a whole."""

    title: str


def draft_of(key_result: KeyResult) -> KeyResultDraft:
    """The draft that would make the key result as it is now. Reads its milestones and planned values."""
    return KeyResultDraft(
        title=key_result.title,
        kind=KeyResultKind(key_result.kind),
        unit=key_result.unit,
        start_value=key_result.start_value,
        target_value=key_result.target_value,
        lower_bound=key_result.lower_bound,
        upper_bound=key_result.upper_bound,
        milestones=tuple(
            MilestoneDraft(title=step.title, weight=step.weight, due_on=step.due_on, id=step.pk)
            for step in key_result.milestones.all()
        ),
        planned_values=tuple((point.on, point.value) for point in key_result.planned_values.all()),
        weight=key_result.weight,
        owner=key_result.owner,
        cadence_days=key_result.cadence_days,
        value_source=ValueSource(key_result.value_source),
        external_id=key_result.external_id,
    )
