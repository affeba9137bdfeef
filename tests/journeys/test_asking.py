"""Asking for help gets an answer: from My week to the strategy page and back, in a browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from checkins.models import Ask, Decision
from checkins.services.rebuild_numbers import rebuild_numbers
from common import clock
from objectives.models import KeyResult, Objective
from people.models import User
from people.roles import Role
from tests.factories import (
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
)
from tests.journeys.people_at_work import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Shop:
    asker: User
    leader: User
    objective: Objective
    key_result: KeyResult


@pytest.fixture
def shop() -> Shop:
    now = clock.now()
    organisation = make_organisation()
    asker = make_person(organisation, name="Leila")
    cycle = make_cycle(
        organisation,
        starts_on=now.date() - timedelta(days=50),
        ends_on=now.date() + timedelta(days=40),
    )
    objective = make_objective(
        cycle, owner=asker, title="Customers find it", activated_at=now - timedelta(days=30)
    )
    key_result = make_key_result(objective, owner=asker, title="Lists found in full", unit="%")
    make_priority(organisation)
    rebuild_numbers(organisation=organisation, today=now.date())
    leader = make_person(organisation, name="Maren", role=Role.LEADER)
    return Shop(asker, leader, objective, key_result)


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def tab(request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict[str, Any]) -> Any:
    """A browser with and without JavaScript; everybody uses the same one in turn."""
    made = browser.new_context(**browser_context_args, java_script_enabled=request.param)
    yield made.new_page()
    made.close()


def test_an_ask_on_my_week_is_answered_on_the_strategy_page_and_comes_back(
    tab: Page, live_server: Any, shop: Shop
) -> None:
    address, row = live_server.url, shop.key_result.pk
    sign_in(tab.context, shop.asker, address)
    tab.goto(f"{address}/my-week/")
    tab.locator(f'[id="{row}-value"]').fill("42")
    tab.locator(f'label:has([name="{row}-confidence"][value="5"])').click()
    if not tab.locator("[data-more]").evaluate("one => one.open"):
        tab.locator("[data-more] summary").first.click()
    tab.locator(f'[id="{row}-note"]').fill("Half the maps point to last week.")
    tab.get_by_text("Ask for help").click()
    tab.get_by_label("Ask", exact=True).fill("Marn")
    tab.get_by_label("for", exact=True).fill("two extra planners until week 11")
    tab.get_by_role("button", name="Share check-in").last.click()
    expect(tab.get_by_role("alert")).to_contain_text("nobody here is called “Marn”")
    expect(tab.get_by_label("for", exact=True)).to_have_value("two extra planners until week 11")
    tab.get_by_label("Ask", exact=True).fill("Maren")
    tab.get_by_role("button", name="Share check-in").last.click()
    answers = tab.locator("section", has=tab.get_by_role("heading", name="Answers to you"))
    expect(answers).to_contain_text("two extra planners until week 11")
    expect(answers).to_contain_text("asked today")

    sign_in(tab.context, shop.leader, address)
    tab.goto(f"{address}/strategy/")
    expect(tab.get_by_text("1 open, oldest first.")).to_be_visible()
    tab.locator(".asks summary").click()
    tab.get_by_label("Your answer to Leila").fill("Yes, both of them from Monday.")
    tab.get_by_role("button", name="Answer Leila").click()
    expect(tab.get_by_role("heading", name="Nothing waits for you")).to_be_visible()

    sign_in(tab.context, shop.asker, address)
    tab.goto(f"{address}/my-week/")
    expect(answers).to_contain_text("“Yes, both of them from Monday.”")
    expect(answers).to_contain_text("answered the same day")
    tab.goto(f"{address}/objectives/{shop.objective.pk}/")
    expect(tab.get_by_text("Ask to Maren: two extra planners until week 11")).to_be_visible()


def test_a_decision_is_passed_on_by_keys_alone_and_decided(
    page: Page, context: BrowserContext, live_server: Any, shop: Shop
) -> None:
    address = live_server.url
    other = make_person(shop.asker.organisation, name="Bram")
    sign_in(context, shop.asker, address)
    page.goto(f"{address}/objectives/{shop.objective.pk}/")
    page.get_by_role("link", name="Ask", exact=True).click()
    page.get_by_label("Whom?").fill("Maren")
    page.get_by_label("For what?").fill("Mark down now, or hold?")
    page.get_by_text("It is a decision").click()
    page.get_by_label("To choose from, one in a line").fill("Now\nHold")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Customers find it")

    sign_in(context, shop.leader, address)
    page.goto(f"{address}/strategy/")
    page.get_by_role("link", name="Pass on").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mark down now, or hold?")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("To whom?")).to_be_focused()
    page.keyboard.type("Bram")
    page.keyboard.press("Tab")
    page.keyboard.type("You know the stock")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Passed on to Bram.")).to_be_visible()
    assert page.url == f"{address}/strategy/"

    sign_in(context, other, address)
    page.goto(f"{address}/strategy/")
    page.wait_for_load_state("networkidle")
    page.locator(".asks summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Now")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("The weekend is close")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Decided. Leila reads it on My week.")).to_be_visible()
    assert Decision.objects.get().text == "Hold"
    assert Ask.objects.get().state == "answered"
