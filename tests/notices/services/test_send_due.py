"""Claims, sending, repeats, failures, and the last look before a message goes out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import OperationalError

from notices.models import ChatHook, Delivery, Notice, NoticeSetting
from notices.models.delivery import MAX_ATTEMPTS
from notices.rules.kinds import Channel, NoticeKind
from notices.services import prepare_message as preparing
from notices.services import send_due as sending
from notices.services.claim_deliveries import claim_deliveries
from notices.services.post_notice import post_notice
from notices.services.send_due import send_claimed, send_due
from people.models import Absence
from tests.factories import make_organisation, make_person

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 5, 20)
NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
MORNING = datetime(2026, 5, 21, 8, 15, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
EMAIL = [Channel.EMAIL]
LEASE = timedelta(seconds=60)


@pytest.fixture
def person():
    return make_person(make_organisation(time_zone="UTC", check_in_hour=8))


def ask(person, key="one", at=NOON):
    return post_notice(kind=NoticeKind.ASKED, user=person, key=key, at=at)


def thank(person, key="one", at=NOON):
    return post_notice(kind=NoticeKind.THANKED, user=person, key=key, at=at)


def send(at):
    return send_due(now=lambda: at)


def titles(post):
    return [sorted(lines) for _, _, lines, _ in post.sent]


def test_what_is_due_is_sent_once_and_marked(person, post):
    ask(person)
    assert send(NOON - MINUTE) == 0
    assert send(NOON) == 1
    assert send(NOON + HOUR) == 0
    delivery = Delivery.objects.get()
    assert (delivery.sent_at, delivery.attempts) == (NOON, 1)
    assert post.sent == [(person, "email", ["asked one"], delivery.message_id)]


def test_everything_of_a_day_goes_out_in_one_message(person, post):
    thank(person, "one")
    post_notice(kind=NoticeKind.DEPENDENCY, user=person, key="two", at=NOON)
    send(MORNING)
    assert titles(post) == [["dependency two", "thanked one"]]


def test_both_channels_carry_the_same(person, post):
    ChatHook.objects.create(
        organisation=person.organisation,
        user=person,
        format="slack",
        url="https://chat.example/x",
        created_at=NOON,
    )
    ask(person)
    send(NOON)
    assert sorted(channel for _, channel, _, _ in post.sent) == ["chat", "email"]


def test_a_channel_that_nobody_carries_keeps_its_messages(person, post, monkeypatch):
    monkeypatch.setattr(sending, "_senders", {Channel.CHAT: post.send})
    ask(person)
    assert send(NOON) == 0
    assert Delivery.objects.open().count() == 1


def test_a_lost_workers_message_goes_out_again_under_the_same_id(person, post):
    ask(person)
    [lost] = claim_deliveries(channels=EMAIL, at=NOON)
    assert send(NOON + LEASE - MINUTE / 2) == 0, "still in its hands"
    assert send(NOON + LEASE) == 1
    assert [message_id for *_, message_id in post.sent] == [lost.message_id]


def test_two_workers_never_hold_the_same_message(person, post):
    for number in range(5):
        ask(person, str(number))
    first = claim_deliveries(channels=EMAIL, at=NOON, limit=3)
    second = claim_deliveries(channels=EMAIL, at=NOON, limit=3)
    assert len({row.pk for row in first} | {row.pk for row in second}) == len(first) + len(second) == 5


def test_a_slow_worker_does_not_begin_what_another_may_take_over(person, post):
    ask(person)
    [claimed] = claim_deliveries(channels=EMAIL, at=NOON)
    send_claimed(claimed, now=lambda: NOON + LEASE - timedelta(seconds=5))
    assert post.sent == []
    put_back = Delivery.objects.get()
    assert (put_back.claimed_until, put_back.attempts) == (None, 0), "not begun is no attempt"


def test_a_mail_that_took_longer_than_its_claim_is_not_sent_again(person, post, monkeypatch):
    ask(person)
    [claimed] = claim_deliveries(channels=EMAIL, at=NOON)

    def slow(delivery, message, at):
        post.send(delivery, message, at)
        assert len(claim_deliveries(channels=EMAIL, at=NOON + LEASE)) == 1, "another worker takes it over"

    monkeypatch.setattr(sending, "_senders", {Channel.EMAIL: slow})
    send_claimed(claimed, now=lambda: NOON)
    assert Delivery.objects.get().sent_at == NOON
    assert send(NOON + 3 * LEASE) == 0


def test_failures_are_kept_tried_again_later_and_given_up_in_the_end(person, post):
    ask(person)
    post.fails = 100
    at, waits = NOON, []
    while Delivery.objects.open().exists():
        send(at)
        waits.append((Delivery.objects.get().due_at - at).total_seconds())
        at = max(at + MINUTE, Delivery.objects.get().due_at)
    delivery = Delivery.objects.dead().get()
    assert delivery.attempts == MAX_ATTEMPTS
    assert waits == sorted(waits)
    assert waits[0] == 30
    assert "no server here" in delivery.last_error


def test_a_message_that_kills_its_worker_is_given_up_too(person, post):
    ask(person)
    at = NOON
    for _ in range(MAX_ATTEMPTS):
        assert len(claim_deliveries(channels=EMAIL, at=at)) == 1
        at += LEASE
    assert claim_deliveries(channels=EMAIL, at=at) == []
    assert Delivery.objects.dead().get().attempts == MAX_ATTEMPTS


def test_a_database_that_starts_again_after_sending_is_waited_for(person, post, monkeypatch):
    ask(person)
    [claimed] = claim_deliveries(channels=EMAIL, at=NOON)
    real, failures = Delivery.objects.open, [OperationalError("starting up")] * 2

    def still_open():
        if post.sent and failures:
            raise failures.pop()
        return real()

    monkeypatch.setattr(type(Delivery.objects), "open", lambda self: still_open())
    monkeypatch.setattr(sending, "MARK_PAUSE_SECONDS", 0)
    monkeypatch.setattr(
        sending, "connection", type("Fake", (), {"in_atomic_block": False, "close": lambda: None})
    )
    send_claimed(claimed, now=lambda: NOON)
    assert Delivery.objects.get().sent_at == NOON
    assert len(post.sent) == 1


def test_nothing_left_to_tell_is_dropped(person, post):
    notice = ask(person)
    Notice.objects.filter(pk=notice.pk).update(seen_at=NOON)
    send(NOON)
    assert post.sent == []
    assert Delivery.objects.get().dropped_at == NOON


def test_what_was_seen_here_or_switched_off_since_is_left_out(person, post):
    for key in ("seen", "kept"):
        thank(person, key)
    post_notice(kind=NoticeKind.DEPENDENCY, user=person, key="off", at=NOON)
    Notice.objects.filter(key="seen").update(seen_at=NOON)
    NoticeSetting.objects.create(user=person, kind=NoticeKind.DEPENDENCY, channel=Channel.EMAIL, is_on=False)
    send(MORNING)
    assert titles(post) == [["thanked kept"]]


def test_nobody_who_has_left_is_written_to(person, post):
    ask(person)
    type(person).objects.update(is_active=False)
    send(NOON)
    assert post.sent == []


def test_quiet_hours_and_pauses_that_began_since_put_it_off(person, post):
    ask(person)
    send(NOON + 7 * HOUR)
    assert Delivery.objects.get().due_at == datetime(2026, 5, 21, 8, 0, tzinfo=UTC)
    type(person).objects.update(notices_paused_until=MORNING + DAY)
    send(MORNING)
    delivery = Delivery.objects.get()
    assert (delivery.due_at, delivery.attempts, delivery.claimed_until) == (MORNING + DAY, 0, None)
    send(MORNING + DAY)
    assert len(post.sent) == 1


def test_a_day_that_has_passed_joins_the_next_message(person, post):
    thank(person, "first")
    thank(person, "second", at=MORNING + HOUR)
    send(MORNING + DAY)
    assert titles(post) == [["thanked first", "thanked second"]], "both in one, and only one that day"
    assert Notice.objects.filter(on=date(2026, 5, 22)).count() == 2
    send(MORNING + DAY + HOUR)
    assert len(post.sent) == 1


def test_what_went_out_by_one_channel_is_not_carried_over_for_the_other(person, post):
    thank(person)
    delivery = Delivery.objects.get()
    Delivery.objects.create(
        organisation=person.organisation,
        user=person,
        channel=Channel.CHAT,
        key=delivery.key,
        due_at=delivery.due_at,
        created_at=NOON,
    )
    Delivery.objects.filter(channel=Channel.EMAIL).update(sent_at=MORNING)
    send(MORNING + DAY)
    assert post.sent == []
    assert not Delivery.objects.open().exists()


def test_two_workers_with_the_same_passed_day_carry_it_over_once(person, post, monkeypatch):
    thank(person)
    late = MORNING + DAY
    [claimed] = claim_deliveries(channels=EMAIL, at=late)
    real = preparing.carried_to

    def slower(*args, **kwargs):
        found = real(*args, **kwargs)
        Notice.objects.update(on=date(2026, 5, 26))
        return found

    monkeypatch.setattr(preparing, "carried_to", slower)
    send_claimed(claimed, now=lambda: late)
    assert Notice.objects.get().on == date(2026, 5, 26), "where the faster one put it"
    assert not Delivery.objects.open().exists(), "and no message without anything to tell"


def test_an_absence_since_then_moves_it_to_the_first_day_back(person, post):
    thank(person)
    Absence.objects.create(user=person, starts_on=WEDNESDAY, ends_on=date(2026, 5, 22), created_at=NOON)
    send(MORNING)
    assert post.sent == []
    send(datetime(2026, 5, 25, 8, 15, tzinfo=UTC))
    assert titles(post) == [["thanked one"]]


def test_in_a_zone_where_the_day_is_still_to_come_it_waits(person, post):
    thank(person)
    type(person).objects.update(time_zone="Pacific/Honolulu")
    send(MORNING)
    assert Delivery.objects.get().due_at.date() == date(2026, 5, 21)
    send(MORNING + 11 * HOUR)
    assert len(post.sent) == 1
