"""The mail of a message: one button, one settings link, headers that cannot be broken, nothing that counts."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from notices.mails.message_mail import build_mail, one_line
from notices.mails.send import send_mail
from notices.models import Delivery
from notices.rendering import Line, Section
from notices.rules.kinds import NoticeKind
from notices.services.sign_link import read_mute_link, read_week_link
from people.models import User
from tests.factories.people import make_organisation, make_person
from tests.factories.when import NOW
from tests.hostile_words import PAYLOADS
from tests.notices.notices_made import make_delivery, make_notice, message_of

pytestmark = pytest.mark.django_db
DUE = Section(
    "Your check-in",
    (
        Line("Visits where the full list is found", facts="75.6 %", status="at_risk"),
        Line("Stores with maps correct", facts="138, by itself", status="on_track"),
    ),
    headline="Two key results, about a minute",
    lede="If nothing turned, a number and a confidence are enough.",
    button="Share my check-in",
    button_href="/my-week/",
    heads=("Key result", "last value", "status"),
    after=(Section("What came back to you", (Line("", "“Yes.”", "Yuki answered your ask of 10 Nov"),)),),
    place="Q2 2026, week 8 of 13",
)


@pytest.fixture
def leila() -> User:
    return make_person(make_organisation("Harbour & Pine"), name="Leila", time_zone="Europe/Brussels")


def _mail(user: User, *sections: Section, **fields: Any) -> tuple[EmailMultiAlternatives, str, Delivery]:
    delivery = make_delivery(user)
    message = message_of(*(sections or (DUE,)), notices=(make_notice(user),), **fields)
    mail = build_mail(delivery, message, at=NOW)
    return mail, str(mail.alternatives[0][0]), delivery


def test_it_reads_like_the_picture(leila: User) -> None:
    mail, html, _ = _mail(leila)
    assert mail.subject == "Two key results, about a minute"
    for words in (
        "Harbour &amp; Pine",
        "Q2 2026, week 8 of 13",
        "Good morning Leila. If nothing turned",
        "138, by itself",
        "▲ At risk",
        "What came back to you",
        "You get this on Thursdays at 8:00, and once more two working days later if something is still due.",
        "This mail counts no opens and no clicks.",
    ):
        assert words in html
    assert len(re.findall(r'align="right" nowrap>', html)) == 2, "a status stays on one line on a phone"
    text = str(mail.body)
    assert "- Visits where the full list is found: 75.6 %, ▲ At risk" in text
    assert "Harbour & Pine, Q2 2026" in text
    assert "&amp;" not in text


def test_one_button_one_settings_link_nothing_from_elsewhere(leila: User) -> None:
    _, html, _ = _mail(leila)
    links = re.findall(r'href="([^"]+)"', html)
    assert len(links) == 2
    assert links[1] == settings.SITE_URL + reverse("notice_settings")
    assert not re.search(r"<img|<script|\sstyle\s*=|background=|src=|url\(", html, re.IGNORECASE)
    assert {link.startswith(settings.SITE_URL) for link in links} == {True}


def test_the_button_opens_my_week_for_eight_days(leila: User) -> None:
    _, html, _ = _mail(leila)
    token = re.findall(r'href="[^"]+/w/([^"/]+)/"', html)[0]
    assert read_week_link(token, at=NOW + timedelta(days=7, hours=23)) == leila
    assert read_week_link(token, at=NOW + timedelta(days=8)) is None


def test_every_other_button_asks_for_a_sign_in(leila: User) -> None:
    section = Section("Asked", (Line("Anouk asks you", "“Can you?”", "Anouk", "/asks/1/"),))
    _, html, _ = _mail(leila, section, is_of_day=False)
    assert f'href="{settings.SITE_URL}/asks/1/"' in html
    assert "/w/" not in html
    assert "You get this at once when this happens: your check-in is due." in html


def test_what_came_back_stands_together(leila: User) -> None:
    thanks = Section("What came back to you", (Line("", "“That saved us.”", "Amara"),), order=20)
    _, html, _ = _mail(leila, DUE, thanks)
    assert html.count("What came back to you") == 1
    assert html.index("“Yes.”") < html.index("“That saved us.”")


def test_headers_for_programs(leila: User, settings: Any) -> None:
    settings.MAIL_UNSUBSCRIBE = "stop@harbourpine.example"
    mail, _, delivery = _mail(leila)
    sent = mail.message()
    assert sent["Message-ID"] == delivery.message_id
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url, by_mail = sent["List-Unsubscribe"].split(", ")
    assert by_mail == "<mailto:stop@harbourpine.example?subject=unsubscribe>"
    token = re.sub(r"\s", "", url).rstrip("/>").rsplit("/", 1)[1]
    link = read_mute_link(token)
    assert link is not None
    assert (link.user, link.kinds) == (leila, (NoticeKind.CHECK_IN_DUE,))


def test_a_repeat_carries_the_same_id(leila: User) -> None:
    delivery, message = make_delivery(leila), message_of(DUE)
    send_mail(delivery, message, NOW)
    send_mail(delivery, message, NOW + timedelta(hours=1))
    assert [one.extra_headers["Message-ID"] for one in outbox.outbox] == [delivery.message_id] * 2


@pytest.mark.parametrize("words", PAYLOADS)
def test_hostile_words_break_neither_headers_nor_markup(words: str) -> None:
    person = make_person(make_organisation(f"A {words}"[:190]), name=f"{words}"[:190] or "x")
    section = Section(
        words,
        (
            Line(words, words, f"{words} · {words}", status="at_risk"),
            Line("", words, words),
            Line(words, words, words, progress=0.4, expected=0.5),
        ),
        headline=f"{words}\r\nBcc: everybody@example.com",
        lede=words,
        button=words,
        button_href="/my-week/",
        place=words,
        after=(Section(words, (Line(words),)),),
    )
    mail, html, _ = _mail(person, section)
    sent = message_from_bytes(mail.message().as_bytes(), policy=policy.default)
    assert sent["Bcc"] is None
    assert str(sent["To"]).endswith(f"<{person.email}>")
    assert "\n" not in str(sent["Subject"])
    body = html.split("</style>", 1)[1]
    assert not re.search(r"<(?!/?(?:head|body|html|div|table|tr|td|th|font|b|a)\b)", body)
    assert len(re.findall(r"<a ", body)) == 2
    assert not re.search(r"\son\w+\s*=", re.sub(r">[^<]*<", "><", body))


def test_it_lands_in_the_folder_of_kept_mails(leila: User, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "common.mail_outbox.MailOutboxBackend"
    settings.MAIL_OUTBOX_DIR = tmp_path
    delivery = make_delivery(leila)
    send_mail(delivery, message_of(DUE), NOW)
    (file,) = tmp_path.glob("*.eml")
    kept = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert kept["Message-ID"] == delivery.message_id
    assert "Share my check-in" in kept.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_one_line_keeps_words_and_drops_signs() -> None:
    assert one_line("a\r\nb\x00 \u202ec") == "a b c"
