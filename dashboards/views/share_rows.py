"""Sharing a posted check-in form: what is good is recorded, what is not stays with every word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from checkins.models import CheckIn, CheckInDraft
from checkins.services.save_draft import save_draft
from checkins.services.share_check_ins import Sharing, check_in_id, share_check_ins
from common import clock
from common.ids import new_id
from common.words import TEXT_LIMIT
from dashboards.forms.ask_line import with_asks
from dashboards.forms.check_in_rows import ReadRow, is_touched, posted_ids, read_row, refused, typed_row
from dashboards.forms.kept_lines import not_asked_here
from dashboards.forms.thanks_line import with_thanks
from dashboards.queries.lifted_rows import lifted_rows
from dashboards.queries.my_week import WeekGroup, draft_of, rows_to_share, said_meanwhile
from dashboards.views.last_sharing import remember_sharing
from dashboards.views.share_words import Told, give_row_thanks, tell_good_thing
from people.models import User


@dataclass(frozen=True, slots=True)
class Outcome:
    """`unshared` holds the rows that stay, with what is wrong; `win_words` the good thing that could not be told and why."""

    groups: tuple[WeekGroup, ...]
    sharing: Sharing
    unshared: dict[UUID, ReadRow]
    win_words: str
    win_problem: str = ""

    @property
    def is_clean(self) -> bool:
        """Everything that was filled in has been shared."""
        return not self.unshared and not self.win_words


def share_posted(request: HttpRequest) -> Outcome:
    """Share the touched rows of the posted form, each on its own."""
    user, posted, at, today = _user(request), request.POST, clock.now(), request.today  # type: ignore[attr-defined]
    groups = rows_to_share(user, posted_ids(posted), today=today)
    form_id = _uuid(posted.get("form_id", ""))
    reads = with_thanks(user, _touched(posted, groups, at=at, today=today))
    before = draft_of(user) if getattr(request, "link_key", "") else None
    if not getattr(request, "link_key", ""):
        reads = with_asks(user, reads, today=today)
    known = _known(form_id, user, reads)
    repeated = {pk for pk, earlier in known.items() if _says_the_same(earlier, reads[pk])}
    fresh = [read for pk, read in reads.items() if pk not in known]
    win = posted.get("win", "").strip()[:TEXT_LIMIT].replace("\x00", "")
    sharing = share_check_ins(
        by=user, at=at, rows=[read.to_share for read in fresh if read.to_share], form_id=form_id
    )
    give_row_thanks(user, reads, [*sharing.recorded, *(known[pk] for pk in repeated)], at=at)
    told = tell_good_thing(user, win, form_id, sharing, at=at)
    unshared = {read.row.id: read for read in fresh if read.to_share is None}
    unshared |= {pk: _again(reads[pk], earlier) for pk, earlier in known.items() if pk not in repeated}
    unshared |= {pk: refused(reads[pk], problems) for pk, problems in sharing.refused.items()}
    if sharing.recorded or told.is_new:
        _remember(request, sharing, reads, told, since=_moment(posted.get("opened_at", ""), at), at=at)
    keep_draft(
        user,
        posted,
        groups,
        at=at,
        shared=[row.key_result_id for row in sharing.recorded] + list(repeated),
        has_told=not told.problem,
        before=before,
    )
    return Outcome(groups, sharing, unshared, win if told.problem else "", told.problem)


def keep_draft(
    user: User,
    posted: QueryDict,
    groups: Sequence[WeekGroup],
    *,
    at: datetime,
    shared: Sequence[UUID] = (),
    has_told: bool = False,
    before: CheckInDraft | None = None,
) -> datetime:
    """Keep what was typed and not shared; rows and lines of other forms stay in the draft. Returns the moment of it.

    before  the draft as it was before rows were shared, for a form that does not have all lines
    """
    draft = draft_of(user)
    rows: dict[str, Any] = dict(draft.rows) if draft else {}
    earlier: dict[str, Any] = before.rows if before else rows
    for group in groups:
        for row in group.rows:
            typed = typed_row(posted, row)
            elsewhere = not_asked_here(posted, row.id, earlier.get(str(row.id)))
            rows.pop(str(row.id), None)
            said = {} if row.id in shared or not is_touched(row, typed) else typed.as_draft()
            if said or elsewhere:
                rows[str(row.id)] = {**said, **elsewhere}
    if "win" in posted:
        rows.pop("win", None)
        if posted.get("win", "").strip() and not has_told:
            rows["win"] = posted.get("win", "")[:TEXT_LIMIT]
    if rows or draft is not None:
        save_draft(by=user, at=at, rows=rows)
    return at


def shared_before(user: User, posted: QueryDict, reads: dict[UUID, ReadRow]) -> list[UUID]:
    """Rows that this very form has shared as they are: a draft that arrives late must not bring them back."""
    known = _known(_uuid(posted.get("form_id", "")), user, reads)
    return [pk for pk, earlier in known.items() if _says_the_same(earlier, reads[pk])]


def read_posted(
    posted: QueryDict, groups: Sequence[WeekGroup], *, at: datetime, today: date
) -> dict[UUID, ReadRow]:
    """The touched rows of a posted form."""
    return _touched(posted, groups, at=at, today=today)


def _touched(
    posted: QueryDict, groups: Sequence[WeekGroup], *, at: datetime, today: date
) -> dict[UUID, ReadRow]:
    reads = (
        read_row(row, typed_row(posted, row), today=today, at=at) for group in groups for row in group.rows
    )
    return {read.row.id: read for read in reads if read.is_touched}


def _known(form_id: UUID, user: User, reads: dict[UUID, ReadRow]) -> dict[UUID, CheckIn]:
    """What was already recorded through this very form."""
    ids = {check_in_id(form_id, user, pk): pk for pk in reads}
    return {ids[row.pk]: row for row in CheckIn.everything.filter(pk__in=list(ids))}


def _says_the_same(earlier: CheckIn, read: ReadRow) -> bool:
    now = read.to_share
    if now is None or earlier.deleted_at is not None:
        return False
    said = (earlier.value, earlier.confidence, earlier.note) == (now.value, now.confidence, now.note.strip())
    return said and (now.ask is None or earlier.asks.filter(text=now.ask.text).exists())


def _again(read: ReadRow, earlier: CheckIn) -> ReadRow:
    """A row that was shared from this form before, and now says something else or was taken back."""
    if earlier.deleted_at is not None:
        words = "you took this back; share again to record it"
    else:
        at = timezone.localtime(earlier.recorded_at)
        words = f"shared at {at:%H:%M} with other words; share again to add this as well"
    return ReadRow(read.row, read.typed, None, read.prompt, {**read.problems, "": words}, read.change)


def _remember(
    request: HttpRequest,
    sharing: Sharing,
    reads: dict[UUID, ReadRow],
    told: Told,
    *,
    since: datetime,
    at: datetime,
) -> None:
    ids = [row.key_result_id for row in sharing.recorded]
    cycles = {reads[pk].row.grounds.key_result.objective.cycle_id for pk in ids}
    remember_sharing(
        request,
        at=at,
        check_ins=[row.pk for row in sharing.recorded],
        lifted=lifted_rows(sharing.lifted, cycles),
        others=said_meanwhile(_user(request), ids, since=since),
        typed={str(pk): reads[pk].typed.as_draft() for pk in ids},
        win=(str(told.win.pk), told.win.text) if told.win is not None and told.is_new else None,
    )


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return new_id()


def _moment(text: str, otherwise: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return otherwise
    return moment if moment.tzinfo is not None else otherwise
