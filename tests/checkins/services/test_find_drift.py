"""What `verify_rollups` finds: also in numbers that closing froze and nobody recomputes."""

from decimal import Decimal

import pytest

from checkins.services.find_drift import Drift, find_drift
from checkins.services.record_check_in import record_check_in
from objectives.models import KeyResult, Objective
from objectives.services import close_objective
from tests.factories import (
    NOW,
    TODAY,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed() -> Objective:
    owner = make_person(make_organisation())
    objective = make_objective(make_cycle(owner.organisation), owner=owner)
    key_result = make_key_result(objective)
    said = {"value": Decimal("66.66"), "confidence": 7}
    record_check_in(key_result_id=key_result.pk, by=owner, at=NOW, **said)
    objective.refresh_from_db()
    return close_objective(objective=objective, by=owner, at=NOW)


def drift_of(objective: Objective) -> list[Drift]:
    return find_drift(organisation=objective.organisation, today=TODAY)


def test_frozen_numbers_that_nobody_touched_are_no_drift(closed: Objective) -> None:
    assert drift_of(closed) == []


def test_the_frozen_progress_of_an_objective_is_held_against_its_suggested_score(closed: Objective) -> None:
    Objective.objects.filter(pk=closed.pk).update(progress=Decimal("0.1234"))

    assert drift_of(closed) == [
        Drift("objective", closed.pk, "progress", Decimal("0.1234"), Decimal("0.67")),
    ]


def test_the_frozen_progress_of_a_key_result_is_held_against_its_raw_progress(closed: Objective) -> None:
    key_result = closed.key_results.get()
    KeyResult.objects.filter(pk=key_result.pk).update(progress=Decimal("0.1234"))

    assert drift_of(closed) == [
        Drift("key_result", key_result.pk, "progress", Decimal("0.1234"), Decimal("0.6666")),
    ]


def test_what_an_objective_below_does_later_is_no_drift_of_a_closed_one(closed: Objective) -> None:
    child = make_objective(closed.cycle, owner=closed.owner)
    key_result = make_key_result(child)
    make_link(child, closed)

    record_check_in(key_result_id=key_result.pk, by=closed.owner, at=NOW, value=Decimal(90), confidence=7)

    assert drift_of(closed) == []
