"""A weekly review in a real browser: with the keys, without script, and two people at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from checkins.models import Decision, Review
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.start_review import start_review
from common import clock
from objectives.models import KeyResult
from people.models import Team, User
from tests.factories import (
    make_check_in,
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
    make_team,
)
from tests.journeys.people_at_work import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Desk:
    """A team of two with two key results that turned since last week, and one that went as planned."""

    team: Team
    lead: User
    member: User
    turned: list[KeyResult]
    address: str


@pytest.fixture
def desk(live_server: Any) -> Desk:
    now = clock.now()
    today = now.date()
    organisation = make_organisation()
    lead, member = make_person(organisation, name="Leila"), make_person(organisation, name="Noor")
    team = make_team(lead=lead, members=[lead, member], name="Store Operations")
    cycle = make_cycle(organisation, starts_on=today - timedelta(days=50), ends_on=today + timedelta(days=40))
    objective = make_objective(
        cycle, owner=lead, team=team, title="Returns", activated_at=now - timedelta(days=50)
    )
    turned = [
        make_key_result(objective, owner=lead, title=title)
        for title in ("Minutes in the queue", "Kiosks that stand", "As planned")
    ]
    for row, after in zip(turned, (2, 4, 7), strict=True):
        for ago, confidence in ((9, 7), (0, after)):
            make_check_in(
                row, value=60 - ago, confidence=confidence, author=lead, observed_on=today - timedelta(days=ago),
                recorded_at=now - timedelta(days=ago), win="Ghent sold every bulb." if after == 7 and not ago else "",
            )  # fmt: skip
    rebuild_numbers(organisation=organisation, today=today)
    return Desk(team, lead, member, turned, live_server.url)


def opens_review(page: Page, context: BrowserContext, desk: Desk, person: User) -> None:
    sign_in(context, person, desk.address)
    page.goto(f"{desk.address}/teams/{desk.team.pk}/")
    page.get_by_role("navigation", name="Team").get_by_role("link", name="Weekly review").click()


def test_a_review_from_start_to_minutes_with_the_keys(
    page: Page, context: BrowserContext, desk: Desk
) -> None:
    opens_review(page, context, desk, desk.lead)
    page.get_by_role("button", name="Start review").click()
    expect(page.get_by_text("running, 0 of 15 min")).to_be_visible()
    expect(page.locator("#wins")).to_contain_text("Ghent sold every bulb.")
    rows = page.locator("[data-review-item]")
    expect(rows).to_have_count(2)
    page.wait_for_load_state("load")  # the page is readable before its keys work
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("d")
    field = page.get_by_label("Next decision")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    expect(page.locator("#decision-about")).to_have_value(str(desk.turned[1].pk))
    page.keyboard.type("Djinn jokes keep the letters")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("and the lines")
    page.keyboard.press("Enter")
    decided = page.locator("#decisions .decided")
    expect(decided).to_contain_text("Djinn jokes keep the letters")
    expect(decided).to_contain_text("on Kiosks that stand")
    expect(decided).to_be_focused()
    page.get_by_label("Next step").fill("calls the supplier")
    page.get_by_label("Who", exact=True).select_option(label="Noor")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("#next-steps li", has_text="calls the supplier")).to_be_focused()
    page.get_by_role("button", name="End review").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Weekly review,")
    page.locator("main").get_by_role("link", name="History").click()
    row = page.get_by_role("table").get_by_role("row").nth(1)
    expect(row).to_contain_text("Djinn jokes")
    row.get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("Ghent sold every bulb.")
    decision = Decision.objects.get()
    assert (decision.key_result, decision.text) == (
        desk.turned[1],
        "Djinn jokes keep the letters\nand the lines",
    )


def test_a_decision_is_undone_and_its_words_come_back(
    page: Page, context: BrowserContext, desk: Desk
) -> None:
    start_review(team=desk.team, by=desk.lead, at=clock.now(), cycle=desk.turned[0].objective.cycle)
    opens_review(page, context, desk, desk.member)
    page.get_by_role("link", name=re.compile("^Decide about Minutes")).click()
    page.get_by_label("Next decision").fill("Stop early")
    page.get_by_role("button", name="Keep decision").click()
    page.locator("[data-toasts]").get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Next decision")).to_have_value("Stop early")
    expect(page.locator("#decision-about")).to_have_value(str(desk.turned[0].pk))
    assert Decision.objects.get().taken_back_at is not None


def test_two_people_decide_at_the_same_time(browser: Browser, desk: Desk) -> None:
    start_review(team=desk.team, by=desk.lead, at=clock.now(), cycle=desk.turned[0].objective.cycle)
    pages = []
    for person in (desk.lead, desk.member):
        context = browser.new_context()
        page = context.new_page()
        opens_review(page, context, desk, person)
        page.get_by_label("Next decision").fill(f"{person.name} decides")
        pages.append(page)
    for page in pages:
        page.get_by_role("button", name="Keep decision").click()
        expect(page.get_by_text("Decision kept.")).to_be_visible()
    expect(pages[1].locator("#decisions")).to_contain_text("Leila decides")
    pages[0].get_by_label("Next decision").fill("One more, in time")
    pages[1].get_by_role("button", name="End review").click()
    expect(pages[1].get_by_role("heading", level=1)).to_contain_text("Weekly review,")
    pages[0].get_by_role("button", name="Keep decision").click()
    expect(pages[0].get_by_text("Decision kept.")).to_be_visible()
    kept = {row["text"] for row in Review.objects.get().minutes["decisions"]}
    assert kept == {"Leila decides", "Noor decides", "One more, in time"}
    for page in pages:
        page.context.close()


def test_a_review_needs_no_script(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    opens_review(page, context, desk, desk.member)
    page.get_by_role("button", name="Start review").click()
    page.get_by_role("link", name=re.compile("^Decide about Kiosks")).click()
    expect(page.locator("#decision-about")).to_have_value(str(desk.turned[1].pk))
    page.get_by_role("button", name="Keep decision").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("sentence, please")
    page.get_by_label("Next decision").fill("Wait for spring")
    page.get_by_role("button", name="Keep decision").click()
    expect(page.locator("#decisions .decided")).to_contain_text("Wait for spring")
    page.get_by_role("button", name="End review").click()
    expect(page.locator("main")).to_contain_text("Wait for spring")
    context.close()
