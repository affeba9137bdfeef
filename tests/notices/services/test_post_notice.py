"""Telling once, by the ways that are open, at a moment that suits the person."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from notices.models import ChatHook, Delivery, Notice, NoticeSetting
from notices.rules.kinds import Channel, NoticeKind
from notices.rules.spread import spread_of
from notices.services.claim_deliveries import claim_deliveries
from notices.services.drop_notices import drop_notices
from notices.services.post_notice import post_notice
from notices.services.put_notices import DayNotice, put_notices
from notices.services.send_due import send_claimed, send_due
from people.models import Absence
from tests.factories import make_organisation, make_person
from tests.notices.kinds_told import everything_is_told

pytestmark = pytest.mark.django_db
WEDNESDAY_NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def person():
    return make_person(make_organisation(time_zone="UTC", check_in_hour=8))


@pytest.fixture
def post_box():
    with everything_is_told() as box:
        yield box


def post(person, kind=NoticeKind.ASKED, key="one", at=WEDNESDAY_NOON):
    return post_notice(kind=kind, user=person, key=key, at=at)


def switch_off(person, kind, *channels):
    for channel in channels:
        NoticeSetting.objects.create(user=person, kind=kind, channel=channel, is_on=False)


def test_an_ask_is_told_at_once_and_once(person):
    first = post(person)
    assert post(person, at=WEDNESDAY_NOON + timedelta(days=3)) == first
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.due_at) == (Channel.EMAIL, WEDNESDAY_NOON)
    assert (delivery.notice, delivery.key) == (first, str(first.pk))


def test_in_quiet_hours_it_waits_for_their_end(person):
    post(person, at=WEDNESDAY_NOON.replace(hour=21))
    assert Delivery.objects.get().due_at == datetime(2026, 5, 21, 8, 0, tzinfo=UTC)


def test_thanks_wait_for_the_message_of_the_next_day(person):
    notice = post(person, NoticeKind.THANKED)
    assert (notice.on, notice.due_at) == (date(2026, 5, 21), WEDNESDAY_NOON)
    delivery = Delivery.objects.get()
    assert (delivery.key, delivery.notice) == ("2026-05-21", None)
    assert delivery.due_at == datetime(2026, 5, 21, 8, 0, tzinfo=UTC) + spread_of(person.pk)


def test_two_things_of_a_day_share_one_message(person):
    post(person, NoticeKind.THANKED, "one")
    post(person, NoticeKind.DEPENDENCY, "two")
    assert Delivery.objects.count() == 1


def test_a_message_that_has_gone_out_takes_nothing_more(person):
    early = WEDNESDAY_NOON.replace(hour=6)
    post(person, NoticeKind.THANKED, "one", at=early)
    Delivery.objects.update(sent_at=early)
    assert post(person, NoticeKind.THANKED, "two", at=early).on == date(2026, 5, 21)


def test_a_message_that_is_being_sent_takes_nothing_more(person, post_box):
    early = WEDNESDAY_NOON.replace(hour=6)
    first = post(person, NoticeKind.THANKED, "one", at=early)
    due_at = Delivery.objects.get().due_at
    [claimed] = claim_deliveries(channels=[Channel.EMAIL], at=due_at)
    second = post(person, NoticeKind.THANKED, "two", at=due_at)
    assert (first.on, second.on) == (date(2026, 5, 20), date(2026, 5, 21))
    send_claimed(claimed, now=lambda: due_at)
    send_due(now=lambda: due_at + timedelta(days=1))
    assert [lines for _, _, lines, _ in post_box.sent] == [["thanked one"], ["thanked two"]]


def test_a_way_that_was_closed_when_the_day_was_planned_gets_its_message(person):
    early = WEDNESDAY_NOON.replace(hour=6)
    post(person, NoticeKind.THANKED, "one", at=early)
    ChatHook.objects.create(
        organisation=person.organisation, user=person, format="slack", url="https://x.y", created_at=early
    )
    switch_off(person, NoticeKind.REVIEW, Channel.EMAIL)
    NoticeSetting.objects.create(user=person, kind=NoticeKind.REVIEW, channel=Channel.CHAT, is_on=True)
    assert post(person, NoticeKind.REVIEW, "two", at=early).on == date(2026, 5, 20)
    assert set(Delivery.objects.values_list("channel", "key")) == {
        ("email", "2026-05-20"),
        ("chat", "2026-05-20"),
    }


def test_nothing_goes_out_in_an_absence_or_a_pause(person):
    Absence.objects.create(
        user=person,
        starts_on=date(2026, 5, 18),
        ends_on=date(2026, 5, 22),
        created_at=WEDNESDAY_NOON,
    )
    assert post(person, NoticeKind.THANKED).on == date(2026, 5, 25)
    post(person)
    assert Delivery.objects.get(notice__isnull=False).due_at == datetime(2026, 5, 23, 8, 0, tzinfo=UTC)
    person.notices_paused_until = datetime(2026, 5, 26, 12, 0, tzinfo=UTC)
    person.save()
    assert post(person, NoticeKind.THANKED, "later").on == date(2026, 5, 27)


def test_what_is_switched_off_stays_silent(person):
    switch_off(person, NoticeKind.ASKED, Channel.HERE)
    assert post(person).is_shown_here is False
    switch_off(person, NoticeKind.ANSWERED, *Channel)
    assert post(person, NoticeKind.ANSWERED) is None
    assert Notice.objects.count() == 1


def test_nobody_is_told_who_is_gone_and_a_placeholder_only_here(person):
    person.is_active = False
    assert post(person) is None
    placeholder = make_person(person.organisation, email=None)
    assert post(placeholder) is not None
    assert not Delivery.objects.exists()


def test_taken_back_before_it_was_sent(person):
    notice = post(person)
    assert drop_notices(kind=NoticeKind.ASKED, key="one", at=WEDNESDAY_NOON) == 1
    notice.refresh_from_db()
    assert notice.dropped_at == WEDNESDAY_NOON
    assert not Delivery.objects.open().exists()
    assert drop_notices(kind=NoticeKind.ASKED, key="one", at=WEDNESDAY_NOON) == 0


def test_a_message_that_went_out_while_reminders_were_planned_takes_none(person):
    """The planner looks before it writes; a worker may have been faster in between."""
    early = WEDNESDAY_NOON.replace(hour=6)
    post(person, NoticeKind.THANKED, "one", at=early)
    others = [make_person(person.organisation) for _ in range(3)]
    rows = [
        DayNotice(one.pk, "2026-05-18", date(2026, 5, 20), early, frozenset({Channel.HERE, Channel.EMAIL}))
        for one in (person, *others)
    ]
    plan = partial(put_notices, organisation=person.organisation, kind=NoticeKind.CHECK_IN_DUE, at=early)
    claim_deliveries(channels=[Channel.EMAIL], at=early + timedelta(hours=3))
    assert plan(rows=rows) == 3
    assert not Notice.objects.filter(user=person, kind=NoticeKind.CHECK_IN_DUE).exists()
    Delivery.objects.update(claimed_until=None)
    assert plan(rows=rows) == 1
    assert plan(rows=rows) == 0
