"""Writing an objective in a real browser: rows come and go by keys, the right side follows, nothing is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from common import clock
from objectives.models import Objective
from people.models import User
from tests.factories import make_cycle, make_objective, make_organisation, make_person, make_team
from tests.journeys.people_at_work import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writer() -> User:
    person = make_person(make_organisation(), name="Hana")
    today = clock.now().date()
    make_cycle(person.organisation, starts_on=today - timedelta(days=40), ends_on=today + timedelta(days=50))
    make_team(lead=person, name="People & Culture")
    return person


@pytest.fixture
def new_page(page: Page, context: BrowserContext, live_server: LiveServer, writer: User) -> Page:
    sign_in(context, writer, live_server.url)
    page.goto(f"{live_server.url}/objectives/new/")
    return page


def keys_of(page: Page) -> list[str | None]:
    rows = page.locator("[data-key-results] > li")
    return [rows.nth(place).get_attribute("data-key-result") for place in range(rows.count())]


def test_by_keys_with_a_live_reading(new_page: Page) -> None:
    page = new_page
    page.locator("#title").fill("New colleagues want to stay")
    page.locator("#k1-title").fill("Leavers within 90 days")
    page.locator("#k1 label", has_text="Decrease").click()
    expect(page.locator("#k1-start_value")).to_be_visible()
    expect(page.locator("#k1-lower_bound")).to_be_hidden()
    page.locator("#k1-start_value").fill("31")
    page.locator("#k1-target_value").fill("22")
    page.locator("#k1-unit").fill("%")
    page.keyboard.press("Alt+n")
    expect(page.locator("#k2-title")).to_be_focused()
    page.keyboard.type("Rotas known early")
    page.locator("#k2 label", has_text="Milestones").click()
    page.locator('[name="k2-step_title"]').fill("North")
    page.locator("#k2 [data-add=step]").click()
    page.keyboard.type("South")
    reading = page.locator("#reading")
    expect(reading).to_contain_text(re.compile(r"Leavers within 90 days: 31 → 22\s%"))
    expect(reading).to_contain_text("Rotas known early: 2 steps")
    expect(page.locator("#sum-k1")).to_contain_text(re.compile(r"from 31 to 22\s%, weekly"))
    expect(page.locator("#weights")).to_have_text("Weights 1 + 1 = 2.")
    page.locator("#k2 [data-move='-1']").click()
    assert keys_of(page) == ["k2", "k1"]
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").filter(has_text="Shared")).to_be_visible()
    objective = Objective.objects.get()
    assert [row.title for row in objective.key_results.all()] == [
        "Rotas known early",
        "Leavers within 90 days",
    ]
    assert objective.state == "active"


def test_taken_out_and_put_back_with_its_words(new_page: Page) -> None:
    page = new_page
    page.locator("#k1-title").fill("Say it once")
    page.locator("#k1 [data-remove]").click()
    expect(page.locator("#k1 [data-gone]")).to_contain_text("Say it once")
    expect(page.locator("#k1-title")).to_be_hidden()
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("#k1-title")).to_have_value("Say it once")


def test_a_page_with_unsaved_words_is_not_left_unasked(new_page: Page, live_server: LiveServer) -> None:
    page = new_page
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.locator("#title").fill("")
    page.locator("#why").fill("Words that matter")
    page.get_by_role("button", name=re.compile("^Share")).click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.locator("#why")).to_have_value("Words that matter")
    page.locator("#why").click()
    page.goto(f"{live_server.url}/objectives/")
    assert asked == ["beforeunload"]


def test_two_people_choose_side_by_side(
    page: Page, context: BrowserContext, live_server: LiveServer, writer: User
) -> None:
    objective = make_objective(writer.organisation.cycles.get(), owner=writer, title="Was")
    sign_in(context, writer, live_server.url)
    path = f"{live_server.url}/objectives/{objective.pk}/edit/"
    page.goto(path)
    other = context.new_page()
    other.goto(path)
    other.locator("#title").fill("Theirs")
    other.get_by_role("button", name=re.compile("^Save")).click()
    other.wait_for_url(lambda url: "edit" not in url)
    page.locator("#title").fill("Mine")
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.get_by_text("changed the objective while you were writing")).to_be_visible()
    page.get_by_role("button", name="Take Hana’s").click()
    expect(page.locator("#title")).to_have_value("Theirs")


def test_what_was_typed_waits_when_the_page_goes_away(new_page: Page, live_server: LiveServer) -> None:
    page = new_page
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#title").fill("New colleagues want to")
    expect(page.locator("[data-draft-words]")).to_contain_text("Kept at", timeout=8000)
    page.locator("#title").fill("New colleagues want to stay")
    page.goto(f"{live_server.url}/objectives/")  # before the three seconds are over
    page.goto(f"{live_server.url}/objectives/new/")
    offer = page.locator(".notice", has_text="You have an unfinished objective from")
    expect(offer).to_contain_text("New colleagues want to stay")
    offer.get_by_role("link", name="Continue").click()
    expect(page.locator("#title")).to_have_value("New colleagues want to stay")
    page.locator("[name=keep]").click()
    page.wait_for_url(re.compile("/objectives/[0-9a-f-]{36}/$"))
    page.goto(f"{live_server.url}/objectives/new/")
    expect(page.locator(".notice")).to_have_count(0)
