"""A priority changed: what asks the reader, what only concerns them, and drafts that leaders show each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alignment.models import PriorityRevision, Reconfirmation
from alignment.permissions import can_state_priorities, visible_priorities
from alignment.rules.kinds import ReconfirmationState, RevisionKind, RevisionState
from checkins.queries.telling import address, for_reader, quoted, shortened
from notices.models import Notice
from notices.rendering import Line, Section
from objectives.permissions import visible_objectives
from people.models import User

PRIORITY_ORDER = 7
DID = {
    RevisionKind.REWORDED: "reworded",
    RevisionKind.RANKED: "gave another place to",
    RevisionKind.RETIRED: "retired",
    RevisionKind.TAKEN_UP: "took up again",
    RevisionKind.STATED: "stated",
}


@for_reader
def tell_priority_changed(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """One line each, as long as the reader may see the priority; questions answered or released are left out."""
    ids = [str(notice.payload.get("revision_id") or "") for notice in notices]
    revisions = {
        str(row.pk): row
        for row in PriorityRevision.objects.filter(
            pk__in=[one for one in ids if one], priority__in=visible_priorities(user)
        ).select_related("published_by", "author")
    }
    questions = _questions(user, revisions)
    lines = []
    for notice, key in zip(notices, ids, strict=True):
        row = revisions.get(key)
        line = _line(notice, row, questions.get(row.pk, []), user) if row is not None else None
        if line is not None:
            lines.append(line)
    if not lines:
        return None
    return Section(
        title="Priorities",
        lines=tuple(lines),
        order=PRIORITY_ORDER,
        headline=lines[0].title if len(lines) == 1 else "Priorities have changed",
        lede="A minute now saves a quarter in the wrong direction.",
        button="Look at it",
        button_href=lines[0].href,
    )


def _questions(user: User, revisions: dict[str, PriorityRevision]) -> dict[UUID, list[Reconfirmation]]:
    """Open questions to the reader about what they may see, by version."""
    found: dict[UUID, list[Reconfirmation]] = {}
    rows = Reconfirmation.objects.filter(
        revision__in=list(revisions.values()),
        asked_of=user,
        state=ReconfirmationState.OPEN,
        objective__in=visible_objectives(user),
    )
    for row in rows.select_related("objective"):
        found.setdefault(row.revision_id, []).append(row)
    return found


def _line(notice: Notice, row: PriorityRevision, questions: list[Reconfirmation], user: User) -> Line | None:
    if notice.payload.get("is_draft"):
        return _draft_line(notice, row, user)
    if row.state != RevisionState.PUBLISHED:
        return None
    who = row.published_by.name if row.published_by else "Somebody"
    did, title = DID[RevisionKind(row.kind)], shortened(row.title, 120)
    if notice.payload.get("is_asked") and not questions:
        return None
    if not questions:
        return Line(
            title=f"{who} {did} {quoted(title)}",
            words=quoted(row.reason) if row.reason else "",
            facts="You are told, nobody has to answer.",
            href=address("priority", row.priority_id),
            notice_id=notice.pk,
        )
    first = questions[0]
    names = ", ".join(shortened(one.objective.title, 80) for one in questions[:3])
    return Line(
        title=f"{who} {did} {quoted(title)}. Does your objective still point the right way?",
        words=quoted(row.reason) if row.reason else "",
        facts=f"Keep, adapt or stop: {names}" + (" and more" if len(questions) > 3 else ""),
        href=address("reconfirm", first.pk),
        notice_id=notice.pk,
    )


def _draft_line(notice: Notice, row: PriorityRevision, user: User) -> Line | None:
    if row.state != RevisionState.DRAFT or not can_state_priorities(user):
        return None
    who = row.author.name if row.author else "Somebody"
    return Line(
        title=f"{who} shows you a draft of {quoted(shortened(row.title, 120))}",
        words=quoted(row.reason) if row.reason else "",
        facts="Nothing changes for anyone until it is published.",
        href=address("priority_edit", row.priority_id),
        notice_id=notice.pk,
    )
