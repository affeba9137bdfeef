"""Two planners and many senders at the same moment, over connections of their own; PostgreSQL."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from checkins.services.give_thanks import give_thanks
from notices.models import Delivery, Notice
from notices.rules.kinds import Channel, NoticeKind
from notices.services.claim_deliveries import claim_deliveries
from notices.services.post_notice import post_notice
from notices.services.put_notices import DayNotice, put_notices
from notices.services.send_due import send_claimed, send_due
from tests.factories import make_cycle, make_objective, make_organisation, make_person

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
PEOPLE = 60


@pytest.fixture
def people():
    organisation = make_organisation(time_zone="UTC")
    return [make_person(organisation) for _ in range(PEOPLE)]


def all_at_once(*works: Callable[[], None]) -> None:
    barrier, errors = Barrier(len(works)), []

    def run(work: Callable[[], None]) -> None:
        try:
            barrier.wait(10)
            work()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_two_planners_make_every_row_once(people):
    rows = [
        DayNotice(
            person.pk,
            "2026-05-18",
            date(2026, 5, 20),
            NOON + timedelta(seconds=place),
            frozenset({Channel.HERE, Channel.EMAIL}),
            {"until": "2026-05-27"},
        )
        for place, person in enumerate(people)
    ]
    made: list[int] = []

    def plan() -> None:
        made.append(
            put_notices(organisation=people[0].organisation, kind=NoticeKind.CHECK_IN_DUE, rows=rows, at=NOON)
        )

    all_at_once(plan, plan, plan)
    assert sum(made) == Notice.objects.count() == Delivery.objects.count() == PEOPLE
    notice = Notice.objects.get(user=people[7])
    assert (notice.due_at, notice.payload, notice.is_shown_here) == (rows[7].due_at, rows[7].payload, True)
    assert notice.pk.version == 7
    assert Delivery.objects.get(user=people[7]).key == "2026-05-20"


def test_no_message_is_claimed_twice(people):
    for person in people:
        post_notice(kind=NoticeKind.ASKED, user=person, key="one", at=NOON)
    claimed: list[str] = []

    def claim() -> None:
        while rows := claim_deliveries(channels=[Channel.EMAIL], at=NOON, limit=7):
            claimed.extend(str(row.pk) for row in rows)

    all_at_once(claim, claim, claim, claim)
    assert len(claimed) == len(set(claimed)) == PEOPLE


def test_many_senders_send_everything_once(people, post):
    for person in people:
        post_notice(kind=NoticeKind.ASKED, user=person, key="one", at=NOON)

    def send() -> None:
        send_due(now=lambda: NOON)

    all_at_once(send, send, send)
    assert len(post.sent) == len({message_id for *_, message_id in post.sent}) == PEOPLE


def test_what_is_told_while_messages_are_claimed_is_always_mailed(people, post):
    """Whoever adds to a message holds it until the transaction ends; a message in hand takes nothing more."""
    person, early = people[0], NOON.replace(hour=6)
    post_notice(kind=NoticeKind.THANKED, user=person, key="first", at=early)
    due_at = Delivery.objects.get().due_at
    with transaction.atomic():
        post_notice(kind=NoticeKind.THANKED, user=person, key="second", at=due_at)
        found: list[int] = []
        all_at_once(lambda: found.append(len(claim_deliveries(channels=[Channel.EMAIL], at=due_at))))
        assert found == [0]
    [claimed] = claim_deliveries(channels=[Channel.EMAIL], at=due_at)
    assert post_notice(kind=NoticeKind.THANKED, user=person, key="third", at=due_at).on == date(2026, 5, 21)
    send_claimed(claimed, now=lambda: due_at)
    send_due(now=lambda: due_at + timedelta(days=1))
    told = [sorted(lines) for _, _, lines, _ in post.sent]
    assert told == [["thanked first", "thanked second"], ["thanked third"]]


def test_thanks_to_the_same_people_in_any_order_never_wait_in_a_ring(people):
    first, second, *others = people[:6]
    objective = make_objective(make_cycle(first.organisation), owner=others[0])

    def thank(by, receivers):
        return lambda: [
            give_thanks(by=by, at=NOON, objective=objective, receivers=receivers, text=f"For {number}")
            for number in range(10)
        ]

    for _ in range(10):
        Delivery.objects.all().delete()
        all_at_once(
            thank(others[0], [first, second, others[2]]),
            thank(others[1], [others[2], second, first]),
            thank(others[3], [second, others[2], first]),
        )
    assert Delivery.objects.count() == 3
