"""Digests: for whom, on which day, once a week."""

from datetime import UTC, date, datetime, timedelta

import pytest

from notices import rendering
from notices.models import Notice, NoticeSetting
from notices.rules.kinds import Channel, NoticeKind
from notices.services.plan_digests import plan_digests
from people.roles import Role
from tests.factories import make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 5, 20, 0, 5, tzinfo=UTC)


@pytest.fixture
def organisation():
    return make_organisation(time_zone="UTC", check_in_weekday=3, check_in_hour=8)


def run_weeks(organisation, weeks=1, since=WEDNESDAY):
    for hour in range(weeks * 7 * 24):
        plan_digests(organisation=organisation, at=since + timedelta(hours=hour))


def told(kind):
    return list(Notice.objects.filter(kind=kind).order_by("on").values_list("user__name", "on"))


def test_leads_and_leaders_on_their_own_day_wins_on_friday(organisation, post):
    lead = make_person(organisation, name="Lead", check_in_weekday=2)
    make_person(organisation, name="Leader", role=Role.LEADER)
    make_team(organisation, lead=lead)
    run_weeks(organisation)
    wednesday, thursday, friday = (date(2026, 5, day) for day in (20, 21, 22))
    assert told(NoticeKind.LEAD_DIGEST) == [("Lead", wednesday)]
    assert told(NoticeKind.LEADER_DIGEST) == [("Leader", thursday)]
    assert sorted(told(NoticeKind.WINS_DIGEST)) == [("Lead", friday), ("Leader", friday)]


def test_once_a_week_also_in_a_rhythm_of_four(organisation, post):
    organisation.rhythm_weeks = 4
    make_person(organisation, role=Role.LEADER)
    run_weeks(organisation, weeks=3)
    days = [on for _, on in told(NoticeKind.LEADER_DIGEST)]
    assert days == [date(2026, 5, 21), date(2026, 5, 28), date(2026, 6, 4)]
    assert len(told(NoticeKind.WINS_DIGEST)) == 3


def test_whoever_does_not_work_on_friday_reads_of_wins_on_monday(organisation, post):
    make_person(organisation, working_days="0123")
    run_weeks(organisation, since=datetime(2026, 5, 22, tzinfo=UTC))
    assert [on for _, on in told(NoticeKind.WINS_DIGEST)] == [date(2026, 5, 25)]


def test_switched_off_or_told_by_nobody(organisation, post):
    person = make_person(organisation)
    NoticeSetting.objects.create(user=person, kind=NoticeKind.WINS_DIGEST, channel=Channel.EMAIL, is_on=False)
    make_person(organisation, role=Role.LEADER)
    del rendering._renderers[NoticeKind.LEADER_DIGEST]
    run_weeks(organisation)
    assert told(NoticeKind.LEADER_DIGEST) == []
    assert person.name not in [name for name, _ in told(NoticeKind.WINS_DIGEST)]
