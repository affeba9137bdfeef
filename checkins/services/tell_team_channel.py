"""The week of a team in its chat channel, before its review: what everybody may read, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from activity.services import enqueue
from checkins.queries.tell_lead_week import tell_team_week
from notices.models import ChatHook
from notices.rules.zones import moment_of
from notices.services.send_chat import post_sections
from people.models import Organisation, Team, User

TEAM_WEEK_JOB = "checkins.tell_team_channel"
HOURS_BEFORE = 1
LATE_AFTER = timedelta(hours=6)
"""After a longer silence of the product the week is left out: the review is over."""


def plan_team_weeks(*, organisation: Organisation, at: datetime) -> int:
    """Queue the week of every team with a channel whose review comes in an hour; returns how many are in their turn.

    One job a team and day, however often this is called.
    """
    here = at.astimezone(ZoneInfo(organisation.time_zone))
    hooks = ChatHook.objects.filter(
        organisation=organisation, team__isnull=False, team__archived_at__isnull=True
    ).select_related("team")
    planned = 0
    for hook in hooks:
        team = hook.team
        assert team is not None
        weekday = organisation.review_weekday if team.review_weekday is None else team.review_weekday
        hour = organisation.review_hour if team.review_hour is None else team.review_hour
        due_at = moment_of(here.date(), max(0, hour - HOURS_BEFORE), organisation.time_zone)
        if here.weekday() == weekday and due_at <= at < due_at + LATE_AFTER:
            key = f"team_week:{team.pk}:{here.date().isoformat()}"
            enqueue(TEAM_WEEK_JOB, {"team_id": str(team.pk)}, at=at, unique_key=key)
            planned += 1
    return planned


def send_team_week(*, team_id: UUID, at: datetime) -> None:
    """Post the week; nothing when there is nothing to say or the channel is gone. ChatPostError when it is not taken."""
    hook = ChatHook.objects.select_related("team__lead__organisation").filter(team_id=team_id).first()
    if hook is None or hook.team is None:
        return
    reader = _reader(hook.team)
    section = tell_team_week(hook.team, reader, at) if reader is not None else None
    if section is not None:
        post_sections(hook, (section,), at=at)


def _reader(team: Team) -> User | None:
    """Somebody of the organisation: what everybody may read is the same for all of them."""
    if team.lead is not None and team.lead.is_active:
        return team.lead
    people = User.objects.filter(
        organisation_id=team.organisation_id, is_active=True, merged_into__isnull=True
    )
    return people.select_related("organisation").order_by("pk").first()
