"""A name is offered while @ is typed: found, chosen and left by keys, and read out; without a script an @ is enough."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from checkins.models import Comment
from checkins.services.rebuild_numbers import rebuild_numbers
from common import clock
from notices.models import Notice
from objectives.models import Objective
from people.models import User
from tests.factories import make_cycle, make_key_result, make_objective, make_organisation, make_person
from tests.journeys.people_at_work import sign_in
from tests.journeys.test_every_page import violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def leila() -> User:
    organisation = make_organisation()
    leila, *_ = (make_person(organisation, name=name) for name in ("Leila", "Caro", "Carla Lee", "Vikram"))
    cycle = make_cycle(organisation, starts_on=clock.now().date().replace(day=1), ends_on=None)
    make_key_result(make_objective(cycle, owner=leila, title="Customers find it"), owner=leila)
    rebuild_numbers(organisation=organisation, today=clock.now().date())
    return leila


def test_arrows_enter_and_escape(page: Page, context: BrowserContext, live_server: Any, leila: User) -> None:
    sign_in(context, leila, live_server.url)
    page.goto(f"{live_server.url}/objectives/{Objective.objects.get().pk}/")
    page.wait_for_load_state("networkidle")
    field = page.get_by_role("textbox", name="Say something about this objective")
    names = page.get_by_role("listbox", name="People to name")
    field.press_sequentially("Thanks @ca")
    expect(names.get_by_role("option")).to_have_text(["Carla Lee", "Caro"])
    expect(names.get_by_role("option", selected=True)).to_have_text("Carla Lee")
    expect(page.get_by_role("status").filter(has_text="2 names.")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(names.get_by_role("option", selected=True)).to_have_text("Caro")
    assert field.get_attribute("aria-activedescendant") == names.locator(
        "[aria-selected=true]"
    ).get_attribute("id")
    page.keyboard.press("Escape")
    expect(names).to_have_count(0)
    expect(field).to_be_focused()
    field.press_sequentially("r")
    expect(names).to_have_count(0)
    field.fill("")
    field.press_sequentially("Could @car")
    expect(names).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Could @Caro ")
    field.press_sequentially("and @vik")
    names.get_by_role("option", name="Vikram").click()
    expect(field).to_be_focused()
    field.press_sequentially("look?")
    expect(field).to_have_value("Could @Caro and @Vikram look?")
    page.get_by_role("button", name="Say it").click()
    expect(page.locator(".timeline .mention")).to_have_text(["@Caro", "@Vikram"])
    assert sorted(Notice.objects.values_list("user__name", flat=True)) == ["Caro", "Vikram"]


def test_the_names_are_for_everybody_and_fit_a_phone(
    browser: Browser, browser_context_args: dict[str, Any], live_server: Any, leila: User
) -> None:
    """axe writes styles into the page, so it looks on in a context that takes that."""
    size = {"width": 390, "height": 844}
    context = browser.new_context(**{**browser_context_args, "viewport": size}, reduced_motion="reduce")
    sign_in(context, leila, live_server.url)
    page = context.new_page()
    objective = Objective.objects.get().pk
    for path, label in (
        (f"/objectives/{objective}/", "Say something about this objective"),
        (f"/thanks/new/?objective={objective}", "What for?"),
        (f"/asks/new/?objective={objective}", "For what?"),
    ):
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        page.get_by_label(label).press_sequentially("@ca")
        expect(page.get_by_role("option")).to_have_count(2)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
        assert violations(page) == [], path
    context.close()


def test_without_a_script_an_at_and_a_name_do(
    browser: Browser, browser_context_args: dict[str, Any], live_server: Any, leila: User
) -> None:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    sign_in(context, leila, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}/objectives/{Objective.objects.get().pk}/")
    page.get_by_role("textbox", name="Say something about this objective").fill("@Caro and @carla look?")
    page.get_by_role("button", name="Say it").click()
    expect(page.locator(".timeline .mention")).to_have_text(["@Caro", "@Carla Lee"])
    assert "person:" in Comment.objects.get().text
    context.close()
