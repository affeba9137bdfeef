"""Who is reminded of a check-in: what is due is known here, when somebody is told is a rule of `notices`."""

from __future__ import annotations

from datetime import datetime, timedelta

from activity.models import Event
from checkins.queries.due import due_from_by_person, due_rows
from common.days import day_in
from common.prepared import Prepared
from notices.models import Notice
from notices.rules.kinds import NoticeKind
from notices.services.drop_notices import drop_notices
from notices.services.plan_day_notices import plan_check_ins
from people.models import Organisation, User

DAYS_AHEAD_OF_UTC = 1
"""The furthest zones are already in tomorrow."""


def plan_reminders(*, organisation: Organisation, at: datetime) -> int:
    """Make this moment's reminders for everybody whose hour has come and who has something due; how many were new.

    Fresh key results ask for nothing, and those that feed themselves only when they are stale. One row a person and
    period, one more two working days later, whatever happens; a second planner at the same moment adds nothing.
    """
    due_from = due_from_by_person(
        organisation.pk,
        until=at.date() + timedelta(days=DAYS_AHEAD_OF_UTC),
        not_told_since=at.date(),
    )
    return plan_check_ins(organisation=organisation, due_from=due_from, at=at)


_open_reminders = Prepared(
    lambda person: Notice.objects.filter(
        user_id=person, kind=NoticeKind.CHECK_IN_DUE, dropped_at__isnull=True
    ).values_list("key", flat=True)
)


def forget_reminder(event: Event) -> None:
    """A reaction to check-ins and skips: whoever has said everything that was due finds no reminder any more."""
    person_id = event.on_behalf_of_id or event.by_id
    if person_id is None:
        return
    kind = NoticeKind.CHECK_IN_DUE
    keys = _open_reminders(person_id)
    if not keys:
        return
    person = User.objects.select_related("organisation").get(pk=person_id)
    if not due_rows(person, today=day_in(person.organisation.time_zone, event.at)):
        for key in keys:
            drop_notices(kind=kind, key=key, user=person, at=event.at)
