"""A comment that names somebody, a word left on it, an edit and what it said before; and a thank-you, by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from checkins.models import Comment, Thanks
from checkins.services.rebuild_numbers import rebuild_numbers
from common import clock
from notices.models import Notice
from objectives.models import Objective
from people.models import User
from tests.factories import make_cycle, make_key_result, make_objective, make_organisation, make_person
from tests.factories.words import make_comment, make_thanks
from tests.journeys.people_at_work import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people() -> dict[str, User]:
    """Leila owns an objective; Caro and Vikram read it."""
    organisation = make_organisation()
    found = {name: make_person(organisation, name=name) for name in ("Leila", "Caro", "Vikram")}
    cycle = make_cycle(organisation, starts_on=clock.now().date().replace(day=1), ends_on=None)
    make_key_result(
        make_objective(cycle, owner=found["Leila"], title="Customers find it"), owner=found["Leila"]
    )
    rebuild_numbers(organisation=organisation, today=clock.now().date())
    return found


def test_a_comment_a_mention_a_word_and_an_edit(
    page: Page, context: BrowserContext, live_server: Any, people: dict[str, User]
) -> None:
    home = f"{live_server.url}/objectives/{Objective.objects.get().pk}/"
    sign_in(context, people["Leila"], live_server.url)
    page.goto(home)
    words = page.get_by_role("textbox", name="Say something about this objective")
    words.fill("@Caro could the **maps** wait?")
    words.press("Tab")
    page.keyboard.press("Enter")
    comment = page.locator(".timeline > li", has_text="could the maps wait?")
    expect(comment.locator("strong")).to_have_text("maps")
    expect(comment.get_by_role("link", name="@Caro")).to_be_visible()
    assert [(row.user.name, row.kind) for row in Notice.objects.all()] == [("Caro", "mentioned")]

    sign_in(context, people["Caro"], live_server.url)
    page.goto(home)
    help_word = page.get_by_role("button", name="I can help")
    help_word.focus()
    page.keyboard.press("Enter")
    pressed = page.get_by_role("button", name="I can help 1")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    page.locator(".timeline").get_by_role("link", name="Reply").click()
    reply = page.get_by_role("textbox", name="Your reply")
    expect(reply).to_have_value(f"@[Leila](person:{people['Leila'].pk}) ")
    reply.press_sequentially("Until the 27th.")
    page.locator(".timeline").get_by_role("button", name="Say it").click()
    expect(page.locator(".timeline")).to_contain_text("Until the 27th.")

    sign_in(context, people["Leila"], live_server.url)
    page.goto(home)
    first = Comment.objects.order_by("created_at").first()
    assert first is not None
    page.locator(f'[id="c-{first.pk}"]').get_by_role("link", name="Edit your comment").click()
    page.get_by_label("Your words").fill("@Caro could the maps wait until Monday?")
    page.get_by_role("button", name="Save").click()
    page.locator(f'[id="c-{first.pk}"]').get_by_role("link", name="edited once").click()
    expect(page.get_by_role("main")).to_contain_text("wait until Monday?")
    expect(page.locator("section", has=page.locator("#versions"))).to_contain_text("could the maps wait?")


def test_thanks_without_a_mouse_on_a_small_screen(
    page: Page, context: BrowserContext, live_server: Any, people: dict[str, User]
) -> None:
    objective = Objective.objects.get()
    objective.contributors.add(people["Caro"])
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(context, people["Leila"], live_server.url)
    page.goto(f"{live_server.url}/thanks/new/?objective={objective.pk}")
    page.get_by_role("checkbox", name="Caro").focus()
    page.keyboard.press("Space")
    page.get_by_label("More names").fill("Vikram")
    page.get_by_label("What for?").fill("You had the maps ready.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Thank them").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leila thanks Caro and Vikram")
    expect(page.locator("[data-toast]")).to_contain_text("Thanks sent to")
    assert Thanks.objects.get().receivers.count() == 2


def test_forms_for_words_are_for_everybody(
    browser: Browser, browser_context_args: dict[str, Any], live_server: Any, people: dict[str, User]
) -> None:
    """axe puts styles into a page, so it looks on in a context that takes that."""
    context = browser.new_context(**browser_context_args, reduced_motion="reduce")
    sign_in(context, people["Leila"], live_server.url)
    objective = Objective.objects.get()
    objective.contributors.add(people["Caro"])
    comment = make_comment(
        objective, author=people["Caro"], text="We can **spare** somebody.\n\n- a day\n- or two"
    )
    make_thanks(objective, author=people["Caro"], receivers=[people["Leila"]])
    page = context.new_page()
    for path in (
        f"/objectives/{objective.pk}/",
        f"/comments/new/?objective={objective.pk}",
        f"/comments/new/?comment={comment.pk}",
        f"/thanks/new/?objective={objective.pk}",
        f"/people/{people['Leila'].pk}/",
    ):
        page.goto(live_server.url + path)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path} {scheme}: {found.generate_report()}"
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 390, path
        page.set_viewport_size({"width": 1440, "height": 900})
    context.close()
