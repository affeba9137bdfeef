"""What runs by itself: the turn of the day, snapshots, reminders, letting go of deleted rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from activity.services import enqueue
from checkins.services.backfill_snapshots import backfill_snapshots
from checkins.services.learn_reference import LEARN_JOB, learn_from_closed
from checkins.services.plan_reminders import plan_reminders
from checkins.services.purge_deleted import purge_deleted
from checkins.services.rebuild_numbers import turn_day
from checkins.services.take_snapshots import has_snapshot, take_snapshots
from checkins.services.tell_team_channel import TEAM_WEEK_JOB, plan_team_weeks, send_team_week
from common.clock import day_in
from common.jobs import every_minute, every_night, register_job
from people.models import Organisation

LAST_HOUR = 23
PURGE_JOB = "checkins.purge_deleted"


@every_minute("checkins.keep_days")
def keep_days(*, at: datetime) -> None:
    """Bring each organisation's numbers to its own day, and keep one snapshot of every day.

    The snapshot is taken in the day's last hour, and once more before the day turns, so that the last check-ins are
    in it; a day that was missed is rebuilt from its check-ins.
    """
    for organisation in Organisation.objects.all():
        today = day_in(organisation.time_zone, at)
        yesterday = today - timedelta(days=1)
        if organisation.expected_on == yesterday:
            take_snapshots(organisation=organisation, on=yesterday)
        turn_day(organisation=organisation, today=today)
        if not has_snapshot(organisation=organisation, on=yesterday):
            backfill_snapshots(organisation=organisation, days=[yesterday])
        is_last_hour = at.astimezone(ZoneInfo(organisation.time_zone)).hour == LAST_HOUR
        if is_last_hour and not has_snapshot(organisation=organisation, on=today):
            take_snapshots(organisation=organisation, on=today)


@every_minute("checkins.plan_reminders")
def plan_everybody(*, at: datetime) -> None:
    """Plan the reminders whose hour has come."""
    for organisation in Organisation.objects.all():
        plan_reminders(organisation=organisation, at=at)


@every_minute("checkins.plan_team_weeks")
def plan_everybodys_team_weeks(*, at: datetime) -> None:
    """Plan the weeks of teams with a chat channel."""
    for organisation in Organisation.objects.filter(chat_hooks__team__isnull=False).distinct():
        plan_team_weeks(organisation=organisation, at=at)


@register_job(TEAM_WEEK_JOB, is_external=True)
def team_week_job(payload: dict[str, Any], *, at: datetime) -> None:
    """Post one team's week to its channel."""
    send_team_week(team_id=UUID(payload["team_id"]), at=at)


@every_night(PURGE_JOB)
def purge_job(payload: dict[str, Any], *, at: datetime) -> None:
    """Let go of one batch of what was deleted over thirty days ago; while there is some, ask for the next one."""
    if purge_deleted(at=at):
        enqueue(PURGE_JOB, {**payload, "batch": payload.get("batch", 1) + 1}, at=at)


@register_job(LEARN_JOB)
def learn_job(payload: dict[str, Any], *, at: datetime) -> None:
    """Learn from the cycles that have closed."""
    learn_from_closed(organisation=Organisation.objects.get(pk=payload["organisation_id"]), at=at)
