"""Going everywhere by keys: G and a letter, the slash, the palette, and the way out of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from checkins.services.rebuild_numbers import rebuild_numbers
from common import clock
from people.models import User
from people.roles import Role
from tests.factories import make_cycle, make_objective, make_organisation, make_person, make_team
from tests.journeys.people_at_work import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = {"w": "my-week", "s": "strategy", "o": "objectives", "a": "alignment", "t": "teams"}


@pytest.fixture
def person() -> User:
    today = clock.now().date()
    person = make_person(make_organisation(), name="Leila", role=Role.ADMINISTRATOR)
    cycle = make_cycle(
        person.organisation, starts_on=today - timedelta(days=50), ends_on=today + timedelta(days=40)
    )
    for title in ("Shelves are never empty", "Repairs while you wait"):
        make_objective(cycle, owner=person, title=title)
    make_team(lead=person, name="Bakery")
    rebuild_numbers(organisation=person.organisation, today=today)
    return person


@pytest.fixture
def at_home(page: Page, context: BrowserContext, live_server: Any, person: User) -> Page:
    sign_in(context, person, live_server.url)
    page.goto(f"{live_server.url}/settings/")
    return page


def test_g_and_a_letter_go_to_every_place(at_home: Page, live_server: Any) -> None:
    for letter, place in PLACES.items():
        at_home.locator("h1").click()
        at_home.keyboard.press("g")
        at_home.keyboard.press(letter)
        at_home.wait_for_url(f"{live_server.url}/{place}/")


def test_letters_are_letters_in_a_field_and_can_be_switched_off(
    at_home: Page, live_server: Any, person: User
) -> None:
    name = at_home.get_by_role("textbox", name="Name")
    name.fill("")
    name.press_sequentially("gs/?c")
    expect(name).to_have_value("gs/?c")
    person.has_shortcuts = False
    person.save(update_fields=["has_shortcuts"])
    at_home.goto(f"{live_server.url}/strategy/")
    at_home.keyboard.press("g")
    at_home.keyboard.press("o")
    at_home.keyboard.press("?")
    expect(at_home.locator("dialog[open]")).to_have_count(0)
    expect(at_home).to_have_url(f"{live_server.url}/strategy/")


def test_the_slash_finds_in_the_list_and_the_rows_answer_to_keys(at_home: Page, live_server: Any) -> None:
    at_home.goto(f"{live_server.url}/objectives/")
    at_home.locator("h1").click()
    at_home.keyboard.press("/")
    at_home.keyboard.type("repairs")
    at_home.keyboard.press("Enter")
    expect(at_home.get_by_role("link", name="Repairs while you wait").first).to_be_visible()
    expect(at_home.get_by_role("link", name="Shelves are never empty")).to_have_count(0)
    at_home.wait_for_load_state("load")
    at_home.locator("h1").click()
    at_home.keyboard.press("j")
    at_home.keyboard.press("Enter")
    expect(at_home.get_by_role("heading", level=1)).to_contain_text("Repairs while you wait")


def test_the_palette_opens_filters_goes_and_closes(at_home: Page, live_server: Any) -> None:
    palette = at_home.locator("dialog[data-dialog=search]")
    at_home.keyboard.press("Control+k")
    expect(palette).to_be_visible()
    at_home.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    at_home.keyboard.press("Control+k")
    at_home.keyboard.type("shelves")
    hit = palette.locator("[data-hits]").get_by_role("link", name="Shelves are never empty")
    expect(hit).to_be_visible()
    at_home.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    at_home.keyboard.press("Enter")
    expect(at_home.get_by_role("heading", level=1)).to_contain_text("Shelves are never empty")


def test_all_keys_are_listed(at_home: Page) -> None:
    at_home.locator("h1").click()
    at_home.keyboard.press("?")
    keys = at_home.locator("dialog[data-dialog=keys]")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("Objectives")
    at_home.keyboard.press("Escape")
    expect(keys).to_be_hidden()
