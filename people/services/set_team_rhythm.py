"""The day that a team chose for itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from common.errors import NotAllowed, RuleConflict
from people.events import announce
from people.models import Team, User
from people.permissions import can_manage_members
from people.services.edit_team import lock_team
from people.services.shapes import read_all, read_hour, read_rhythm_weeks, read_weekday


@transaction.atomic
def set_team_rhythm(
    *,
    team: Team,
    by: User,
    at: datetime,
    rhythm_weeks: int | None,
    check_in_weekday: int | None,
    check_in_hour: int | None,
    rhythm_is_locked: bool,
    review_weekday: int | None,
    review_hour: int | None,
) -> Team:
    """The team with its own rhythm; None stands for the organisation's. By administrators and the team's lead.

    RuleConflict while the organisation keeps one day for everybody: only its own reviews may then be set.
    """
    team = lock_team(team, by)
    if not can_manage_members(by, team):
        raise NotAllowed("Administrators and the lead of the team look after this.")
    weeks, weekday, hour, review_day, review_at = read_all(
        lambda: read_rhythm_weeks(rhythm_weeks),
        lambda: read_weekday(check_in_weekday, field="check_in_weekday"),
        lambda: read_hour(check_in_hour, field="check_in_hour"),
        lambda: read_weekday(review_weekday, field="review_weekday"),
        lambda: read_hour(review_hour, field="review_hour"),
    )
    wanted = {
        "rhythm_weeks": weeks,
        "check_in_weekday": weekday,
        "check_in_hour": hour,
        "rhythm_is_locked": rhythm_is_locked,
        "review_weekday": review_day,
        "review_hour": review_at,
    }
    changed = {
        field: (getattr(team, field), new) for field, new in wanted.items() if getattr(team, field) != new
    }
    if not changed:
        return team
    is_about_check_ins = any(not field.startswith("review_") for field in changed)
    if by.organisation.rhythm_is_locked and is_about_check_ins:
        raise RuleConflict("The organisation keeps one day for everybody.", code="rhythm_locked")
    for field, (_, new) in changed.items():
        setattr(team, field, new)
    team.updated_at = at
    team.save(update_fields=[*changed, "updated_at"])
    announce(verb="team.edited", subject=team, by=by, at=at, changes=changed)
    return team
