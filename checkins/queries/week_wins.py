"""What went well in some days: wins of check-ins, good things told, thanks given in the open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkins.models import ThanksReceiver
from checkins.permissions import visible_check_ins, visible_thanks, visible_wins
from checkins.queries.telling import address, quoted, shortened
from notices.rendering import Line
from objectives.rules.kinds import Visibility
from people.models import User

MOST = 40


@dataclass(frozen=True, slots=True)
class WinRow:
    """One good thing. `thanked` are the names of those it thanks; `where` what it belongs to, "" for nothing."""

    text: str
    who: str
    at: datetime
    where: str
    thanked: tuple[str, ...]
    href: str


def week_wins(
    user: User, *, since: datetime, team_ids: Collection[UUID] | None = None, is_for_everybody: bool = False
) -> tuple[WinRow, ...]:
    """What the person may see of it, the latest first; at most MOST of each sort. Three statements.

    `team_ids` keeps to the objectives of these teams; `is_for_everybody` to what the whole organisation may read.
    Thanks that somebody prefers between themselves are never among them.
    """
    said = visible_check_ins(user).filter(recorded_at__gt=since).exclude(win="")
    told = visible_wins(user).filter(created_at__gt=since)
    thanks = visible_thanks(user).filter(created_at__gt=since, is_private=False)
    thanks = thanks.exclude(pk__in=ThanksReceiver.objects.filter(is_private=True).values("thanks_id"))
    if team_ids is not None:
        said = said.filter(key_result__objective__team_id__in=team_ids)
        told = told.filter(team_id__in=team_ids)
        thanks = thanks.filter(objective__team_id__in=team_ids)
    if is_for_everybody:
        said = said.filter(key_result__objective__visibility=Visibility.ORGANISATION)
        thanks = thanks.filter(objective__visibility=Visibility.ORGANISATION)
    found = [
        WinRow(
            row.win,
            row.author.name if row.author else row.author_label,
            row.recorded_at,
            row.key_result.title,
            (),
            address("key_result", row.key_result_id),
        )
        for row in said.select_related("author", "key_result").order_by("-recorded_at", "-pk")[:MOST]
    ]
    found += [
        WinRow(row.text, row.author.name if row.author else "", row.created_at, "", (), "")
        for row in told.select_related("author").order_by("-created_at", "-pk")[:MOST]
    ]
    rows = thanks.select_related("author", "objective").prefetch_related("receivers")
    found += [
        WinRow(
            row.text,
            row.author.name if row.author else "",
            row.created_at,
            row.objective.title,
            tuple(person.name for person in row.receivers.all()),
            address("objective", row.objective_id),
        )
        for row in rows.order_by("-created_at", "-pk")[:MOST]
    ]
    return tuple(sorted(found, key=lambda win: win.at, reverse=True))


def win_line(win: WinRow) -> Line:
    """The words, and below them who said it, to whom and about what."""
    who = win.who or "Somebody"
    facts = f"{who} thanks {' and '.join(win.thanked)}" if win.thanked else who
    if win.where:
        facts += f", on {shortened(win.where, 120)}"
    return Line(title="", words=quoted(win.text), facts=facts, href=win.href)
