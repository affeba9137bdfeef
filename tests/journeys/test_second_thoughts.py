"""Two people at one thing, and changed minds: whatever was written or taken away can be had back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from activity.models import Event
from alignment.models import StrategicPriority
from checkins.services.rebuild_numbers import rebuild_numbers
from common import clock
from objectives.models import Objective
from people.models import User
from people.roles import Role
from tests.factories import (
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
)
from tests.journeys.people_at_work import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
TITLE, RESULT = "Customers come back on their own", "People who come back"


@pytest.fixture
def person() -> User:
    """An administrator with one objective that leads to a priority and waits for a check-in."""
    now = clock.now()
    today = now.date()
    person = make_person(make_organisation(), name="Leila", role=Role.ADMINISTRATOR)
    cycle = make_cycle(
        person.organisation, starts_on=today - timedelta(days=50), ends_on=today + timedelta(days=40)
    )
    since = now - timedelta(days=30)
    objective = make_objective(cycle, owner=person, title=TITLE, activated_at=since)
    make_key_result(objective, owner=person, title=RESULT)
    make_link(objective, make_priority(person.organisation, owner=person))
    rebuild_numbers(organisation=person.organisation, today=today)
    return person


@pytest.fixture
def at_home(page: Page, context: BrowserContext, live_server: Any, person: User) -> Page:
    sign_in(context, person, live_server.url)
    return page


def test_two_people_at_one_priority_see_each_other(
    at_home: Page, context: BrowserContext, live_server: Any
) -> None:
    priority = StrategicPriority.objects.get()
    path = f"{live_server.url}/priorities/{priority.pk}/edit/"
    other = context.new_page()
    at_home.goto(path)
    other.goto(path)
    other.get_by_label("What matters?").fill("Theirs")
    other.get_by_role("button", name="Save draft").click()
    expect(other.get_by_role("complementary")).to_contain_text("Theirs")
    at_home.get_by_label("What matters?").fill("Mine")
    at_home.get_by_label("What does it mean?").fill("Because of me")
    at_home.get_by_role("button", name="Save draft").click()
    alert = at_home.get_by_role("alert")
    expect(alert).to_contain_text("Somebody changed this while you were writing")
    expect(alert).to_contain_text("Theirs")
    expect(at_home.get_by_label("What matters?")).to_have_value("Mine")
    expect(at_home.get_by_label("What does it mean?")).to_have_value("Because of me")
    at_home.get_by_label("Why does it change?").fill("We both looked")
    at_home.get_by_role("button", name="Publish and ask").click()
    expect(at_home.get_by_role("heading", level=1)).to_have_text("Mine")
    told = Event.objects.filter(verb="priority.edited").values_list("payload", flat=True)
    assert [(payload["changes"]["title"][1], payload["reason"]) for payload in told] == [
        ("Mine", "We both looked")
    ]


def test_a_deleted_objective_comes_back_at_once_or_later(at_home: Page, live_server: Any) -> None:
    objective = Objective.objects.get()
    delete(at_home, f"{live_server.url}/objectives/{objective.pk}/state/?action=delete")
    expect(at_home).to_have_url(f"{live_server.url}/objectives/")
    expect(at_home.get_by_role("main").get_by_text(TITLE)).to_have_count(0)
    at_home.locator("[data-toast]").get_by_role("button", name="Undo").click()
    expect(at_home.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(at_home.get_by_role("main")).to_contain_text(RESULT)

    delete(at_home, f"{live_server.url}/objectives/{objective.pk}/state/?action=delete")
    at_home.goto(f"{live_server.url}/objectives/{objective.pk}/")
    expect(at_home.get_by_role("link", name="Bring it back")).to_be_visible()
    at_home.goto(f"{live_server.url}/objectives/deleted/")
    at_home.get_by_role("button", name=f"Bring back {TITLE}").click()
    expect(at_home.get_by_role("main")).to_contain_text(RESULT)
    assert Objective.objects.get().key_results.count() == 1


def test_a_deleted_key_result_comes_back(at_home: Page, live_server: Any) -> None:
    key_result = Objective.objects.get().key_results.get()
    delete(at_home, f"{live_server.url}/key-results/{key_result.pk}/state/?action=delete")
    expect(at_home.get_by_role("main").get_by_role("link", name=RESULT)).to_have_count(0)
    at_home.locator("[data-toast]").get_by_role("button", name="Undo").click()
    expect(at_home.get_by_role("main").get_by_role("link", name=RESULT).first).to_be_visible()


def delete(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_role("button", name="Delete it").click()


def test_a_pause_is_taken_back(at_home: Page, live_server: Any) -> None:
    objective = Objective.objects.get()
    at_home.goto(f"{live_server.url}/objectives/{objective.pk}/state/?action=pause")
    at_home.get_by_label("Why does it rest?").fill("We wait for the new shop")
    at_home.get_by_role("button", name="Pause it").click()
    expect(at_home.get_by_role("main")).to_contain_text("We wait for the new shop")
    at_home.locator("[data-toast]").get_by_role("button", name="Undo").click()
    expect(at_home.get_by_role("main")).to_contain_text("Taken up again.")
    objective.refresh_from_db()
    assert objective.state == "active"


def test_a_skipped_row_comes_back_with_what_was_typed_elsewhere(at_home: Page, live_server: Any) -> None:
    at_home.goto(f"{live_server.url}/my-week/")
    row = at_home.locator("[data-check-in-row]")
    row.locator("[data-more] > summary").click()
    row.locator('[data-tog="skip"] > summary').click()
    row.get_by_role("button", name="Skip until then").click()
    expect(at_home.get_by_role("main")).to_contain_text("Skipped")
    at_home.get_by_role("button", name=f"Undo skipping {RESULT}").click()
    expect(at_home.locator("[data-check-in-row]")).to_have_count(1)


def test_a_check_in_deleted_by_mistake_comes_back(at_home: Page, live_server: Any, person: User) -> None:
    key_result = Objective.objects.get().key_results.get()
    at_home.goto(f"{live_server.url}/check-in/{key_result.pk}/?next=/key-results/{key_result.pk}/")
    at_home.locator(f'[id="{key_result.pk}-value"]').fill("42")
    at_home.locator(f'[name="{key_result.pk}-confidence"][value="7"]').check(force=True)
    at_home.locator(".submit").get_by_role("button", name="Share check-in").click()
    expect(at_home.get_by_role("main")).to_contain_text("42")
    said = key_result.check_ins.get()
    at_home.goto(f"{live_server.url}/check-ins/{said.pk}/edit/?delete")
    at_home.get_by_role("button", name="Delete").last.click()
    key_result.refresh_from_db()
    expect(at_home.get_by_role("button", name="Undo")).to_be_visible()
    key_result.refresh_from_db()
    assert key_result.current_value is None
    at_home.get_by_role("button", name="Undo").click()
    expect(at_home.get_by_role("main")).to_contain_text("42")
    key_result.refresh_from_db()
    assert key_result.current_value == 42
