"""From key results that are due to rows of notices; when somebody is told is tested with the rules."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from checkins.services.plan_reminders import plan_reminders
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.record_check_in import record_check_in
from checkins.services.skip_key_result import skip_key_result
from notices.models import Delivery, Notice
from notices.rules.spread import spread_of
from notices.services.send_due import send_due
from objectives.rules.kinds import ValueSource
from people.models import Absence
from tests.factories import (
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
    make_team,
)
from tests.notices.kinds_told import everything_is_told

pytestmark = pytest.mark.django_db
THURSDAY_8 = datetime(2026, 5, 21, 8, 0, tzinfo=UTC)
THURSDAY = THURSDAY_8.date()
LONG_AGO = THURSDAY_8 - timedelta(days=20)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def organisation():
    return make_organisation(time_zone="UTC", check_in_weekday=3, check_in_hour=8)


@pytest.fixture
def post():
    with everything_is_told() as post:
        yield post


def person_with_due(organisation, *, activated_at=LONG_AGO, source=ValueSource.MANUAL, **fields):
    person = make_person(organisation, **fields)
    objective = make_objective(make_cycle(organisation), owner=person, activated_at=activated_at)
    make_key_result(
        objective,
        title="Visits where the list is found",
        owner=person,
        activated_at=activated_at,
        value_source=source,
    )
    rebuild_numbers(organisation=organisation, today=THURSDAY)
    return person


def plan(organisation, at=THURSDAY_8):
    return plan_reminders(organisation=organisation, at=at)


def send(at):
    send_due(now=lambda: at)


def test_one_reminder_a_period_however_often_it_is_planned(organisation):
    person = person_with_due(organisation)
    assert [plan(organisation), plan(organisation), plan(organisation, THURSDAY_8 + HOUR)] == [1, 0, 0]
    notice, delivery = Notice.objects.get(), Delivery.objects.get()
    assert (notice.user, notice.kind, notice.key, notice.on) == (
        person,
        "check_in_due",
        "2026-05-18",
        THURSDAY,
    )
    assert notice.payload == {"asked_on": "2026-05-21", "until": "2026-05-28"}
    assert notice.due_at == delivery.due_at == THURSDAY_8 + spread_of(person.pk)
    assert (delivery.user, delivery.channel, delivery.key) == (person, "email", "2026-05-21")


def test_rows_are_there_a_quarter_of_an_hour_before(organisation):
    person_with_due(organisation)
    assert plan(organisation, THURSDAY_8 - timedelta(minutes=16)) == 0
    assert plan(organisation, THURSDAY_8 - timedelta(minutes=14)) == 1


def test_the_hour_is_the_persons_own(organisation):
    person_with_due(organisation, time_zone="America/New_York")
    assert plan(organisation) == 0
    assert plan(organisation, THURSDAY_8 + 4 * HOUR) == 1


def test_the_rhythm_is_the_persons_the_teams_or_everybodys(organisation):
    early = person_with_due(organisation, check_in_weekday=2)
    in_team = person_with_due(organisation)
    other = person_with_due(organisation)
    make_team(organisation, name="A", members=[in_team, other])
    make_team(organisation, name="B", members=[in_team], check_in_weekday=4, rhythm_is_locked=True)
    plan(organisation, THURSDAY_8 - DAY)
    assert [notice.user for notice in Notice.objects.all()] == [early]
    plan(organisation)
    assert {notice.user for notice in Notice.objects.all()} == {early, other}
    plan(organisation, THURSDAY_8 + DAY)
    assert Notice.objects.filter(user=in_team, on=THURSDAY + DAY).exists()


def test_once_more_two_working_days_later_and_never_a_third_time(organisation, post):
    person_with_due(organisation)
    for hours in range(7 * 24):
        plan(organisation, THURSDAY_8 + hours * HOUR)
        send(THURSDAY_8 + hours * HOUR + timedelta(minutes=10))
    keys = list(Notice.objects.order_by("on").values_list("key", "on"))
    assert keys == [("2026-05-18", THURSDAY), ("2026-05-18:again", date(2026, 5, 25))]
    assert len(post.sent) == 2


def test_nothing_in_quiet_hours_after_a_downtime_but_the_next_working_day(organisation):
    person_with_due(organisation)
    assert plan(organisation, THURSDAY_8 + 11 * HOUR) == 0
    assert plan(organisation, THURSDAY_8 + DAY) == 1


def test_names_what_is_due_and_sends_once_with_a_stable_id(organisation, post):
    person = person_with_due(organisation)
    plan(organisation)
    send(THURSDAY_8 + HOUR)
    send(THURSDAY_8 + HOUR)
    message_id = Delivery.objects.get().message_id
    assert post.sent == [(person, "email", ["Visits where the list is found"], message_id)]
    assert Delivery.objects.get().sent_at == THURSDAY_8 + HOUR


def test_is_dropped_when_everything_was_said_in_the_meantime(organisation, post):
    person = person_with_due(organisation)
    plan(organisation)
    key_result = person.owned_key_results.get()
    record_check_in(key_result_id=key_result.pk, by=person, at=THURSDAY_8, value=Decimal(3), confidence=5)
    assert Notice.objects.get().dropped_at == THURSDAY_8, "it leaves the inbox at once"
    send(THURSDAY_8 + HOUR)
    assert post.sent == []
    assert Delivery.objects.get().dropped_at == THURSDAY_8 + HOUR


def test_a_skip_takes_the_reminder_back_too(organisation):
    person = person_with_due(organisation)
    plan(organisation)
    skip_key_result(
        key_result_id=person.owned_key_results.get().pk,
        by=person,
        at=THURSDAY_8,
        reason="Waiting for the numbers",
        until=THURSDAY + 5 * DAY,
    )
    assert Notice.objects.get().dropped_at == THURSDAY_8


def test_what_is_fresh_asks_for_nothing(organisation):
    person_with_due(organisation, activated_at=THURSDAY_8 - 3 * DAY)
    assert plan(organisation) == 0


@pytest.mark.parametrize(("days_silent", "expected"), [(10, 0), (14, 0), (15, 1)])
def test_what_feeds_itself_asks_only_when_it_is_stale(organisation, days_silent, expected):
    person_with_due(organisation, activated_at=THURSDAY_8 - days_silent * DAY, source=ValueSource.CONNECTOR)
    assert plan(organisation) == expected


def test_nobody_is_reminded_while_away(organisation):
    person = person_with_due(organisation)
    Absence.objects.create(user=person, starts_on=THURSDAY, ends_on=THURSDAY, created_at=THURSDAY_8)
    assert plan(organisation) == 0
    assert plan(organisation, THURSDAY_8 + DAY) == 1


def test_placeholders_and_deactivated_people_get_none(organisation):
    person_with_due(organisation, email=None)
    person_with_due(organisation, is_active=False)
    assert plan(organisation) == 0
