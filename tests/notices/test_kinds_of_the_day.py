"""Kinds that wait for the day's message, from the moment they are told to the mail, the inbox and Settings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from notices import rendering
from notices.models import Delivery, Notice
from notices.queries.inbox import inbox
from notices.queries.notice_matrix import notice_matrix
from notices.rendering import Line, Section
from notices.rules.kind_words import KIND_WORDS
from notices.rules.kinds import NoticeKind
from notices.services.post_notice import post_notice
from notices.services.send_due import send_due
from notices.services.sign_link import sign_mute_link
from people.models import User
from tests.factories import make_organisation, make_person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 5, 21, 8, 15, tzinfo=UTC)


@pytest.fixture
def leila() -> User:
    return make_person(make_organisation(time_zone="UTC", check_in_hour=8), name="Leila")


@pytest.mark.parametrize(
    "kind", [NoticeKind.PRIORITY_CHANGED, NoticeKind.DEPENDENCY, NoticeKind.PROPOSED, NoticeKind.REVIEW]
)
def test_told_once_in_the_message_of_the_day_in_the_inbox_and_switched_off(
    kind: NoticeKind, leila: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tell(notices: Any, user: User, at: datetime) -> Section:
        return Section(
            "News", tuple(Line(f"Told {row.key}", href="/strategy/", notice_id=row.pk) for row in notices)
        )

    monkeypatch.setitem(rendering._renderers, kind, tell)
    for key in ("one", "one", "two"):
        assert post_notice(kind=kind, user=leila, key=key, at=NOON) is not None
    assert Notice.objects.count() == 2
    days = inbox(leila, at=NOON).days
    assert [row.sentence for day in days for row in day.rows] == ["Told two", "Told one"]
    send_due(now=lambda: NOON)
    assert mail.outbox == []
    send_due(now=lambda: NEXT_MORNING)
    [message] = mail.outbox
    assert "Told one" in message.body
    assert "Told two" in message.body
    assert "You get at most one such message a day." in message.body
    row = next(row for row in notice_matrix(leila) if row.kind is kind)
    assert (row.words, row.when) == (KIND_WORDS[kind], "in the day's message")
    Client().post(reverse("mute", args=[sign_mute_link(leila, [kind])]))
    post_notice(kind=kind, user=leila, key="three", at=NEXT_MORNING)
    assert not Delivery.objects.open().exists()
    send_due(now=lambda: NEXT_MORNING + timedelta(days=1))
    assert len(mail.outbox) == 1


def test_settings_offer_only_what_somebody_tells(leila: User, monkeypatch: pytest.MonkeyPatch) -> None:
    offered = {row.kind for row in notice_matrix(leila)}
    assert {NoticeKind.PRIORITY_CHANGED, NoticeKind.DEPENDENCY, NoticeKind.PROPOSED} <= offered
    assert NoticeKind.FOLLOWED not in offered
    monkeypatch.delitem(rendering._renderers, NoticeKind.DEPENDENCY)
    assert NoticeKind.DEPENDENCY not in {row.kind for row in notice_matrix(leila)}
