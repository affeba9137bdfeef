"""The alignment map in a real browser: keys, dragging, a loop refused with its way, find, focus, closing, files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from alignment.models import AlignmentLink, StrategicPriority
from alignment.rules.kinds import LinkKind
from checkins.services.rebuild_numbers import rebuild_numbers
from common import clock
from objectives.models import Objective
from people.models import User
from people.roles import Role
from tests.factories import (
    make_check_in,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
    make_team,
)
from tests.journeys.people_at_work import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Desk:
    """Two priorities; two objectives lead to the first, a third to nothing; the second supports the first."""

    person: User
    priority: StrategicPriority
    empty: StrategicPriority
    find: Objective
    shelves: Objective
    loose: Objective
    address: str


@pytest.fixture
def desk(live_server: Any) -> Desk:
    today = clock.now().date()
    person = make_person(make_organisation(), name="Leila", role=Role.ADMINISTRATOR)
    team = make_team(lead=person, members=[person], name="Store Operations")
    cycle = make_cycle(
        person.organisation, starts_on=today - timedelta(days=50), ends_on=today + timedelta(days=40)
    )
    priority = make_priority(person.organisation, title="Be the easiest place to finish a project")
    empty = make_priority(person.organisation, title="A place where people stay", rank=2)
    find, shelves, loose = (
        make_objective(cycle, owner=person, team=team, title=title, position=place)
        for place, title in enumerate(
            ("Customers find it", "Shelves are full", "New colleagues are confident")
        )
    )
    for objective in (find, shelves):
        make_link(objective, priority)
        for title in ("First sign", "Second sign"):
            result = make_key_result(objective, owner=person, title=f"{title} of {objective.title}")
            make_check_in(result, value=30, author=person, observed_on=today)
    make_link(shelves, find, kind=LinkKind.SUPPORTS)
    rebuild_numbers(organisation=person.organisation, today=today)
    return Desk(person, priority, empty, find, shelves, loose, live_server.url)


def opens(page: Page, context: BrowserContext, desk: Desk, query: str = "") -> None:
    sign_in(context, desk.person, desk.address)
    page.goto(f"{desk.address}/alignment/map/{query}")
    expect(page.locator("[data-map][data-ready]")).to_be_attached()


def node(page: Page, row: Any) -> Locator:
    kind = {"StrategicPriority": "priority", "Objective": "objective"}.get(type(row).__name__, "key_result")
    return page.locator(f'[data-map] svg [data-node="{kind}:{row.pk}"]')


def says(page: Page) -> Locator:
    return page.locator("[data-map-says]")


def test_arrows_follow_the_graph_and_enter_opens(page: Page, context: BrowserContext, desk: Desk) -> None:
    opens(page, context, desk)
    node(page, desk.priority).focus()
    page.keyboard.press("ArrowRight")
    expect(node(page, desk.find)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(node(page, desk.shelves)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(node(page, desk.priority)).to_be_focused()
    page.keyboard.press(" ")
    expect(node(page, desk.find)).to_have_count(0)
    assert f"closed=priority:{desk.priority.pk}" in page.url.replace("%3A", ":")
    page.keyboard.press("ArrowRight")
    expect(node(page, desk.find)).to_have_count(1)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Customers find it")


def test_focus_tells_in_a_sentence_and_stands_in_the_address(
    page: Page, context: BrowserContext, desk: Desk
) -> None:
    opens(page, context, desk)
    node(page, desk.find).focus()
    page.keyboard.press("f")
    card = page.get_by_role("complementary", name="In focus")
    expect(card).to_contain_text("Carries 50\u00a0% of Be the easiest place to finish a project")
    expect(card).to_contain_text("Helped by")
    expect(page.locator("svg.graph")).to_contain_text("First sign of Customers find it")
    expect(node(page, desk.loose)).to_have_class("n off-path")
    expect(says(page)).to_contain_text("Focus on Objective: Customers find it")
    page.reload()
    expect(card).to_contain_text("Carries 50")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert "focus=" not in page.url


def test_the_slash_finds_and_enter_goes_there(page: Page, context: BrowserContext, desk: Desk) -> None:
    opens(page, context, desk)
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type("colleagues")
    expect(says(page)).to_contain_text("1 found")
    page.keyboard.press("Enter")
    expect(node(page, desk.loose)).to_be_focused()


def test_a_link_by_keys(page: Page, context: BrowserContext, desk: Desk) -> None:
    opens(page, context, desk)
    node(page, desk.loose).focus()
    page.keyboard.press("a")
    expect(says(page)).to_contain_text("What does “New colleagues are confident” help?")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    expect(node(page, desk.priority)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Align")
    expect(dialog).to_contain_text("A place where people stay")
    dialog.get_by_role("button", name="Link them").click()
    expect(says(page)).to_have_text("Linked. Everything above counts it now.")
    assert AlignmentLink.objects.filter(child=desk.loose, priority=desk.empty, kind="contributes").exists()
    expect(page.locator("[data-lede]")).to_contain_text("3 objectives lead to a priority")


def test_a_link_by_dragging_and_a_loop_is_refused_with_its_way(
    page: Page, context: BrowserContext, desk: Desk
) -> None:
    opens(page, context, desk)
    drag(page, node(page, desk.find), node(page, desk.shelves))
    dialog = page.get_by_role("dialog", name="Align")
    dialog.get_by_role("button", name="Link them").click()
    way = "“Customers find it” → “Shelves are full” → “Customers find it”"
    expect(dialog.get_by_role("alert")).to_contain_text(f"This link would close a loop: {way}.")
    expect(page.locator("[data-map] svg .is-found")).to_have_count(2)
    page.keyboard.press("Escape")
    drag(page, node(page, desk.loose), node(page, desk.shelves))
    dialog.get_by_role("button", name="Link them").click()
    expect(says(page)).to_have_text("Linked. Everything above counts it now.")
    assert AlignmentLink.objects.filter(child=desk.loose, objective=desk.shelves, kind="supports").exists()


def drag(page: Page, start: Locator, end: Locator) -> None:
    page.wait_for_timeout(100)
    for locator, press in ((start, True), (end, False)):
        box = locator.bounding_box()
        assert box
        at = (box["x"] + 120, box["y"] + 23)
        page.mouse.move(*at, steps=5)
        if press:
            page.mouse.down()
    page.mouse.up()


def test_filters_lanes_and_key_results_stand_in_the_address(
    page: Page, context: BrowserContext, desk: Desk
) -> None:
    opens(page, context, desk, "?q=shelves")
    expect(node(page, desk.loose)).to_have_count(0)
    expect(node(page, desk.priority)).to_have_count(1)
    page.locator("main summary", has_text="Filter").click()
    page.get_by_role("button", name="Show everything").click()
    expect(node(page, desk.loose)).to_have_count(1)
    page.get_by_label("Lanes by team").check()
    expect(page.locator("[data-map] svg .band")).to_have_count(1)
    page.get_by_label("Lanes by team").uncheck()
    page.get_by_label("All key results").check()
    expect(page.locator("svg.graph")).to_contain_text("Second sign of Shelves are full")
    assert "key_results=all" in page.url


def test_the_whole_map_as_files(page: Page, context: BrowserContext, desk: Desk, tmp_path: Path) -> None:
    opens(page, context, desk)
    for name, begins in (("Drawing, SVG", b"<svg"), ("Picture, PNG", b"\x89PNG")):
        page.locator("main summary", has_text="Export").click()
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name).click()
        waiting.value.save_as(tmp_path / "map")
        content = (tmp_path / "map").read_bytes()
        assert content.startswith(begins)
        page.locator("h1").click()
        if begins == b"<svg":
            assert b"Customers find it" in content
            assert b"var(--" not in content
            assert b"class=" not in content


def test_fit_for_everybody(page: Page, browser: Browser, context: BrowserContext, desk: Desk) -> None:
    made = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    look = made.new_page()
    opens(look, made, desk, f"?focus=objective:{desk.find.pk}")
    assert [one["id"] for one in Axe().run(look).response["violations"]] == []
    look.set_viewport_size({"width": 390, "height": 844})
    assert look.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    label = node(look, desk.find).get_attribute("aria-label") or ""
    for words in ("Objective: Customers find it", "Store Operations", "contributes to Be the easiest place"):
        assert words in label
    made.close()


def test_without_script_the_outline_stands_there(browser: Browser, desk: Desk) -> None:
    made = browser.new_context(java_script_enabled=False)
    page = made.new_page()
    sign_in(made, desk.person, desk.address)
    page.goto(f"{desk.address}/alignment/map/")
    page.get_by_role("link", name="The outline").click()
    expect(page.get_by_role("treegrid")).to_contain_text("Customers find it")
    made.close()
