"""Planning and sending check-in reminders. The rows are the truth; planning twice adds nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from email.utils import formataddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from activity.services.enqueue import enqueue
from checkins.models import Reminder
from checkins.queries.due import due_rows, people_with_due
from checkins.rules.rhythm import asked_at, period_of
from common.days import day_in
from people.models import Organisation, User

KIND = "check_in_due"
CATCH_UP = timedelta(days=2)
"""After a longer silence of the product nothing is sent for that period: late mail helps nobody."""
SEND_JOB = "checkins.send_reminder"


def plan_reminders(*, organisation: Organisation, at: datetime) -> int:
    """Make this period's reminders for everybody whose local hour of asking has come and who has something due.

    One row per person and period, whatever happens; returns how many were new.
    """
    waiting = people_with_due(organisation.pk, today=day_in(organisation.time_zone, at))
    people = User.objects.filter(pk__in=waiting, is_active=True, email__isnull=False)
    made = 0
    for person in people:
        zone = person.time_zone or organisation.time_zone
        period_on = period_of(
            day_in(zone, at), weekday=organisation.check_in_weekday, weeks=organisation.rhythm_weeks
        )
        due_at = asked_at(period_on, hour=organisation.check_in_hour, zone=zone)
        if due_at <= at < due_at + CATCH_UP:
            made += _plan_one(person, period_on, due_at, at)
    return made


@transaction.atomic
def _plan_one(person: User, period_on: date, due_at: datetime, at: datetime) -> int:
    reminder = Reminder(user=person, kind=KIND, period_on=period_on, due_at=due_at, created_at=at)
    Reminder.objects.bulk_create([reminder], ignore_conflicts=True)
    if not Reminder.objects.filter(pk=reminder.pk).exists():
        return 0
    enqueue(SEND_JOB, {"reminder_id": str(reminder.pk)}, at=at, unique_key=f"reminder:{reminder.pk}")
    return 1


def send_reminder(*, reminder_id: UUID, at: datetime) -> None:
    """Send one reminder with everything that is still due; drop it when nothing is. A repeat sends nothing.

    The Message-ID is made from the row, so a repeat after a crash carries the same one.
    """
    reminder = Reminder.objects.select_related("user__organisation").get(pk=reminder_id)
    if reminder.sent_at is not None or reminder.dropped_at is not None:
        return
    person = reminder.user
    rows = due_rows(person, today=day_in(person.organisation.time_zone, at))
    if not rows or not person.is_active or not person.email:
        Reminder.objects.filter(pk=reminder.pk).update(dropped_at=at)
        return
    message_id = f"<reminder.{reminder.pk}@okr-platform.invalid>"
    context = {"person": person, "rows": rows, "address": f"{settings.SITE_URL}/my-week/"}
    mail = EmailMultiAlternatives(
        subject=render_to_string("mail/reminder_subject.txt", context).strip(),
        body=render_to_string("mail/reminder.txt", context),
        to=[formataddr((person.name, person.email))],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )
    mail.send()
    Reminder.objects.filter(pk=reminder.pk).update(sent_at=at, message_id=message_id)
