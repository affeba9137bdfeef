"""One question about a changed priority: what changed, the objective it is about, and what others answered."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from alignment.models import AlignmentLink, PriorityRevision, Reconfirmation, StrategicPriority
from alignment.permissions import visible_priorities
from alignment.rules.kinds import PriorityState, ReconfirmationState, RevisionState
from dashboards.queries.pointed_right import Tally, tallies_of
from objectives.models import KeyResult
from objectives.permissions import can_edit_objective, visible_objectives
from objectives.rules.kinds import KeyResultState
from people.models import User


@dataclass(frozen=True, slots=True)
class ReconfirmPage:
    """`before` is the version under the one that asks; `link` the objective's own to the priority, if it has one.

    `replacement` is the open question of the same objective about a newer version; `others` other priorities.
    """

    row: Reconfirmation
    before: PriorityRevision | None
    link: AlignmentLink | None
    key_results: tuple[KeyResult, ...]
    tally: Tally
    others: tuple[StrategicPriority, ...]
    priority_count: int
    can_answer: bool
    replacement: UUID | None


def find_reconfirmation(user: User, reconfirmation_id: UUID) -> Reconfirmation | None:
    """The question, if the person may know of its objective. Two statements."""
    rows = Reconfirmation.objects.select_related(
        "revision__priority", "revision__published_by", "revision__owner", "asked_of", "answered_by",
        "objective__owner", "objective__team", "objective__cycle", "objective__organisation",
    )  # fmt: skip
    return rows.filter(pk=reconfirmation_id, objective__in=visible_objectives(user)).first()


def reconfirm_page(user: User, row: Reconfirmation) -> ReconfirmPage:
    """Everything on the page, in seven statements at most."""
    revision, priority = row.revision, row.revision.priority
    before = (
        PriorityRevision.objects.filter(
            priority=priority, state=RevisionState.PUBLISHED, number__lt=revision.number
        )
        .select_related("owner")
        .order_by("-number")
        .first()
    )
    active = tuple(visible_priorities(user).filter(state=PriorityState.ACTIVE).order_by("rank", "pk"))
    replacement = None
    if row.state == ReconfirmationState.RELEASED:
        newer = Reconfirmation.objects.filter(
            objective_id=row.objective_id, revision__priority=priority, state=ReconfirmationState.OPEN
        )
        replacement = newer.values_list("pk", flat=True).first()
    return ReconfirmPage(
        row=row,
        before=before,
        link=AlignmentLink.objects.filter(child_id=row.objective_id, priority=priority).first(),
        key_results=tuple(
            KeyResult.objects.filter(objective_id=row.objective_id)
            .exclude(state__in=(KeyResultState.CLOSED, KeyResultState.CANCELLED))
            .order_by("position", "pk")
        ),
        tally=tallies_of([revision.pk]).get(revision.pk, Tally(())),
        others=tuple(one for one in active if one.pk != priority.pk),
        priority_count=len(active),
        can_answer=can_edit_objective(user, row.objective),
        replacement=replacement,
    )
