"""From a mail to a shared check-in without a sign-in, and how people say what reaches them; keyboard and no script."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from playwright.sync_api import Browser, Page, expect

from checkins.models import CheckIn
from checkins.services.rebuild_numbers import rebuild_numbers
from common import clock
from notices.mails.send import send_mail
from notices.models import Delivery, Notice
from notices.queries.open_channels import open_channels
from notices.rendering import Message, render_notices
from notices.rules.kinds import Channel, NoticeKind
from objectives.models import KeyResult
from people.models import Absence, User
from tests.factories import make_cycle, make_key_result, make_objective, make_organisation, make_person
from tests.journeys.people_at_work import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def leila() -> User:
    return make_person(make_organisation(), name="Leila")


@pytest.fixture
def mail(leila: User) -> str:
    """The text of the reminder that Leila got."""
    at = clock.now()
    today = at.date()
    cycle = make_cycle(
        leila.organisation, starts_on=today - timedelta(days=60), ends_on=today + timedelta(days=60)
    )
    objective = make_objective(cycle, owner=leila, activated_at=at - timedelta(days=60))
    make_key_result(objective, owner=leila, title="Visits", unit="%", activated_at=at - timedelta(days=60))
    rebuild_numbers(organisation=leila.organisation, today=today)
    KeyResult.objects.update(next_due_on=today)
    shared: dict[str, Any] = {
        "organisation": leila.organisation,
        "user": leila,
        "due_at": at,
        "created_at": at,
    }
    notice = Notice.objects.create(kind=NoticeKind.CHECK_IN_DUE, key="x", on=today, **shared)
    delivery = Delivery.objects.create(channel=Channel.EMAIL, key=str(today), **shared)
    send_mail(delivery, Message(render_notices([notice], leila, at), (notice,), is_of_day=True), at)
    return str(outbox.outbox[-1].body)


def _path(mail: str, begins: str) -> str:
    found = re.search(rf"https?://[^/]+({begins}\S+)", mail)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("has_scripts", [True, False])
def test_from_the_mail_to_a_shared_check_in(
    browser: Browser, live_server: Any, leila: User, mail: str, has_scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=has_scripts, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(live_server.url + _path(mail, "/w/"))
    expect(page.get_by_role("heading", level=1, name="My week")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("New value, Visits").fill("12")
    page.get_by_text("Note or skip").first.click()
    page.get_by_label("Note, Visits").fill("As planned.")
    page.locator(".ladder label").nth(5).click()
    page.get_by_role("button", name="Share check-in").last.click()
    expect(page.get_by_text("Shared. Your team can read it.")).to_be_visible()
    said = CheckIn.objects.get()
    assert (said.author, said.value, said.confidence) == (leila, 12, 6)
    page.goto(f"{live_server.url}/strategy/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Good to see you")
    context.close()


def test_one_click_switches_it_off(page: Page, live_server: Any, leila: User, mail: str) -> None:
    page.goto(live_server.url + _path(mail, "/mute/"))
    page.get_by_role("button", name="Switch off").press("Enter")
    expect(page.get_by_role("heading", level=1, name="Switched off")).to_be_visible()
    assert Channel.EMAIL not in open_channels(leila, NoticeKind.CHECK_IN_DUE)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("heading", level=1, name="Switched on again")).to_be_visible()
    assert Channel.EMAIL in open_channels(leila, NoticeKind.CHECK_IN_DUE)


def test_what_reaches_somebody_and_when_they_are_away(page: Page, live_server: Any, leila: User) -> None:
    sign_in(page.context, leila, live_server.url)
    page.goto(f"{live_server.url}/settings/notices/")
    page.get_by_role("checkbox", name="Someone thanks you, by e-mail").press("Space")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Someone thanks you, by e-mail")).not_to_be_checked()
    assert Channel.EMAIL not in open_channels(leila, NoticeKind.THANKED)
    page.goto(f"{live_server.url}/settings/")
    page.get_by_role("checkbox", name="Fri", exact=True).press("Space")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    leila.refresh_from_db()
    assert leila.working_days == "0123"
    page.get_by_role("link", name="Add days away").press("Enter")
    day = clock.now().date() + timedelta(days=20)
    page.get_by_role("textbox", name="From").fill(day.isoformat())
    page.get_by_role("textbox", name="To").fill(day.isoformat())
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_role("link", name="Change the days from")).to_be_visible()
    assert Absence.objects.get().starts_on == day
