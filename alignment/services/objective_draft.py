"""What somebody wants an objective, its key results and its links to be, as one page says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from alignment.rules.kinds import LinkKind
from alignment.services.link_ends import Parent
from common.errors import StaleVersion
from objectives.rules.kinds import InitiativeState
from objectives.services import KeyResultDraft, ObjectiveChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeLine:
    """A piece of work below a key result; one with an `id` and without a title is taken away."""

    title: str
    url: str = ""
    state: InitiativeState = InitiativeState.PLANNED
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResultLine:
    """A key result in its place. Without `id` it is new; without `draft` it stays as it is."""

    draft: KeyResultDraft | None = None
    id: UUID | None = None
    expected_version: int | None = None
    initiatives: Sequence[InitiativeLine] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLine:
    """Where the objective leads. With `id` that link is changed, or replaced when the parent is another."""

    parent: Parent
    kind: LinkKind | None = None
    weight: Decimal = Decimal(1)
    reason: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveDraft:
    """All that one page says. Key results and links that it does not name are left alone.

    fields               of `create_objective`; for an edit only those that change
    removed_key_results  id to the version that was seen (None: whatever it is now)
    """

    fields: ObjectiveChanges = field(default_factory=ObjectiveChanges)
    key_results: Sequence[KeyResultLine] = ()
    removed_key_results: Mapping[UUID, int | None] = field(default_factory=dict)
    links: Sequence[LinkLine] = ()
    removed_links: Sequence[UUID] = ()


class StaleObjective(StaleVersion):
    """Somebody else changed what this page changes too: the objective itself, or these key results.

    `gone_ids` are key results that somebody deleted meanwhile.
    """

    def __init__(
        self, *, is_objective: bool, key_result_ids: frozenset[UUID], gone_ids: frozenset[UUID]
    ) -> None:
        super().__init__("Somebody changed this objective while you were writing.")
        self.is_objective = is_objective
        self.key_result_ids = key_result_ids
        self.gone_ids = gone_ids
