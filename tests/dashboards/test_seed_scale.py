"""Big organisations: as many rows as asked for, with numbers that are exact."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from alignment.models import AlignmentLink
from checkins.models import CheckIn
from checkins.services.find_drift import find_drift
from objectives.models import KeyResult, Milestone, Objective
from people.models import Organisation, User

pytestmark = pytest.mark.django_db


def _seed(**changes: object) -> Organisation:
    options = {"people": 30, "objectives": 60, "key_results": 200, "weeks": 5, **changes}
    call_command("seed_scale", stdout=StringIO(), **options)
    return Organisation.objects.get(name=options.get("organisation", "Scale"))


def test_as_many_as_asked_for() -> None:
    organisation = _seed()
    assert User.objects.filter(organisation=organisation).count() == 30
    assert Objective.objects.filter(organisation=organisation).count() == 60
    assert KeyResult.objects.filter(organisation=organisation).count() == 200
    assert CheckIn.objects.filter(organisation=organisation).count() == 1000
    assert AlignmentLink.objects.filter(organisation=organisation, objective__isnull=False).exists()
    assert Milestone.objects.filter(key_result__organisation=organisation).exists()


def test_every_number_is_exact() -> None:
    organisation = _seed()
    assert organisation.expected_on is not None
    assert find_drift(organisation=organisation, today=organisation.expected_on) == []


def test_rows_read_back_as_django_would_have_written_them() -> None:
    check_in = CheckIn.objects.filter(organisation=_seed(), milestones_done__isnull=False).first()
    assert check_in is not None
    steps = set(check_in.key_result.milestones.values_list("pk", flat=True))
    assert {one.hex for one in steps} >= {one.replace("-", "") for one in check_in.milestones_done or []}
    assert check_in.recorded_at.tzinfo is not None
    assert check_in.author_id == check_in.key_result.owner_id


def test_the_same_seed_gives_the_same_numbers() -> None:
    first, second = _seed(organisation="One"), _seed(organisation="Two")
    progress = [
        list(Objective.objects.filter(organisation=one).order_by("title").values_list("title", "progress"))
        for one in (first, second)
    ]
    assert progress[0] == progress[1]


@pytest.mark.parametrize("wrong", [{"people": 1}, {"objectives": 0}, {"key_results": -1}, {"weeks": 500}])
def test_impossible_sizes_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(CommandError):
        _seed(**wrong)
    assert not Organisation.objects.exists()


def test_a_name_is_used_once() -> None:
    _seed()
    with pytest.raises(CommandError, match="already"):
        _seed()
