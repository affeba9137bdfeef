"""Sending a message to chat."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from notices.models import ChatHook, Delivery
from notices.rendering import Line, Message, Section
from notices.rules.kinds import ChatFormat
from notices.services.chat_body import chat_body
from notices.services.chat_post import ChatPostError, post_to_hook

NO_HOOK = "There is no chat webhook any more."


def send_chat(*, delivery: Delivery, message: Message, at: datetime) -> None:
    """Post the message to the receiver's webhook; ChatPostError when it is not taken. The error stays on the hook."""
    hook = ChatHook.objects.filter(user_id=delivery.user_id).first()
    if hook is None:
        raise ChatPostError(NO_HOOK)
    post_sections(hook, message.sections, at=at)


def post_sections(hook: ChatHook, sections: tuple[Section, ...], *, at: datetime) -> None:
    """Post sections, of which there is at least one; the first one leads."""
    lead = sections[0]
    href = lead.button_href or next((line.href for line in lead.lines if line.href), "/")
    body = chat_body(
        ChatFormat(hook.format),
        headline=lead.headline or lead.title,
        sections=sections,
        button=lead.button or "Open it",
        url=f"{settings.SITE_URL}{href}",
    )
    try:
        post_to_hook(hook.url, body)
    except ChatPostError as error:
        ChatHook.objects.filter(pk=hook.pk).update(last_error=str(error))
        raise
    ChatHook.objects.filter(pk=hook.pk).update(last_error="", last_sent_at=at)


def send_test(hook: ChatHook, *, at: datetime) -> None:
    """A message that says who it comes from, so that people see that the way works."""
    line = Line(title="", words="This is a test. Messages of this kind arrive here.")
    section = Section(
        "A test", (line,), headline="It works", button="Open settings", button_href="/settings/"
    )
    post_sections(hook, (section,), at=at)
