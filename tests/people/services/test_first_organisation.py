"""The first minute of an installation."""

from __future__ import annotations

from typing import Any

import pytest

from activity.models import Event
from common.errors import InvalidInput, RuleConflict
from objectives.models import Cycle
from people.models import Organisation, User
from people.services import create_first_organisation
from tests.factories.people import make_organisation
from tests.factories.when import NOW

pytestmark = pytest.mark.django_db

GOOD: dict[str, Any] = {
    "organisation_name": "Harbour & Pine",
    "name": "Maren",
    "email": "Maren@Harbour-Pine.example",
    "password": "a quiet morning at sea",
    "time_zone": "Europe/Brussels",
}


def test_makes_the_organisation_its_administrator_and_the_running_quarter() -> None:
    administrator = create_first_organisation(**GOOD, at=NOW)
    assert administrator.is_administrator
    assert administrator.email == "maren@harbour-pine.example"
    assert administrator.check_password(GOOD["password"])
    assert administrator.organisation.time_zone == "Europe/Brussels"
    cycle = Cycle.objects.get()
    assert cycle.state == "active"
    assert cycle.starts_on is not None
    assert cycle.ends_on is not None
    assert cycle.starts_on <= NOW.date() <= cycle.ends_on
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"organisation.created", "person.created", "cycle.created", "cycle.activated"} <= verbs


def test_only_once() -> None:
    make_organisation()
    with pytest.raises(RuleConflict, match="already"):
        create_first_organisation(**GOOD, at=NOW)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organisation_name", "  "),
        ("name", ""),
        ("email", "nobody"),
        ("email", ""),
        ("password", "short"),
        ("password", "password123"),
        ("time_zone", "Atlantis/Capital"),
    ],
)
def test_names_the_field_that_will_not_do_and_leaves_nothing(field: str, value: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        create_first_organisation(**{**GOOD, field: value}, at=NOW)
    assert [problem.field for problem in caught.value.problems] == [field]
    assert not Organisation.objects.exists()
    assert not User.objects.exists()
