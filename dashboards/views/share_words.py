"""What is said together with check-ins: thanks for people, and one good thing of the week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from checkins.models import CheckIn, Thanks, Win
from checkins.services.edit_thanks import delete_thanks
from checkins.services.give_thanks import give_thanks
from checkins.services.share_check_ins import Sharing
from checkins.services.tell_win import take_win_back, tell_win
from common.errors import ProductError
from dashboards.forms.check_in_rows import ReadRow
from dashboards.forms.thanks_line import thanks_words
from people.models import Team, User
from people.permissions import team_ids_of


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the good thing; `is_new` is false for a form that was sent before."""

    win: Win | None = None
    is_new: bool = False
    problem: str = ""


def give_row_thanks(
    user: User, reads: Mapping[UUID, ReadRow], check_ins: Sequence[CheckIn], *, at: datetime
) -> None:
    """Thanks of the rows that are recorded; a form that is sent again thanks once. The rows were read before, so
    only what changed in this second can be refused, and then the check-in stands without thanks.
    """
    for check_in in check_ins:
        read = reads.get(check_in.key_result_id)
        if read is None or not read.thanked:
            continue
        key_result = read.row.grounds.key_result
        try:
            give_thanks(
                by=user,
                at=at,
                objective=key_result.objective,
                receivers=read.thanked,
                text=thanks_words(read.typed),
                key_result=key_result,
                check_in=check_in,
                thanks_id=uuid5(check_in.pk, "thanks"),
            )
        except ProductError:
            continue


def tell_good_thing(user: User, text: str, form_id: UUID, sharing: Sharing, *, at: datetime) -> Told:
    """The good thing on top of the page, told once for each form, whether or not a check-in goes with it."""
    if not text.strip():
        return Told()
    win_id = uuid5(form_id, f"{user.pk}/win")
    is_new = not Win.everything.filter(pk=win_id).exists()
    try:
        win = tell_win(by=user, at=at, text=text, team=_team_of(user, sharing), win_id=win_id)
    except ProductError as error:
        return Told(problem=error.message)
    return Told(win, is_new)


def _team_of(user: User, sharing: Sharing) -> Team | None:
    """The team of the first objective that was spoken of; else the only team of the person."""
    for check_in in sharing.recorded:
        team = check_in.key_result.objective.team
        if team is not None:
            return team
    own = team_ids_of(user)
    return Team.objects.filter(pk__in=own).first() if len(own) == 1 else None


def take_thanks_back(check_in: CheckIn, user: User, *, at: datetime) -> None:
    """Thanks that were given with a check-in that is taken back."""
    for thanks in Thanks.objects.filter(check_in=check_in, author=user):
        delete_thanks(thanks=thanks, by=user, at=at)


def take_good_thing_back(user: User, told: tuple[str, str], *, at: datetime) -> dict[str, str]:
    """Take the good thing back; its words for the draft. Nothing for one that is gone already."""
    win = Win.objects.filter(pk=UUID(told[0]), author=user).first()
    if win is None:
        return {}
    take_win_back(win=win, by=user, at=at)
    return {"win": told[1]}
