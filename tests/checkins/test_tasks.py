"""What runs every minute: the turn of the day, and one snapshot of every day as it ended."""

from datetime import timedelta
from decimal import Decimal

import pytest

from alignment.models import ProgressSnapshot
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.record_check_in import record_check_in
from checkins.tasks import keep_days
from objectives.models import Objective
from tests.factories import (
    TODAY,
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
    moment,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_result():
    organisation = make_organisation()
    owner = make_person(organisation)
    cycle = make_cycle(organisation)
    objective = make_objective(cycle, owner=owner, activated_at=moment(TODAY - timedelta(30)))
    key_result = make_key_result(objective)
    rebuild_numbers(organisation=organisation, today=TODAY)
    return key_result


def say(key_result, value, at):
    by = key_result.objective.owner
    record_check_in(key_result_id=key_result.pk, by=by, at=at, value=Decimal(value), confidence=6)


def kept(on):
    return ProgressSnapshot.objects.get(subject_type="objective", on=on).progress


def test_a_day_is_kept_in_its_last_hour_and_as_it_ended(key_result):
    keep_days(at=moment(TODAY, 22, 59))
    assert not ProgressSnapshot.objects.filter(on=TODAY).exists()
    say(key_result, 20, moment(TODAY, 22, 59))
    keep_days(at=moment(TODAY, 23, 0))
    assert kept(TODAY) == Decimal("0.2")
    say(key_result, 60, moment(TODAY, 23, 30))
    keep_days(at=moment(TODAY + timedelta(1), 0, 1))
    assert kept(TODAY) == Decimal("0.6")
    say(key_result, 90, moment(TODAY + timedelta(1), 0, 2))
    keep_days(at=moment(TODAY + timedelta(1), 0, 3))
    assert kept(TODAY) == Decimal("0.6")


def test_a_day_that_was_missed_is_rebuilt_and_the_new_day_has_its_plan(key_result):
    say(key_result, 20, moment(TODAY, 12))
    before = Objective.objects.get().expected
    keep_days(at=moment(TODAY + timedelta(3), 9))
    assert kept(TODAY + timedelta(2)) == Decimal("0.2")
    assert Objective.objects.get().expected > before
