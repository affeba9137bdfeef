"""What reaches a person, chat webhooks, a pause, and what administrators see of messages that were given up."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from activity.models import Event
from common import clock
from notices.models import ChatHook, Delivery, NoticeSetting
from notices.queries.open_channels import open_channels
from notices.rules.channels import DEFAULT_CHANNELS
from notices.rules.kinds import Channel, NoticeKind
from notices.services import send_chat
from notices.services.chat_post import ChatPostError
from people.models import User
from people.roles import Role
from tests.factories.people import make_person, make_team
from tests.notices.notices_made import make_delivery

pytestmark = pytest.mark.django_db
SECRET = "https://chat.example/hooks/top-secret"


@pytest.fixture
def leila() -> User:
    return make_person(name="Leila")


@pytest.fixture
def desk(leila: User, client: Client) -> Client:
    client.force_login(leila)
    return client


def _ticked(*, besides: tuple[str, ...] = ()) -> dict[str, str]:
    ticks = [f"{kind}-{channel}" for kind, channels in DEFAULT_CHANNELS.items() for channel in channels]
    return {tick: "on" for tick in ticks if tick not in besides}


def test_the_matrix_keeps_what_differs_from_the_default(desk: Client, leila: User) -> None:
    address = reverse("notice_settings")
    assert 'name="asked-email"' in desk.get(address).content.decode()
    assert desk.post(address, _ticked()).status_code == 302
    assert not NoticeSetting.objects.exists()
    desk.post(address, {**_ticked(besides=("asked-email",)), "thanked-chat": "on"})
    kept = {(row.kind, row.channel, row.is_on) for row in NoticeSetting.objects.filter(user=leila)}
    assert kept == {("asked", "email", False), ("thanked", "chat", True)}
    assert Channel.EMAIL not in open_channels(leila, NoticeKind.ASKED)
    desk.post(address, _ticked())
    assert not NoticeSetting.objects.exists()


def test_digests_are_offered_to_those_who_get_them(desk: Client, leila: User) -> None:
    assert "lead_digest" not in desk.get(reverse("notice_settings")).content.decode()
    make_team(lead=leila)
    page = desk.get(reverse("notice_settings")).content.decode()
    assert "lead_digest-email" in page
    assert "leader_digest-email" not in page
    assert "followed-email" not in page


def test_a_day_of_quiet(desk: Client, leila: User) -> None:
    desk.post(reverse("notice_pause"))
    leila.refresh_from_db()
    assert leila.notices_paused_until is not None
    assert leila.notices_paused_until > clock.now()
    assert "paused until" in desk.get(reverse("notice_settings")).content.decode()
    desk.post(reverse("notice_pause"), {"end": "1"})
    leila.refresh_from_db()
    assert leila.notices_paused_until is None


def test_a_webhook_is_kept_and_never_shown(
    desk: Client, leila: User, caplog: pytest.LogCaptureFixture
) -> None:
    address = reverse("notice_chat")
    refused = desk.post(address, {"format": "slack", "url": "http://chat.example/x"})
    assert refused.status_code == 422
    assert desk.post(address, {"format": "slack", "url": SECRET}).status_code == 302
    page = desk.get(reverse("notice_settings")).content.decode()
    assert "chat.example" in page
    assert "top-secret" not in page
    assert desk.post(address, {"format": "teams", "url": ""}).status_code == 302
    hook = ChatHook.objects.get(user=leila)
    assert (hook.format, hook.url) == ("teams", SECRET)
    desk.post(address, {"forget": "1"})
    assert not ChatHook.objects.exists()
    assert "top-secret" not in caplog.text


def test_a_test_message_says_whether_it_arrived(
    desk: Client, leila: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.post(reverse("notice_chat"), {"format": "mattermost", "url": SECRET})
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(send_chat, "post_to_hook", lambda url, body: sent.append(body))
    assert "Sent." in desk.post(reverse("notice_chat"), {"test": "1"}, follow=True).content.decode()
    assert "This is a test" in str(sent[0]["text"])

    def fails(*_: Any) -> None:
        raise ChatPostError("chat.example answered 404.")

    monkeypatch.setattr(send_chat, "post_to_hook", fails)
    page = desk.post(reverse("notice_chat"), {"test": "1"}, follow=True).content.decode()
    assert "chat.example answered 404." in page
    assert ChatHook.objects.get().last_error == "chat.example answered 404."


def test_a_teams_channel_is_in_the_log_without_its_address(desk: Client, leila: User) -> None:
    team = make_team(lead=leila)
    address = reverse("team_chat", args=[team.pk])
    assert desk.post(address, {"format": "slack", "url": SECRET}).status_code == 302
    event = Event.objects.get(verb="team.chat_changed")
    assert event.payload == {"host": "chat.example"}
    assert "top-secret" not in desk.get(address).content.decode()
    desk.post(address, {"forget": "1"})
    assert not ChatHook.objects.exists()
    other = Client()
    other.force_login(make_person(leila.organisation))
    assert other.post(address, {"format": "slack", "url": SECRET}).status_code == 403


def test_administrators_try_a_dead_message_again(client: Client, leila: User) -> None:
    administrator = make_person(leila.organisation, role=Role.ADMINISTRATOR)
    at = clock.now()
    dead = make_delivery(leila, died_at=at, attempts=8, last_error="mailbox <full>")
    elsewhere = make_delivery(make_person(name="Elsewhere"), died_at=at)
    client.force_login(administrator)
    page = client.get(reverse("dead_deliveries")).content.decode()
    assert "Leila" in page
    assert "mailbox &lt;full&gt;" in page
    assert "Elsewhere" not in page
    assert client.post(reverse("delivery_retry", args=[dead.pk])).status_code == 302
    assert client.post(reverse("delivery_retry", args=[elsewhere.pk])).status_code == 404
    dead.refresh_from_db()
    assert (dead.died_at, dead.attempts) == (None, 0)
    assert list(Delivery.objects.due(clock.now())) == [dead]
    assert "Everything arrived" in client.get(reverse("dead_deliveries")).content.decode()
