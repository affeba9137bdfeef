"""Telling one good thing of the week."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from activity.services import record_event
from checkins.models import Win
from checkins.permissions import can_delete_words
from checkins.services.words_place import clean_text, require_may_speak
from common.days import day_in
from common.errors import InvalidInput, NotAllowed
from common.ids import new_id
from people.models import Team, User

NEEDED = "write what went well first"


@transaction.atomic
def tell_win(
    *, by: User, at: datetime, text: str, team: Team | None = None, win_id: UUID | None = None
) -> Win:
    """Everybody of the organisation may read it.

    win_id  the id to give it; if there is one of that id already, nothing is written (a form sent twice)
    Raises NotAllowed (viewers), InvalidInput (no words, a team of another organisation).
    """
    require_may_speak(by, by.organisation_id)
    words = clean_text(text, needed=NEEDED)
    if team is not None and team.organisation_id != by.organisation_id:
        raise InvalidInput.of("team", "not_found", "there is no such team")
    known = Win.everything.filter(pk=win_id, author=by).first() if win_id else None
    if known is not None:
        return known
    win = Win(
        pk=win_id or new_id(),
        organisation_id=by.organisation_id,
        team=team,
        author=by,
        text=words,
        on=day_in(by.organisation.time_zone, at),
        created_at=at,
    )
    win.save(force_insert=True)
    _log("win.told", win, by=by, at=at)
    return win


@transaction.atomic
def take_win_back(*, win: Win, by: User, at: datetime) -> Win:
    """Nobody reads it any more. Raises NotAllowed."""
    row = Win.everything.select_for_update().get(pk=win.pk)
    if not can_delete_words(by, row):
        raise NotAllowed("A good thing is taken back by whoever told it, or by an administrator.")
    if row.deleted_at is None:
        row.deleted_at, row.deleted_by = at, by
        row.save(update_fields=["deleted_at", "deleted_by"])
        _log("win.taken_back", row, by=by, at=at)
    return row


def _log(verb: str, win: Win, *, by: User, at: datetime) -> None:
    payload = {"team_id": str(win.team_id)} if win.team_id else {}
    record_event(verb=verb, subject=win, organisation_id=win.organisation_id, by=by, at=at, payload=payload)
