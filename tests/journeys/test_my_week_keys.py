"""My week in a real browser: how many keys it takes, and that it needs no script at all."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from checkins.models import CheckIn
from checkins.services.rebuild_numbers import rebuild_numbers
from common import clock
from objectives.models import KeyResult
from people.models import User
from tests.factories import make_cycle, make_key_result, make_objective, make_organisation, make_person

pytestmark = pytest.mark.django_db(transaction=True)


class CountingKeys:
    """A keyboard that counts; values and words are free."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def presses(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += key.count("+") + 1

    def writes(self, words: str) -> None:
        self.page.keyboard.type(words)


@pytest.fixture
def owner() -> User:
    return make_person(make_organisation(), name="Leila")


@pytest.fixture
def rows(owner: User) -> list[KeyResult]:
    now = clock.now()
    year = now.date().year
    cycle = make_cycle(
        owner.organisation,
        starts_on=now.date().replace(year=year - 1),
        ends_on=now.date().replace(year=year + 1, day=1),
    )
    objective = make_objective(cycle, owner=owner, activated_at=now.replace(year=year - 1, day=1))
    made = [
        make_key_result(objective, owner=owner, title=f"Row {n}", unit="%", position=n) for n in (1, 2, 3)
    ]
    rebuild_numbers(organisation=owner.organisation, today=now.date())
    return made


@pytest.fixture
def signed_in(page: Page, owner: User, live_server: Any, client: Any) -> Page:
    sign_in(page.context, owner, str(live_server), client)
    return page


def sign_in(context: BrowserContext, person: User, address: str, client: Any) -> None:
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def test_three_key_results_take_twelve_keys_at_most(
    signed_in: Page, live_server: Any, rows: list[KeyResult]
) -> None:
    signed_in.goto(f"{live_server}{reverse('my_week')}")
    keys = CountingKeys(signed_in)
    expect(signed_in.locator(f'[id="{rows[0].pk}-value"]')).to_be_focused()
    keys.writes("41")
    keys.presses("Tab", "7", "Tab", "Tab")
    keys.writes("52")
    keys.presses("Tab", "0", "Tab", "Tab")
    keys.writes("63")
    keys.presses("Tab", "9", "Control+Enter")
    expect(signed_in.get_by_text("Three check-ins shared at")).to_be_visible()
    said = CheckIn.objects.order_by("key_result__position").values_list("value", "confidence")
    assert list(said) == [(41, 7), (52, 10), (63, 9)]
    assert keys.count <= 12


def test_letters_open_the_note_the_celebration_and_the_skip(
    signed_in: Page, live_server: Any, rows: list[KeyResult]
) -> None:
    signed_in.goto(f"{live_server}{reverse('my_week')}")
    keys = CountingKeys(signed_in)
    keys.presses("n")
    field = signed_in.locator(f'[id="{rows[0].pk}-value"]')
    expect(field).to_have_value("n")
    field.fill("41")
    keys.presses("Tab", "7", "n")
    expect(signed_in.locator(f'[id="{rows[0].pk}-note"]')).to_be_focused()
    keys.writes("Words with 5 and s")
    expect(signed_in.locator(f'[id="{rows[0].pk}-note"]')).to_have_value("Words with 5 and s")
    signed_in.locator(f'[id="{rows[1].pk}-confidence"]').focus()
    keys.presses("l")
    expect(signed_in.locator(f'[id="{rows[1].pk}-win"]')).to_be_focused()
    signed_in.locator(f'[id="{rows[1].pk}-confidence"]').focus()
    keys.presses("h")
    expect(signed_in.locator(f'[id="{rows[1].pk}-ask_of"]')).to_be_focused()
    signed_in.locator(f'[id="{rows[2].pk}-confidence"]').focus()
    keys.presses("s")
    skip = signed_in.locator(f'[data-check-in-row="{rows[2].pk}"] [data-tog="skip"]')
    expect(skip.get_by_role("radio", name="no change")).to_be_focused()
    keys.presses("ArrowDown")
    skip.get_by_role("button", name="Skip until then").click()
    expect(signed_in.get_by_text("Skipped: waiting for data")).to_be_visible()
    expect(signed_in.locator(f'[id="{rows[0].pk}-note"]')).to_have_value("Words with 5 and s")


def test_the_draft_is_kept_and_the_question_appears(
    signed_in: Page, live_server: Any, rows: list[KeyResult]
) -> None:
    signed_in.goto(f"{live_server}{reverse('my_week')}")
    value = signed_in.locator(f'[id="{rows[0].pk}-value"]')
    for typed in ("41", "20"):
        signed_in.goto(f"{live_server}{reverse('check_in', args=[rows[0].pk])}")
        value.fill(typed)
        value.press("Tab")
        signed_in.keyboard.press("7")
        expect(signed_in.locator("[data-draft-words]")).to_have_text(re.compile("draft saved"))
        signed_in.wait_for_load_state("networkidle")
        if typed == "41":
            signed_in.keyboard.press("Control+Enter")
            signed_in.wait_for_url("**/my-week/")
    expect(signed_in.get_by_text("It slipped for the first time.")).to_be_visible()
    expect(signed_in.locator("[data-state-words]")).to_have_text("0 of 1 ready")
    signed_in.reload()
    expect(value).to_have_value("20")
    expect(signed_in.get_by_text("It slipped for the first time.")).to_be_visible()
    signed_in.get_by_label("No words today").check()
    expect(signed_in.locator("[data-state-words]")).to_have_text("1 of 1 ready")


def test_everything_works_without_script(
    browser: Any, owner: User, live_server: Any, client: Any, rows: list[KeyResult]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, owner, str(live_server), client)
    page = context.new_page()
    page.goto(f"{live_server}{reverse('my_week')}")
    page.locator(f'[id="{rows[0].pk}-value"]').fill("about 41")
    page.locator(f'[name="{rows[0].pk}-confidence"][value="7"]').check()
    row = page.locator(f'[data-check-in-row="{rows[1].pk}"]')
    row.locator("[data-more] > summary").click()
    row.locator("[data-note]").fill("A thought")
    page.get_by_role("button", name="Keep as draft").click()
    expect(page.locator(f'[id="{rows[1].pk}-note"]')).to_have_value("A thought")
    page.locator(f'[id="{rows[1].pk}-value"]').fill("52")
    page.locator(f'[name="{rows[1].pk}-confidence"][value="8"]').check()
    page.get_by_role("button", name="Share check-in").last.click()
    expect(page.get_by_role("alert")).to_contain_text("41 would do, the doubt belongs in the note.")
    page.locator(f'[id="{rows[0].pk}-value"]').fill("41")
    page.get_by_role("button", name="Share check-in").last.click()
    assert CheckIn.objects.count() == 2
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f'[id="{rows[0].pk}-value"]')).to_have_value("41")
    assert CheckIn.objects.count() == 1
    context.close()
