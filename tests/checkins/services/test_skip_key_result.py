"""Putting off moves the day of asking, and nothing else."""

from datetime import timedelta

import pytest

from checkins.services.skip_key_result import skip_key_result, undo_skip
from common.errors import InvalidInput, NotAllowed
from tests.factories import (
    NOW,
    TODAY,
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_person(make_organisation())


@pytest.fixture
def key_result(owner):
    return make_key_result(make_objective(make_cycle(owner.organisation), owner=owner))


def test_a_skip_moves_the_due_day_and_its_undoing_brings_it_back(owner, key_result):
    until = TODAY + timedelta(30)
    skip_key_result(key_result_id=key_result.pk, by=owner, at=NOW, reason=" Away ", until=until)
    key_result.refresh_from_db()
    assert (key_result.next_due_on, key_result.fresh_until) == (until, TODAY + timedelta(7))
    undo_skip(key_result_id=key_result.pk, by=owner, at=NOW)
    key_result.refresh_from_db()
    assert key_result.next_due_on == TODAY + timedelta(7)
    assert key_result.skips.get().undone_at == NOW


@pytest.mark.parametrize(("days", "reason"), [(0, "Away"), (-1, "Away"), (367, "Away"), (3, "  ")])
def test_it_needs_a_reason_and_a_day_ahead(owner, key_result, days, reason):
    with pytest.raises(InvalidInput):
        skip_key_result(
            key_result_id=key_result.pk, by=owner, at=NOW, reason=reason, until=TODAY + timedelta(days)
        )


def test_a_stranger_puts_nothing_off(key_result):
    with pytest.raises(NotAllowed):
        skip_key_result(
            key_result_id=key_result.pk, by=make_person(), at=NOW, reason="Away", until=TODAY + timedelta(3)
        )
