"""The whole way in a real browser: from an empty installation to a number that page and interface agree on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from objectives.models import KeyResult
from objectives.rules.kinds import KeyResultKind
from tests.journeys.people_at_work import (
    add_team,
    begin,
    check_in_on_everything,
    make_token,
    printed_points,
    read_api,
    state_priority,
    write_objective,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]
PRIORITY = "Be the shop that people return to"
OBJECTIVE = "Customers find what they came for"


@pytest.fixture
def plain_page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A browser that runs no script."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def go_the_whole_way(page: Page, address: str) -> None:
    begin(page, address)
    state_priority(page, PRIORITY)
    add_team(page, "Store Operations")
    write_objective(page, address, OBJECTIVE, priority=PRIORITY, team="Store Operations")
    assert set(KeyResult.objects.values_list("kind", flat=True)) == set(KeyResultKind)
    expect(page.get_by_role("main")).to_contain_text(PRIORITY)
    objective_id = page.url.rstrip("/").split("/")[-1]

    page.goto(f"{address}/strategy/")
    row = page.get_by_role("row", name=re.compile(PRIORITY))
    before = row.inner_text()
    page.goto(f"{address}/objectives/{objective_id}/")
    check_in_on_everything(page)
    page.goto(f"{address}/strategy/")
    secret_row = row.inner_text()
    assert secret_row != before

    secret = make_token(page, address)
    told = read_api(page, address, f"objectives/{objective_id}/", secret)
    percent = f"{told['progress'] * 100:.0f} %"
    assert told["progress"] > 0.2
    page.goto(f"{address}/strategy/")
    expect(row).to_contain_text(percent)

    page.goto(f"{address}/objectives/{objective_id}/")
    parts, total = printed_points(page)
    assert round(sum(parts), 1) == total
    assert total == pytest.approx(told["progress"] * 100, abs=0.0501)
    explained = read_api(page, address, f"objectives/{objective_id}/explain/", secret)
    assert explained["value"] == told["progress"]
    assert len(explained["parts"]) == len(parts)
    assert [one["title"] for one in explained["left_out"]] == ["How long people search"]
    assert sum(part["contribution"] for part in explained["parts"]) == pytest.approx(told["progress"])


def test_from_an_empty_installation_to_the_same_number_everywhere(page: Page, live_server: Any) -> None:
    go_the_whole_way(page, str(live_server))


def test_the_same_way_without_any_script(plain_page: Page, live_server: Any) -> None:
    go_the_whole_way(plain_page, str(live_server))
