"""What went well since the last review: wins in check-ins, good things told, and thanks given in the open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkins.models import CheckIn, Thanks, ThanksReceiver, Win
from checkins.permissions import visible_thanks
from dashboards.queries.team_course import change_words
from objectives.models import KeyResult
from people.models import Team, User


@dataclass(frozen=True, slots=True)
class ReviewWin:
    """One card. `where` is the key result or objective it belongs to, `change` what it did to the number.

    `kind`: check_in, told or thanks. `thanks_ids`: which thanks `thanked` (and the text of thanks) comes from.
    """

    kind: str
    text: str
    who: str
    at: datetime
    where: str
    change: str
    thanked: tuple[str, ...]
    objective_id: UUID | None
    key_result_id: UUID | None
    thanks_ids: tuple[UUID, ...] = ()


def review_wins(
    user: User,
    team: Team,
    key_results: Mapping[UUID, KeyResult],
    said: Mapping[UUID, Sequence[CheckIn]],
    objective_titles: Mapping[UUID, str],
    *,
    since: datetime,
) -> tuple[ReviewWin, ...]:
    """Of the check-ins `said` by key result, and what was told and thanked for besides; oldest first; two statements."""
    thanks = _open_thanks(user, objective_titles, since)
    by_check_in: dict[UUID, list[str]] = defaultdict(list)
    ids_by_check_in: dict[UUID, list[UUID]] = defaultdict(list)
    for one, names in thanks:
        if one.check_in_id is not None:
            by_check_in[one.check_in_id] += names
            ids_by_check_in[one.check_in_id].append(one.pk)
    found = [
        ReviewWin(
            "check_in", one.win, one.author.name if one.author else one.author_label, one.recorded_at,
            row.title, change_words(row, one), tuple(dict.fromkeys(by_check_in.get(one.pk, ()))),
            row.objective_id, row.pk, tuple(ids_by_check_in.get(one.pk, ())),
        )
        for row in key_results.values()
        for one in said.get(row.pk, ())
        if one.win and one.recorded_at > since
    ]  # fmt: skip
    shown = {one.pk for rows in said.values() for one in rows if one.win and one.recorded_at > since}
    found += [_told(one) for one in _told_wins(team, since)]
    found += [
        _of_thanks(one, names, key_results, objective_titles)
        for one, names in thanks
        if one.check_in_id not in shown
    ]
    return tuple(sorted(found, key=lambda win: win.at))


def _told_wins(team: Team, since: datetime) -> Sequence[Win]:
    rows = Win.objects.filter(team=team, created_at__gt=since)
    return list(rows.select_related("author").order_by("created_at", "pk"))


def _told(win: Win) -> ReviewWin:
    who = win.author.name if win.author else ""
    return ReviewWin("told", win.text, who, win.created_at, "", "", (), None, None)


def _of_thanks(
    thanks: Thanks,
    names: Sequence[str],
    key_results: Mapping[UUID, KeyResult],
    objective_titles: Mapping[UUID, str],
) -> ReviewWin:
    row = key_results.get(thanks.key_result_id) if thanks.key_result_id else None
    where = row.title if row is not None else objective_titles[thanks.objective_id]
    who = thanks.author.name if thanks.author else ""
    key_result_id = row.pk if row is not None else None
    return ReviewWin(
        "thanks", thanks.text, who, thanks.created_at, where, "", tuple(names), thanks.objective_id,
        key_result_id, (thanks.pk,),
    )  # fmt: skip


def _open_thanks(
    user: User, objective_ids: Collection[UUID], since: datetime
) -> list[tuple[Thanks, list[str]]]:
    """Each with the names of its receivers. Private ones stay away from a shared screen, whoever looks at it."""
    seen = visible_thanks(user).filter(objective_id__in=list(objective_ids), created_at__gt=since)
    rows = (
        ThanksReceiver.objects.filter(thanks__in=seen.order_by().values("pk"))
        .select_related("thanks__author", "user")
        .order_by("thanks__created_at", "thanks_id", "user__name")
    )
    grouped: dict[UUID, list[ThanksReceiver]] = defaultdict(list)
    for row in rows:
        grouped[row.thanks_id].append(row)
    return [
        (found[0].thanks, [one.user.name for one in found])
        for found in grouped.values()
        if not found[0].thanks.is_private and not any(one.is_private for one in found)
    ]
