"""A leader rewords a priority and sees whom it reaches; one team adapts, one keeps, one stops: three of three."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from alignment.models import Reconfirmation
from checkins.services.rebuild_numbers import rebuild_numbers
from common import clock
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
NAMES = ("Anouk", "Dana", "Noor")
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def people() -> dict[str, User]:
    """A leader, and three people whose objectives lead to one priority."""
    today = clock.now().date()
    organisation = make_organisation()
    leader = make_person(organisation, name="Kofi", role=Role.LEADER)
    priority = make_priority(organisation, owner=leader, title="Halve our carbon by 2030")
    cycle = make_cycle(organisation, starts_on=today - timedelta(days=50), ends_on=today + timedelta(days=40))
    found = {"Kofi": leader}
    for name in NAMES:
        owner = found[name] = make_person(organisation, name=name)
        objective = make_objective(cycle, owner=owner, title=f"Stores of {name} save energy")
        make_key_result(objective, owner=owner, title=f"Kilowatt hours of {name}")
        make_link(objective, priority, reason="Every kilowatt hour counts")
    rebuild_numbers(organisation=organisation, today=today)
    return found


def page_of(browser: Browser, person: User, url: str, **options: Any) -> Page:
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce", **options)
    sign_in(context, person, url)
    return context.new_page()


def look(page: Page) -> None:
    """Nothing sticks out, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []


def answer(page: Page, url: str, choice: str, words: str) -> None:
    page.goto(f"{url}/my-week/")
    page.get_by_role("link", name="Keep, adapt or stop").click()
    page.get_by_role("radio", name=choice).check()
    page.locator("[name=words]").fill(words)


def test_reword_publish_and_three_answers(
    browser: Browser, live_server: Any, people: dict[str, User]
) -> None:
    url = live_server.url
    leader = page_of(browser, people["Kofi"], url)
    leader.goto(f"{url}/strategy/")
    leader.get_by_role("link", name="Halve our carbon by 2030").first.click()
    leader.get_by_role("link", name="Edit").click()
    leader.get_by_label("What matters?").fill("Halve the carbon of our stores by 2030")
    leader.get_by_label("Why does it change?").fill("One thing done well is worth more than three begun.")
    leader.get_by_role("button", name="Save draft").click()
    expect(leader.locator(".preview ins")).to_contain_text("the carbon of our stores")
    expect(leader.get_by_role("table")).to_contain_text("Stores of Noor save energy")
    look(leader)
    leader.get_by_role("button", name="Publish and ask").click()
    expect(leader.get_by_role("heading", level=1)).to_have_text("Halve the carbon of our stores by 2030")

    dark = page_of(browser, people["Anouk"], url, color_scheme="dark", viewport=PHONE)
    answer(dark, url, "Adapt it", "From January we count stores")
    dark.get_by_role("radio", name="Its title").check()
    dark.locator("[name=title]").fill("Stores save energy first")
    look(dark)
    dark.locator("[data-give]").click()
    expect(dark).to_have_url(f"{url}/my-week/")

    plain = page_of(browser, people["Dana"], url, java_script_enabled=False)
    answer(plain, url, "Keep as it is", "That is what we do")
    plain.locator("[data-give]").click()
    expect(plain).to_have_url(f"{url}/my-week/")

    keys = page_of(browser, people["Noor"], url)
    keys.goto(f"{url}/my-week/")
    keys.get_by_role("link", name="Keep, adapt or stop").click()
    look(keys)
    keys.keyboard.press("s")
    expect(keys.get_by_role("radio", name="Stop it")).to_be_checked()
    keys.locator("[name=words]").fill("We learned that repair comes first")
    keys.keyboard.press("Control+Enter")
    expect(keys).to_have_url(f"{url}/my-week/")

    leader.goto(f"{url}/strategy/")
    expect(leader.get_by_role("main")).to_contain_text("3 of 3 objectives re-confirmed")
    expect(leader.get_by_role("main")).to_contain_text("1 kept as they are")
    look(leader)
    assert not Reconfirmation.objects.filter(state="open").exists()
