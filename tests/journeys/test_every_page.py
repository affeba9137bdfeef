"""Every page of the demo: readable for everybody in both themes, never wider than a phone, and without a complaint."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.journeys.every_page import OTHERS, PAGES, WITH_QUERIES, address_of, demo_ids, person
from tests.journeys.people_at_work import sign_in

pytestmark = pytest.mark.django_db
LISTEN = """
window.refusals = [];
document.addEventListener("securitypolicyviolation", event => {
  window.refusals.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
VISITS = (
    *((route, query, "admin") for route, query in (*PAGES, *WITH_QUERIES)),
    *((route, "", who) for route, who in OTHERS),
)


@dataclass(frozen=True, slots=True)
class Demo:
    """The product with the demo in it, and which rows its addresses show."""

    address: str
    ids: dict[str, str]


@pytest.fixture
def _django_db_helper() -> None:
    """The demo is made once for this module and stays; nothing is rolled back between its tests."""


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Demo]:
    with django_db_blocker.unblock():
        call_command("seed_demo", verbosity=0, stdout=io.StringIO())
        server = LiveServer("localhost")
        try:
            yield Demo(str(server), demo_ids())
        finally:
            server.stop()
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """Without the watch of the other journeys: the accessibility checker itself writes styles into the page."""
    made = browser.new_context(**browser_context_args, color_scheme="light", reduced_motion="reduce")
    yield made
    made.close()


def two_halves() -> list[Any]:
    """Every visit; two workers make the demo once each and share the pages."""
    return [
        pytest.param(
            *visit, id=" ".join(filter(None, visit)), marks=pytest.mark.xdist_group(f"pages {n % 2}")
        )
        for n, visit in enumerate(VISITS)
    ]


@pytest.mark.parametrize(("route", "query", "who"), two_halves())
def test_page_is_fit_for_everybody(page: Page, demo: Demo, route: str, query: str, who: str) -> None:
    if who:
        sign_in(page.context, person(who), demo.address)
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: None if _is_ours(asked.url, demo) else complaints.append(asked.url))
    page.add_init_script(LISTEN)
    answer = page.goto(demo.address + address_of(route, demo.ids) + query)
    assert answer is not None
    assert answer.status == 200
    assert "/account/login/" not in page.url or route == "account_login"
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0, "scrolls sideways"
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.evaluate("window.refusals") == []
    assert complaints == []
    assert violations(page) == [], "light"
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == [], "dark"


def _is_ours(url: str, demo: Demo) -> bool:
    return url.startswith((f"{demo.address}/", "data:", "blob:"))


def violations(page: Page, options: dict[str, list[str]] | None = None) -> list[str]:
    """What axe finds: the rule, and the first places where it is broken."""
    found = Axe().run(page, options=options) if options else Axe().run(page)
    return [
        f"{one['id']}: {[node['target'] for node in one['nodes'][:3]]}"
        for one in found.response["violations"]
    ]
