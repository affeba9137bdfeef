"""Answer what another team depends on: accept, decline with a reason, or offer something else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from activity.services import record_event
from alignment.models import AlignmentLink, LinkAnswer
from alignment.permissions import can_state_priorities, visible_links
from alignment.rules.kinds import LinkKind, LinkState
from common.errors import FieldProblem, InvalidInput, NotAllowed, RuleConflict
from common.locks import lock_graph
from common.words import TEXT_LIMIT, clean_words
from notices.rules.kinds import NoticeKind
from notices.services.drop_notices import drop_notices
from notices.services.post_notice import post_notice
from objectives.models import Objective
from objectives.permissions import can_edit_objective
from objectives.services.locked_rows import require_running
from people.models import User

RECEIVER_SAYS = (LinkState.ACCEPTED, LinkState.DECLINED, LinkState.RENEGOTIATED)
ASKER_SAYS = (LinkState.ACCEPTED, LinkState.REQUESTED)
NEEDS_WORDS = {
    LinkState.DECLINED: "say why, so that the other team can plan without it",
    LinkState.RENEGOTIATED: "say what you can offer instead",
}


def can_answer_dependency(user: User, link: AlignmentLink) -> bool:
    """The side that is depended on; while its offer waits for an answer, the side that asked as well."""
    return bool(answers_open_to(user, link))


def answers_open_to(user: User, link: AlignmentLink) -> tuple[LinkState, ...]:
    """What this person may say to the dependency now; empty when there is nothing to say for them."""
    if link.kind != LinkKind.DEPENDS_ON:
        return ()
    said: list[LinkState] = []
    if _is_receiver(user, link):
        said += [state for state in RECEIVER_SAYS if state != link.state]
    if link.state in (LinkState.RENEGOTIATED, LinkState.DECLINED) and can_edit_objective(user, link.child):
        open_ones = ASKER_SAYS if link.state == LinkState.RENEGOTIATED else (LinkState.REQUESTED,)
        said += [state for state in open_ones if state not in said]
    return tuple(said)


@transaction.atomic
def answer_dependency(
    *, link: AlignmentLink, by: User, at: datetime, state: LinkState | str, words: str = ""
) -> AlignmentLink:
    """Say one of `answers_open_to`; every answer is kept. Declining and offering something else need words.

    The side that was asked may change its mind later; the other side is told each time.
    Raises NotAllowed, RuleConflict (no dependency; gone; an end is closed), InvalidInput.
    """
    lock_graph(link.organisation_id, exclusively=True)
    row = (
        visible_links(by)
        .select_for_update(of=("self",))
        .select_related("child__cycle", "child__owner", "child__team", "objective__cycle", "priority")
        .select_related("objective__owner", "objective__team", "key_result__objective__cycle")
        .select_related("key_result__owner", "key_result__objective__owner", "key_result__objective__team")
        .filter(pk=link.pk)
        .first()
    )
    if row is None:
        raise RuleConflict("This link is no longer there: somebody removed it.", code="deleted")
    if row.kind != LinkKind.DEPENDS_ON:
        raise RuleConflict("Only a dependency is answered.", code="not_a_dependency")
    said, text = _checked(state, words)
    if said not in answers_open_to(by, row):
        raise NotAllowed("The team that is depended on answers; an offer is answered by the team that asked.")
    require_running(row.child)
    LinkAnswer.objects.create(link=row, state=said, words=text, by=by, at=at)
    before = row.state
    row.state, row.updated_at = said, at
    row.save(update_fields=["state", "updated_at"])
    record_event(
        verb=f"link.{said}",
        subject=row,
        organisation_id=row.organisation_id,
        by=by,
        at=at,
        objective_id=row.child_id,
        payload={
            "changes": {"state": [before, said.value]},
            "reason": text,
            "child_id": str(row.child_id),
            "parent_type": row.parent_type,
            "parent_id": str(row.parent_id),
        },
    )
    drop_notices(kind=NoticeKind.DEPENDENCY, key=str(row.pk), at=at)
    _tell_others(row, by=by, at=at)
    return row


def tell_request(link: AlignmentLink, *, by: User, at: datetime) -> None:
    """Tell the side that is depended on that a new request waits. Nothing for other kinds of links."""
    if link.kind == LinkKind.DEPENDS_ON and link.state == LinkState.REQUESTED:
        _tell(link, receiver_of(link), key=str(link.pk), by=by, at=at)


def receiver_of(link: AlignmentLink) -> User | None:
    """Who answers for what is depended on: the key result's owner, the objective's, its team's lead, the priority's."""
    if link.priority is not None:
        return link.priority.owner
    if link.key_result is not None and link.key_result.owner is not None:
        return link.key_result.owner
    above = _objective_above(link)
    if above is None:
        return None
    return above.owner or (above.team.lead if above.team is not None else None)


def _objective_above(link: AlignmentLink) -> Objective | None:
    return link.objective or (link.key_result.objective if link.key_result is not None else None)


def _is_receiver(user: User, link: AlignmentLink) -> bool:
    if not user.is_active or user.is_viewer or user.organisation_id != link.organisation_id:
        return False
    if link.priority is not None:
        return link.priority.owner_id == user.pk or can_state_priorities(user)
    if link.key_result is not None and link.key_result.owner_id == user.pk:
        return True
    above = _objective_above(link)
    return above is not None and can_edit_objective(user, above)


def _checked(state: LinkState | str, words: str) -> tuple[LinkState, str]:
    problems: list[FieldProblem] = []
    try:
        said = LinkState(state)
    except ValueError:
        raise InvalidInput.of("state", "unknown", "say accepted, declined or renegotiated") from None
    text = clean_words(
        words, field="words", problems=problems, limit=TEXT_LIMIT, needed=NEEDS_WORDS.get(said, "")
    )
    if problems:
        raise InvalidInput(problems)
    return said, text


def _tell_others(link: AlignmentLink, *, by: User, at: datetime) -> None:
    """The owner on the other side; both, where an administrator spoke for one of them."""
    child = link.child
    asker = child.owner or (child.team.lead if child.team is not None else None)
    for person in dict.fromkeys((asker, receiver_of(link))):
        _tell(link, person, key=f"{link.pk}:{link.state}:{at.isoformat()}", by=by, at=at)


def _tell(link: AlignmentLink, person: User | None, *, key: str, by: User, at: datetime) -> None:
    if person is None or person.pk == by.pk:
        return
    post_notice(
        kind=NoticeKind.DEPENDENCY,
        user=person,
        key=key,
        at=at,
        subject_type="alignment_link",
        subject_id=link.pk,
        objective_id=link.child_id,
    )
