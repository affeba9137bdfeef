"""One message as one mail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import formataddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from notices.mails.blocks import Part, part_of
from notices.models import Delivery
from notices.queries.person_times import times_of
from notices.rendering import Message, Section
from notices.rules.kind_words import KIND_WORDS
from notices.rules.kinds import NoticeKind
from notices.services.sign_link import sign_mute_link, sign_week_link
from people.models import User

WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
LONGEST_SUBJECT = 150
NOON, EVENING = 12, 18


@dataclass(frozen=True, slots=True)
class MailWords:
    """Everything that the two templates print. Addresses are whole."""

    subject: str
    preheader: str
    organisation: str
    place: str
    headline: str
    lede: str
    lead: Part
    button: str
    button_url: str
    rest: tuple[Part, ...]
    settings_url: str
    mute_url: str
    footer: str


def build_mail(delivery: Delivery, message: Message, *, at: datetime) -> EmailMultiAlternatives:
    """The mail of a message with at least one section, in the receiver's time and dates; not sent yet."""
    user = delivery.user
    with (
        timezone.override(ZoneInfo(user.time_zone or user.organisation.time_zone)),
        translation.override(user.locale or user.organisation.locale),
    ):
        words = mail_words(delivery, message, at=at)
        context = {"mail": words}
        mail = EmailMultiAlternatives(
            subject=words.subject,
            body=render_to_string("mail/message.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[formataddr((one_line(user.name), user.email or ""))],
            headers=_headers(delivery, words),
        )
        mail.attach_alternative(render_to_string("mail/message.html", context), "text/html")
    return mail


def mail_words(delivery: Delivery, message: Message, *, at: datetime) -> MailWords:
    """The words of the mail; the first section leads."""
    user = delivery.user
    lead, *others = message.sections
    kinds = tuple(dict.fromkeys(NoticeKind(notice.kind) for notice in message.notices))
    headline = lead.headline or lead.title
    lede = f"{_greeting(at)} {one_line(user.name)}. {lead.lede}".strip()
    button, href = _button(lead)
    return MailWords(
        subject=one_line(headline)[:LONGEST_SUBJECT] or "News for you",
        preheader=_preheader(lead, others),
        organisation=user.organisation.name,
        place=lead.place,
        headline=headline,
        lede=lede,
        lead=part_of(lead, is_leading=True),
        button=button,
        button_url=_whole(_signed(href, delivery, at)),
        rest=tuple(part_of(section, is_leading=False) for section in _merged([*lead.after, *_flat(others)])),
        settings_url=_whole(_address("notice_settings")),
        mute_url=_whole(_address("mute", sign_mute_link(user, kinds))),
        footer=_footer(user, message, kinds),
    )


def one_line(words: str) -> str:
    """The words without line breaks and control signs, so that they cannot begin a header of their own."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())


def _headers(delivery: Delivery, words: MailWords) -> dict[str, str]:
    unsubscribe = [f"<{words.mute_url}>"]
    if settings.MAIL_UNSUBSCRIBE:
        unsubscribe.append(f"<mailto:{settings.MAIL_UNSUBSCRIBE}?subject=unsubscribe>")
    return {
        "Message-ID": delivery.message_id,
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": ", ".join(unsubscribe),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _flat(sections: list[Section]) -> list[Section]:
    return [part for section in sections for part in (section, *section.after)]


def _merged(sections: list[Section]) -> list[Section]:
    """Sections under the same heading as one, where the first of them stood."""
    found: dict[str, Section] = {}
    for section in sections:
        first = found.get(section.title)
        found[section.title] = (
            section if first is None else replace(first, lines=(*first.lines, *section.lines))
        )
    return list(found.values())


def _button(lead: Section) -> tuple[str, str]:
    if lead.button and lead.button_href:
        return lead.button, lead.button_href
    first = next((line.href for line in lead.lines if line.href), "")
    return ("Open it", first) if first else ("Open your inbox", _address("inbox"))


def _signed(href: str, delivery: Delivery, at: datetime) -> str:
    """The way to My week works without a sign-in, for this person alone; every other way asks for one."""
    if href != _address("my_week"):
        return href
    token = sign_week_link(delivery, delivery.user, at=at)
    return _address("my_week_by_link", token) or href


def _address(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return "/"


def _whole(path: str) -> str:
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else settings.SITE_URL


def _greeting(at: datetime) -> str:
    hour = timezone.localtime(at).hour
    return "Good morning" if hour < NOON else "Good afternoon" if hour < EVENING else "Good evening"


def _preheader(lead: Section, others: list[Section]) -> str:
    following = [line for section in (*lead.after, *others) for line in section.lines]
    said = next((line.facts or line.words for line in following if line.facts or line.words), "")
    first = lead.lede or next((line.words or line.title for line in lead.lines), "")
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in (said, first) if part)


def _footer(user: User, message: Message, kinds: tuple[NoticeKind, ...]) -> str:
    """Why this came, and when the next one does."""
    if not message.is_of_day:
        told = KIND_WORDS[kinds[0]] if kinds else "something waits for you"
        return f"You get this at once when this happens: {told[0].lower()}{told[1:]}."
    schedule = times_of(user).schedule
    when = f"{WEEKDAYS[schedule.rhythm.weekday]} at {schedule.hour_of_message()}:00"
    if NoticeKind.CHECK_IN_DUE in kinds:
        often = {1: "", 2: " every two weeks", 4: " every four weeks"}[schedule.rhythm.weeks]
        return (
            f"You get this on {when}{often}, and once more two working days later if something is still due."
        )
    if kinds and set(kinds) <= {NoticeKind.LEAD_DIGEST, NoticeKind.LEADER_DIGEST}:
        return f"You get this on {when}."
    if kinds == (NoticeKind.WINS_DIGEST,):
        return "You get this on Fridays, in weeks that had a win."
    return "You get at most one such message a day."
