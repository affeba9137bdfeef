"""Pages and resources asked as of a day."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from alignment.services.write_links import create_link
from alignment.services.write_priorities import create_priority
from checkins.models import Ask
from checkins.services.ask_person import ask_person
from checkins.services.edit_check_in import delete_check_in
from checkins.services.record_check_in import record_check_in
from common import clock
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import Visibility
from objectives.services import activate_objective, create_key_result, create_objective, edit_objective
from people.roles import Role
from tests.factories import make_cycle, make_organisation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> dict[str, Any]:
    """Three days ago 20 of 100 under old words; today 80 and new words."""
    now = clock.now()
    before = now - timedelta(days=3)
    leader = make_person(make_organisation(), role=Role.LEADER, name="Amara")
    day = before.date()
    cycle = make_cycle(
        leader.organisation, starts_on=day - timedelta(days=30), ends_on=day + timedelta(days=60),
        created_at=before - timedelta(days=40),
    )  # fmt: skip
    priority = create_priority(title="Easy to reach", by=leader, at=before)
    objective = create_objective(title="Old words", cycle=cycle, owner=leader, by=leader, at=before)
    key_result = create_key_result(
        objective=objective, title="Calls answered", kind="increase", start_value=Decimal(0),
        target_value=Decimal(100), by=leader, at=before,
    )  # fmt: skip
    create_link(child=objective, parent=priority, by=leader, at=before)
    activate_objective(objective=objective, by=leader, at=before)
    early = record_check_in(
        key_result_id=key_result.pk, value=Decimal(20), confidence=7, by=leader, at=before
    ).check_in
    record_check_in(key_result_id=key_result.pk, value=Decimal(80), confidence=7, by=leader, at=now)
    delete_check_in(check_in=early, by=leader, at=now)
    edit_objective(objective=Objective.objects.get(pk=objective.pk), title="New words", by=leader, at=now)
    return {
        "leader": leader, "objective": objective, "key_result": key_result, "priority": priority,
        "cycle": cycle, "day": (now - timedelta(days=2)).date().isoformat(),
    }  # fmt: skip


@pytest.fixture
def client(told: dict[str, Any]) -> Client:
    client = Client()
    client.force_login(told["leader"])
    return client


def test_the_interface_shows_words_and_numbers_of_then(told: dict[str, Any], client: Client) -> None:
    address = f"/api/v1/objectives/{told['objective'].pk}/"
    now, then = client.get(address).json(), client.get(address, {"as_of": told["day"]}).json()
    assert (now["title"], then["title"]) == ("New words", "Old words")
    assert (float(now["progress"]), float(then["progress"])) == (0.8, 0.2)
    assert client.get(address).json() == now


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/objectives/", "/api/v1/key-results/", "/api/v1/priorities/", "/api/v1/check-ins/",
        "/api/v1/alignment-links/", "/api/v1/cycles/", "/api/v1/asks/", "/api/v1/comments/", "/api/v1/thanks/",
        "/api/v1/tree/?cycle={cycle}", "/api/v1/progress/?cycle={cycle}",
        "/api/v1/progress/history/?cycle={cycle}", "/api/v1/objectives/{objective}/explain/",
        "/api/v1/priorities/{priority}/explain/?cycle={cycle}", "/api/v1/key-results/{key_result}/check-ins/",
    ],
)  # fmt: skip
def test_every_read_about_goals_takes_a_day(told: dict[str, Any], client: Client, address: str) -> None:
    ids = {name: told[name].pk for name in ("cycle", "objective", "priority", "key_result")}
    joint = "&" if "?" in address else "?"
    response = client.get(address.format(**ids) + f"{joint}as_of={told['day']}")
    assert response.status_code == 200, response.content
    assert b"New words" not in response.content


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "9999-01-01", "0001-01-01", "20260101"])
def test_a_day_that_cannot_be_shown_is_named(told: dict[str, Any], client: Client, day: str) -> None:
    response = client.get("/api/v1/objectives/", {"as_of": day})
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "as_of"
    assert client.get("/strategy/", {"as_of": day}).status_code == 400


def test_a_place_of_today_knows_no_such_parameter(client: Client, told: dict[str, Any]) -> None:
    assert client.get("/api/v1/people/", {"as_of": told["day"]}).status_code == 400


def test_the_past_takes_no_writes(told: dict[str, Any], client: Client) -> None:
    response = client.post(f"/my-week/?as_of={told['day']}", {})
    assert response.status_code == 409
    refused = client.patch(
        f"/api/v1/objectives/{told['objective'].pk}/?as_of={told['day']}", {"title": "x"}, "application/json"
    )
    assert refused.status_code == 409


@pytest.mark.parametrize(
    "address",
    [
        "/strategy/", "/my-week/", "/objectives/", "/objectives/{objective}/", "/key-results/{key_result}/",
        "/alignment/", "/alignment/map/", "/teams/", "/people/{leader}/", "/feed/", "/priorities/{priority}/",
        "/priorities/",
    ],
)  # fmt: skip
def test_every_page_can_be_seen_as_it_was(told: dict[str, Any], client: Client, address: str) -> None:
    ids = {name: told[name].pk for name in ("leader", "objective", "priority", "key_result")}
    response = client.get(address.format(**ids), {"as_of": told["day"]})
    assert response.status_code == 200
    page = response.content.decode()
    assert "You see" in page
    assert "Back to today" in page
    assert "New words" not in page
    assert f"/objectives/?as_of={told['day']}" in page


def test_opening_an_ask_of_the_past_is_no_reading(told: dict[str, Any], client: Client) -> None:
    asker = make_person(told["leader"].organisation, name="Bo")
    row = ask_person(
        objective=told["objective"], asked_of=told["leader"], text="Who decides?", by=asker,
        at=clock.now() - timedelta(days=3),
    )  # fmt: skip
    assert client.get(f"/asks/{row.pk}/", {"as_of": told["day"]}).status_code == 200
    assert Ask.objects.get(pk=row.pk).seen_at is None


def test_forms_are_off_and_links_to_writes_lead_nowhere(told: dict[str, Any], client: Client) -> None:
    page = client.get(f"/objectives/{told['objective'].pk}/", {"as_of": told["day"]}).content.decode()
    assert '<fieldset class="past-off" disabled>' in page
    assert f'href="/objectives/{told["objective"].pk}/edit/' not in page


def test_what_is_private_today_stays_hidden_in_the_past(told: dict[str, Any]) -> None:
    Objective.objects.filter(pk=told["objective"].pk).update(visibility=Visibility.PRIVATE)
    stranger = make_person(told["leader"].organisation, name="Bo")
    client = Client()
    client.force_login(stranger)
    day = {"as_of": told["day"]}
    assert client.get(f"/api/v1/objectives/{told['objective'].pk}/", day).status_code == 404
    for address in ("/api/v1/objectives/", "/api/v1/tree/", "/api/v1/check-ins/", "/strategy/", "/feed/"):
        assert b"Old words" not in client.get(address, day).content
    before = client.get("/api/v1/progress/", day).json()["priorities"][0]["progress"]
    assert float(before) == 0.2


def test_the_second_look_computes_nothing(told: dict[str, Any], client: Client, monkeypatch: Any) -> None:
    address = f"/api/v1/objectives/{told['objective'].pk}/"
    first = client.get(address, {"as_of": told["day"]})
    monkeypatch.setattr("checkins.services.see_past.rebuild_numbers", None)
    assert client.get(address, {"as_of": told["day"]}).json() == first.json()
    assert KeyResult.objects.get(pk=told["key_result"].pk).progress == Decimal("0.8")
