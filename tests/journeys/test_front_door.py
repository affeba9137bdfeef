"""What a stranger's browser gets: a page of our own, nothing from elsewhere, no complaint."""

import pytest
from playwright.sync_api import Page

from people.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_empty_installation_greets_and_keeps_to_itself(page: Page, live_server: object) -> None:
    answer = page.goto(f"{live_server}/")
    assert answer is not None
    assert answer.status == 200
    assert page.locator("h1").count() == 1


def test_a_wrong_address_is_answered_kindly(page: Page, live_server: object) -> None:
    Organisation.objects.create(name="Harbour & Pine")
    answer = page.goto(f"{live_server}/there-is-no-such-page/")
    assert answer is not None
    assert answer.status == 404
    assert page.locator("h1").count() == 1
