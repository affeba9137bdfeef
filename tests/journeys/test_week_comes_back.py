"""A whole week by keyboard on a phone: mail, check-in, ask, answer, what comes back, thanks, and the thanks in the feed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from playwright.sync_api import Browser, Locator, Page, expect

from checkins.models import Ask, CheckIn, Thanks
from checkins.services.plan_reminders import plan_reminders
from checkins.services.rebuild_numbers import rebuild_numbers
from common import clock
from notices.services.send_due import send_due
from people.models import User
from people.roles import Role
from tests.factories import (
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
    make_team,
)
from tests.factories.people import PASSWORD
from tests.journeys.people_at_work import sign_in
from tests.journeys.test_every_page import violations

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
MOST_TABS = 150
"""More than any page of this journey has places to stop at."""


class Hands:
    """Somebody who only has a keyboard; at every stop the page is checked for everybody and for a small screen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, place: Locator) -> None:
        """Tab until `place` has the focus."""
        expect(place).to_have_count(1)
        for _ in range(MOST_TABS):
            if place.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no key leads to {place}")

    def press(self, place: Locator, key: str = "Enter") -> None:
        self.go_to(place)
        self.page.keyboard.press(key)

    def write(self, place: Locator, words: str) -> None:
        self.go_to(place)
        self.page.keyboard.type(words)

    def stop(self, heading: str) -> None:
        """Arrived: the page says where, suits a phone, and axe finds nothing."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.page.wait_for_load_state("networkidle")
        width = self.page.evaluate("document.scrollingElement.scrollWidth")
        assert width <= PHONE["width"], f"{heading} is {width} px wide"
        assert violations(self.page) == [], heading


@pytest.fixture
def reminded_at() -> datetime:
    """Eight o'clock on the last working day before today; a link of that morning still opens."""
    day = clock.now().date() - timedelta(days=1)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return datetime.combine(day, time(8), tzinfo=UTC)


@pytest.fixture
def leila(reminded_at: datetime) -> User:
    """Owns two key results that are due; Maren leads."""
    organisation = make_organisation(
        time_zone="UTC", check_in_weekday=reminded_at.weekday(), check_in_hour=reminded_at.hour
    )
    person = make_person(organisation, name="Leila", can_sign_in=True)
    make_person(organisation, name="Maren", role=Role.LEADER)
    make_priority(organisation)
    cycle = make_cycle(
        organisation,
        starts_on=reminded_at.date() - timedelta(days=50),
        ends_on=reminded_at.date() + timedelta(days=40),
    )
    long_ago = reminded_at - timedelta(days=30)
    objective = make_objective(cycle, owner=person, title="Customers find it", activated_at=long_ago)
    team = make_team(organisation, name="Store Operations", members=[person])
    objective.team = team
    objective.save()
    for place, title in enumerate(("Lists found in full", "Maps of this week")):
        make_key_result(objective, owner=person, title=title, unit="%", position=place, activated_at=long_ago)
    rebuild_numbers(organisation=organisation, today=reminded_at.date())
    return person


@pytest.fixture
def link(leila: User, reminded_at: datetime) -> str:
    """The address in the reminder that the product planned and sent by itself."""
    assert plan_reminders(organisation=leila.organisation, at=reminded_at) == 1
    send_due(now=lambda: reminded_at + timedelta(hours=1))
    (mail,) = outbox.outbox
    assert str(leila.email) in mail.to[0]
    found = re.search(r"https?://[^/]+(/w/\S+)", str(mail.body))
    assert found is not None
    return found[1]


def check_in(hands: Hands, title: str, value: str, confidence: str, note: str) -> None:
    """Value, confidence and note of one row, as far as the keyboard goes without looking."""
    row = hands.page.locator("[data-check-in-row]", has_text=title)
    hands.write(row.locator("[data-value]"), value)
    hands.page.keyboard.press("Tab")
    hands.page.keyboard.press(confidence)
    if not row.locator("[data-more]").evaluate("one => one.open"):
        hands.press(row.locator("[data-more] > summary"))
    hands.write(row.locator("[data-note]"), note)


def test_a_week_comes_back(
    browser: Browser, browser_context_args: dict[str, Any], live_server: Any, leila: User, link: str
) -> None:
    context = browser.new_context(**{**browser_context_args, "viewport": PHONE}, reduced_motion="reduce")
    page = context.new_page()
    hands, address = Hands(page), live_server.url
    answers = page.locator("section", has=page.get_by_role("heading", name="Answers to you"))
    maren = User.objects.get(name="Maren")

    page.goto(address + link)
    hands.stop("My week")
    check_in(hands, "Lists found in full", "42", "5", "Half the maps point to last week.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Shared. Your team can read it.")).to_be_visible()
    hands.stop("My week")

    hands.press(page.get_by_role("link", name="Sign in"))
    hands.stop("Good to see you")
    hands.write(page.get_by_label("E-mail"), str(leila.email))
    hands.write(page.get_by_role("textbox", name="Password"), PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Good to see you")
    page.goto(f"{address}/my-week/")
    hands.stop("My week")
    check_in(hands, "Maps of this week", "30", "4", "Nobody is left to draw them.")
    hands.press(page.locator("[data-check-in-row] [data-tog=ask] > summary"))
    hands.write(page.get_by_label("Ask", exact=True), "Maren")
    hands.write(page.get_by_label("for", exact=True), "two extra planners until week 11")
    hands.press(page.get_by_role("button", name="Share check-in").last)
    expect(answers).to_contain_text("two extra planners until week 11")
    hands.stop("My week")
    assert CheckIn.objects.count() == 2
    assert Ask.objects.get().asked_of == maren

    sign_in(context, maren, address)
    page.goto(f"{address}/strategy/")
    expect(page.get_by_role("heading", name="What needs me?")).to_be_visible()
    hands.stop("Strategy")
    hands.press(page.locator(".asks summary"))
    hands.write(page.get_by_label("Your answer to Leila"), "Yes, both of them from Monday.")
    hands.press(page.get_by_role("button", name="Answer Leila"))
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    hands.stop("Strategy")

    sign_in(context, leila, address)
    page.goto(f"{address}/my-week/")
    expect(answers).to_contain_text("“Yes, both of them from Monday.”")
    hands.stop("My week")
    hands.press(answers.get_by_role("link", name="Thank Maren"))
    hands.stop("Say thank you")
    hands.write(page.get_by_label("What for?"), "The planners saved the maps.")
    hands.press(page.get_by_role("button", name="Thank them"))
    hands.stop("My week")
    assert [one.name for one in Thanks.objects.get().receivers.all()] == ["Maren"]

    sign_in(context, maren, address)
    page.goto(f"{address}/feed/")
    hands.stop("Feed")
    entry = page.locator(".feed > li", has_text="The planners saved the maps.")
    expect(entry).to_contain_text("have thanks from Leila")
    context.close()
