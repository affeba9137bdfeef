"""My week through the link of a mail: one person's form, and nothing else of the product."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import CheckIn, CheckInDraft, Skip
from notices.services.sign_link import sign_week_link
from people.models import User
from people.services import end_all_sign_ins
from tests.dashboards.week_world import MovingClock, clock  # noqa: F401
from tests.factories import (
    TODAY,
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
)
from tests.notices.notices_made import make_delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def leila() -> User:
    return make_person(make_organisation(), name="Leila")


@pytest.fixture
def key_result(leila: User) -> Any:
    objective = make_objective(make_cycle(leila.organisation), owner=leila, title="Customers find it")
    return make_key_result(objective, owner=leila, title="Visits", next_due_on=TODAY)


@pytest.fixture
def address(leila: User, clock: MovingClock) -> str:  # noqa: F811
    token = sign_week_link(make_delivery(leila), leila, at=clock.at)
    return reverse("my_week_by_link", args=[token])


def _row(key_result: Any, **fields: str) -> dict[str, str]:
    return {"row": str(key_result.pk), **{f"{key_result.pk}-{name}": value for name, value in fields.items()}}


def test_it_shows_the_form_without_a_sign_in(address: str, key_result: Any, client: Client) -> None:
    page = client.get(address)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Visits" in text
    assert "Share check-in" in text
    assert page["Referrer-Policy"] == "same-origin"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("my_week")).status_code == 302


def test_nothing_on_it_leads_into_the_product(
    address: str, key_result: Any, leila: User, client: Client
) -> None:
    make_person(leila.organisation, name="Somebody else here")
    text = client.get(address).content.decode()
    links = set(re.findall(r'<a\b[^>]*href="([^"#]*)"', text))
    assert links <= {"/", "", reverse("account_login")}
    actions = set(re.findall(r'(?:form)?action="([^"]+)"', text)) | set(
        re.findall(r'data-draft="([^"]+)"', text)
    )
    assert all(action.startswith(address) or action == reverse("set_theme") for action in actions)
    assert "Somebody else here" not in text


def test_sharing_records_it_as_the_person_and_signs_nobody_in(
    address: str, key_result: Any, leila: User, client: Client
) -> None:
    answer = client.post(address, _row(key_result, value="12", confidence="6", note="As planned."))
    assert (answer.status_code, answer["Location"]) == (302, address)
    check_in = CheckIn.objects.get()
    assert (check_in.author, check_in.value, check_in.note) == (leila, 12, "As planned.")
    assert "Shared." in client.get(address).content.decode()
    assert not {"_auth_user_id", "last_sharing"} & set(client.session.keys())
    assert client.get(reverse("home")).status_code == 302


def test_bad_rows_stay_with_what_is_wrong(address: str, key_result: Any, client: Client) -> None:
    answer = client.post(address, _row(key_result, value="about 7", confidence="6"))
    assert answer.status_code == 422
    assert "about 7" in answer.content.decode()
    assert not CheckIn.objects.exists()


def test_keeping_and_putting_off(address: str, key_result: Any, leila: User, client: Client) -> None:
    kept = client.post(
        f"{address}draft/", _row(key_result, value="12"), headers={"Accept": "application/json"}
    )
    assert kept.status_code == 200
    assert CheckInDraft.objects.get(user=leila).rows
    answer = client.post(f"{address}{key_result.pk}/skip/", _row(key_result, skip_reason="away"))
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert Skip.objects.get().reason == "away"
    assert client.post(f"{address}{key_result.pk}/unskip/").status_code == 302
    assert Skip.objects.get().undone_at is not None


def test_nothing_but_a_check_in_goes_through(
    address: str, key_result: Any, leila: User, client: Client
) -> None:
    anouk = make_person(leila.organisation, name="Anouk")
    sent = _row(
        key_result, value="12", confidence="6", note="Fine.", ask="Help?", ask_of="Anouk", ask_text="Help?"
    )
    sent |= _row(key_result, thank=str(anouk.pk), thank_names="Anouk", thanks=str(anouk.pk))
    assert client.post(address, sent).status_code == 302
    assert CheckIn.objects.count() == 1
    assert not anouk.asks_received.exists()
    assert not anouk.thanks_received.exists()


def test_what_was_to_be_asked_while_signed_in_is_not_lost(
    address: str, key_result: Any, leila: User, client: Client
) -> None:
    anouk = make_person(leila.organisation, name="Anouk")
    signed_in = Client()
    signed_in.force_login(leila)
    typed = _row(key_result, value="11", ask_of="Anouk", ask_text="Help?", ask_by="", thank_names="Caro")
    signed_in.post(reverse("my_week_draft"), typed)
    client.post(f"{address}draft/", _row(key_result, value="12"))
    kept = CheckInDraft.objects.get(user=leila).rows[str(key_result.pk)]
    assert (kept["value"], kept["ask_text"], kept["thank_names"]) == ("12", "Help?", "Caro")
    answer = client.post(address, _row(key_result, value="12", confidence="6", note="Fine."), follow=True)
    assert "Whom you began to ask or thank waits" in answer.content.decode()
    assert CheckInDraft.objects.get(user=leila).rows == {
        str(key_result.pk): {"ask_of": "Anouk", "ask_text": "Help?", "thank_names": "Caro"}
    }
    page = signed_in.get(reverse("my_week")).content.decode()
    assert "Help?" in page
    assert "Help?" not in client.get(address).content.decode()
    again = _row(
        key_result, value="12", confidence="6", no_words="1", ask_of="Anouk", ask_text="Help?", thank_names=""
    )
    assert signed_in.post(reverse("my_week"), again).status_code == 302
    assert anouk.asks_received.count() == 1
    assert CheckInDraft.objects.get(user=leila).rows == {}


def test_others_key_results_stay_out_of_reach(address: str, leila: User, client: Client) -> None:
    stranger = make_person(make_organisation())
    theirs = make_key_result(
        make_objective(make_cycle(stranger.organisation), owner=stranger), owner=stranger
    )
    client.post(address, _row(theirs, value="12", confidence="6", note="Hm."))
    assert client.post(f"{address}{theirs.pk}/skip/", _row(theirs, skip_reason="away")).status_code == 404
    assert not CheckIn.objects.exists()


def test_a_form_token_is_asked_for(address: str, key_result: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address, _row(key_result, value="12", confidence="6")).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', strict.get(address).content.decode())
    assert token is not None
    sent = _row(key_result, value="12", confidence="6", note="Fine.")
    assert strict.post(address, {**sent, "csrfmiddlewaretoken": token[1]}).status_code == 302


@pytest.mark.parametrize("ending", ["time", "sign_ins", "spoiled", "left"])
def test_when_it_is_over_it_says_so_kindly(
    address: str,
    key_result: Any,
    leila: User,
    client: Client,
    clock: MovingClock,  # noqa: F811
    ending: str,
) -> None:
    if ending == "time":
        clock.moves(days=8)
    elif ending == "sign_ins":
        end_all_sign_ins(by=leila, at=clock.at)
    elif ending == "left":
        User.objects.filter(pk=leila.pk).update(is_active=False)
    else:
        address = address.replace("/w/", "/w/x")
    for answer in (
        client.get(address),
        client.post(address, _row(key_result, value="1", confidence="6")),
        client.post(f"{address}draft/", _row(key_result, value="1")),
        client.post(f"{address}{key_result.pk}/skip/"),
    ):
        assert answer.status_code == 410
        assert "This link no longer works." in answer.content.decode()
        assert "Visits" not in answer.content.decode()
    assert not CheckIn.objects.exists()


def test_whoever_is_signed_in_stays_so(address: str, key_result: Any, leila: User, client: Client) -> None:
    other = make_person(leila.organisation, name="Caro")
    client.force_login(other)
    client.post(address, _row(key_result, value="12", confidence="6", note="Fine."))
    assert CheckIn.objects.get().author == leila
    assert client.session["_auth_user_id"] == str(other.pk)
    assert "last_sharing" not in client.session
    client.force_login(leila)
    assert client.get(address)["Location"] == reverse("my_week")


def test_the_day_is_kept_current(address: str, key_result: Any, leila: User, client: Client) -> None:
    client.get(address)
    leila.organisation.refresh_from_db()
    assert leila.organisation.expected_on == TODAY
