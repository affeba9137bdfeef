from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail

from activity.models import OutboxJob
from checkins.models import Reminder
from checkins.services.plan_reminders import plan_reminders, send_reminder
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.record_check_in import record_check_in
from tests.factories import make_cycle, make_key_result, make_objective, make_organisation, make_person

pytestmark = pytest.mark.django_db
THURSDAY_8 = datetime(2026, 5, 21, 8, 0, tzinfo=UTC)


@pytest.fixture
def organisation():
    return make_organisation(time_zone="UTC", check_in_weekday=3, check_in_hour=8)


def person_with_due(organisation, **fields):
    person = make_person(organisation, **fields)
    long_ago = THURSDAY_8 - timedelta(days=20)
    objective = make_objective(make_cycle(organisation), owner=person, activated_at=long_ago)
    make_key_result(objective, title="Visits where the list is found", owner=person, activated_at=long_ago)
    rebuild_numbers(organisation=organisation, today=THURSDAY_8.date())
    return person


def test_one_reminder_a_period_however_often_it_is_planned(organisation):
    person = person_with_due(organisation)
    assert plan_reminders(organisation=organisation, at=THURSDAY_8) == 1
    assert plan_reminders(organisation=organisation, at=THURSDAY_8 + timedelta(hours=1)) == 0
    assert Reminder.objects.get().user == person
    assert OutboxJob.objects.filter(name="checkins.send_reminder").count() == 1


def test_the_hour_is_the_persons_own(organisation):
    person_with_due(organisation, time_zone="America/New_York")
    assert plan_reminders(organisation=organisation, at=THURSDAY_8) == 0
    assert plan_reminders(organisation=organisation, at=THURSDAY_8 + timedelta(hours=4)) == 1


def test_nothing_after_a_long_silence(organisation):
    person_with_due(organisation)
    assert plan_reminders(organisation=organisation, at=THURSDAY_8 + timedelta(days=3)) == 0


def test_names_what_is_due_and_sends_once_with_a_stable_id(organisation):
    person_with_due(organisation)
    plan_reminders(organisation=organisation, at=THURSDAY_8)
    reminder = Reminder.objects.get()
    send_reminder(reminder_id=reminder.pk, at=THURSDAY_8)
    send_reminder(reminder_id=reminder.pk, at=THURSDAY_8)
    assert len(mail.outbox) == 1
    assert "Visits where the list is found" in mail.outbox[0].body
    assert str(reminder.pk) in mail.outbox[0].extra_headers["Message-ID"]


def test_is_dropped_when_everything_was_said_in_the_meantime(organisation):
    person = person_with_due(organisation)
    plan_reminders(organisation=organisation, at=THURSDAY_8)
    key_result = person.owned_key_results.get()
    record_check_in(key_result_id=key_result.pk, by=person, at=THURSDAY_8, value=Decimal(3), confidence=5)
    send_reminder(reminder_id=Reminder.objects.get().pk, at=THURSDAY_8)
    assert mail.outbox == []
    assert Reminder.objects.get().dropped_at == THURSDAY_8


def test_placeholders_and_deactivated_people_get_none(organisation):
    person_with_due(organisation, email=None)
    assert plan_reminders(organisation=organisation, at=THURSDAY_8) == 0
