"""What people do in a browser, in the words of the product; the journeys put these steps together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect

from objectives.rules.kinds import KeyResultKind
from people.models import User

PASSWORD = "a long enough password"
POINTS = re.compile(r"[+−-]?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Result:
    """A key result to write: what it says, its short fields, and what is said at the first check-in."""

    kind: KeyResultKind
    title: str
    fields: dict[str, str] = field(default_factory=dict)
    value: str = ""


ONE_OF_EVERY_KIND = (
    Result(KeyResultKind.INCREASE, "People who come back", {"start_value": "0", "target_value": "100"}, "50"),
    Result(
        KeyResultKind.DECREASE, "Hours until an answer", {"start_value": "80", "target_value": "40"}, "70"
    ),
    Result(KeyResultKind.AT_LEAST, "Lists found in full", {"lower_bound": "95"}, "97"),
    Result(KeyResultKind.AT_MOST, "Complaints a week", {"upper_bound": "5"}, "9"),
    Result(KeyResultKind.BETWEEN, "Weeks of stock", {"lower_bound": "2", "upper_bound": "4"}, "3"),
    Result(KeyResultKind.PERCENT_DONE, "The new shelves stand", {}, "40"),
    Result(KeyResultKind.MILESTONES, "The programme is open", {"steps": "Written, Opened"}),
    Result(KeyResultKind.YES_NO, "The first workshop took place", {}),
    Result(KeyResultKind.BASELINE, "How long people search", {}, "12"),
)


def sign_in(context: BrowserContext, person: User, address: str) -> None:
    """Come in without the sign-in page."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def begin(page: Page, address: str) -> None:
    """Create the organisation and its administrator, then leave and sign in as people do every morning."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1, name="Welcome")).to_be_visible()
    page.get_by_role("textbox", name="Organisation").fill("Harbour & Pine")
    page.get_by_role("textbox", name="Your name").fill("Ines")
    page.get_by_role("textbox", name="E-mail").fill("ines@example.com")
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Start with what matters most")
    page.context.clear_cookies()
    page.goto(f"{address}/start/")
    page.get_by_role("textbox", name="E-mail").fill("ines@example.com")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Start with what matters most")


def state_priority(page: Page, title: str) -> None:
    page.get_by_label("The first one").fill(title)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("link", name=title)).to_be_visible()


def add_team(page: Page, name: str) -> None:
    page.get_by_label("Team names, separated by commas").fill(name)
    page.get_by_role("button", name="Add teams").click()
    expect(page.locator("#teams").get_by_text(name, exact=True)).to_be_visible()


def write_objective(page: Page, address: str, title: str, *, priority: str, team: str) -> None:
    """An objective with a key result of every kind that helps a priority, shared with its team."""
    page.goto(f"{address}/objectives/new/")
    page.locator("#title").fill(title)
    page.locator("#why").fill("Because people should not have to come twice.")
    page.locator("#team").select_option(label=team)
    page.locator("#link-0-parent").select_option(label=priority)
    for place, result in enumerate(ONE_OF_EVERY_KIND):
        write_key_result(page, place, result)
    page.locator(".submit").get_by_role("button", name=re.compile("^Share")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def write_key_result(page: Page, place: int, result: Result) -> None:
    rows = page.locator("li[data-key-result]")
    if rows.count() <= place:
        page.get_by_role("button", name="Add a key result").click()
    expect(rows).to_have_count(max(place + 1, rows.count()))
    row = rows.nth(place)
    key = row.get_attribute("data-key-result") or ""
    if not row.locator("details.krw").evaluate("one => one.open"):
        row.locator("summary").first.click()
    page.locator(f"#{key}-title").fill(result.title)
    row.locator(f'label:has(input[name="{key}-kind"][value="{result.kind}"])').click()
    show = row.get_by_role("button", name="Show the fields")
    if show.is_visible():
        show.click()
    for name, value in result.fields.items():
        if name == "steps":
            write_steps(page, row, key, value.split(", "))
        else:
            page.locator(f"#{key}-{name}").fill(value)


def write_steps(page: Page, row: Locator, key: str, titles: list[str]) -> None:
    fields = page.locator(f'[name="{key}-step_title"]')
    for place, title in enumerate(titles):
        if fields.count() <= place:
            row.get_by_role("button", name="Add a step").click()
            expect(fields).to_have_count(place + 1)
        fields.nth(place).fill(title)


def check_in_on_everything(page: Page) -> None:
    """From the page of an objective: say a number and a confidence for each of its key results, and share."""
    page.get_by_role("link", name=re.compile("^Check in")).first.click()
    rows = page.locator("[data-check-in-row]")
    expect(rows).to_have_count(len(ONE_OF_EVERY_KIND))
    for result in ONE_OF_EVERY_KIND:
        row = rows.filter(has_text=result.title)
        key = row.get_attribute("data-check-in-row")
        if result.kind == KeyResultKind.MILESTONES:
            row.get_by_label("Written").check()
        elif result.kind == KeyResultKind.YES_NO:
            row.get_by_text("Done", exact=True).click()
        else:
            page.locator(f'[id="{key}-value"]').fill(result.value)
        row.locator(f'label:has([name="{key}-confidence"][value="7"])').click()
    page.locator(".submit").get_by_role("button", name="Share check-in").click()


def make_token(page: Page, address: str) -> str:
    """A token in Settings; returns the secret that the page shows once."""
    page.goto(f"{address}/settings/tokens/")
    page.get_by_label("What is it for?").fill("A chart on the wall")
    page.get_by_role("button", name="Make the token").click()
    return page.locator("#secret").input_value()


def printed_points(page: Page) -> tuple[list[float], float]:
    """The points of every part in the why panel, and the total that stands in its sentence and in its drawing."""
    panel = page.locator("section", has=page.get_by_role("heading", name=re.compile("^Why "))).first
    cells = [number_in(cell) for cell in panel.locator("tbody td:last-child").all_inner_texts()]
    total = number_in(panel.locator("b.num").first.inner_text().split("=")[-1])
    drawn, _, made_of = (panel.get_by_role("img").first.get_attribute("aria-label") or "").partition(
        " made of "
    )
    assert number_in(drawn) == total
    assert [number_in(one) for one in made_of.split(";")[0].split(", ")] == cells
    return cells, total


def number_in(text: str) -> float:
    found = POINTS.search(text.replace(",", "."))
    assert found, text
    return float(found[0].replace("−", "-"))


def read_api(page: Page, address: str, path: str, secret: str) -> Any:
    """GET as a program does: with the token, without the browser's session."""
    from urllib.request import Request, urlopen

    asked = Request(f"{address}/api/v1/{path}", headers={"Authorization": f"Bearer {secret}"})
    with urlopen(asked, timeout=30) as answer:
        import json

        return json.load(answer)
