"""Dependencies: asked for, answered, and what a team leans on getting into trouble."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from alignment.models import AlignmentLink, LinkAnswer
from alignment.permissions import visible_links
from alignment.rules.kinds import LinkKind, LinkState
from checkins.queries.telling import address, for_reader, quoted, shortened
from notices.models import Notice
from notices.rendering import Line, Section
from people.models import User

DEPENDENCY_ORDER = 9
ANSWERS = {
    LinkState.ACCEPTED: "accepts what you depend on",
    LinkState.DECLINED: "cannot take on what you depend on",
    LinkState.RENEGOTIATED: "offers something else",
    LinkState.REQUESTED: "asks again",
}


@for_reader
def tell_dependency(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """One line each, as long as this person may see both ends and it still is as it was told."""
    ids = [notice.subject_id for notice in notices if notice.subject_id is not None]
    links = {
        link.pk: link
        for link in visible_links(user)
        .filter(pk__in=ids, kind=LinkKind.DEPENDS_ON)
        .select_related("child__owner", "objective", "key_result", "priority")
    }
    answers = _last_answers(links)
    lines = []
    for notice in notices:
        link = links.get(notice.subject_id) if notice.subject_id else None
        line = _line(notice, link, answers.get(link.pk)) if link is not None else None
        if line is not None:
            lines.append(line)
    if not lines:
        return None
    return Section(
        title="Dependencies",
        lines=tuple(lines),
        order=DEPENDENCY_ORDER,
        headline=lines[0].title if len(lines) == 1 else "Dependencies moved",
        lede="An early answer, also a no, lets the other team plan.",
        button="Open it",
        button_href=lines[0].href,
    )


def _last_answers(links: Iterable[UUID]) -> dict[UUID, LinkAnswer]:
    rows = LinkAnswer.objects.filter(link__in=list(links)).select_related("by").order_by("at", "id")
    return {answer.link_id: answer for answer in rows}


def _line(notice: Notice, link: AlignmentLink, last: LinkAnswer | None) -> Line | None:
    above = link.priority or link.objective or link.key_result
    if above is None:
        return None
    if ":" in notice.key:
        return _answer(notice, link, last, above.title)
    if link.state != LinkState.REQUESTED:
        return None
    who = link.child.owner.name if link.child.owner is not None else "A team"
    return Line(
        title=f"{who} depends on you",
        words=quoted(link.reason) if link.reason else "",
        facts=f"{shortened(link.child.title, 120)} needs {shortened(above.title, 120)}",
        href=address("objective", link.child_id),
        notice_id=notice.pk,
    )


def _answer(notice: Notice, link: AlignmentLink, last: LinkAnswer | None, title: str) -> Line | None:
    if last is None or notice.key.split(":")[1] != link.state or last.state != link.state:
        return None
    return Line(
        title=f"{last.by.name if last.by else 'Somebody'} {ANSWERS[LinkState(link.state)]}",
        words=quoted(last.words) if last.words else "",
        facts=f"{shortened(link.child.title, 120)} needs {shortened(title, 120)}",
        href=address("objective", link.child_id),
        notice_id=notice.pk,
    )
