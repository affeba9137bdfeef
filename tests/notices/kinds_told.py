"""Renderers and channels for tests: what is told lands in a list, whatever the product has registered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from checkins.queries.due import due_rows
from common.days import day_in
from notices import rendering
from notices.models import Delivery, Notice
from notices.rendering import Line, Message, Section
from notices.rules.kinds import Channel, NoticeKind
from notices.services import send_due
from people.models import User


@dataclass
class Post:
    """What went out: (person, channel, titles of all lines, message id). `fails` makes the next sendings fail."""

    sent: list[tuple[User, str, list[str], str]] = field(default_factory=list)
    fails: int = 0

    def send(self, delivery: Delivery, message: Message, at: datetime) -> None:
        if self.fails:
            self.fails -= 1
            raise ConnectionError("no server here")
        titles = [line.title for section in message.sections for line in section.lines]
        self.sent.append((delivery.user, delivery.channel, titles, delivery.message_id))


def tell_due(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    rows = due_rows(user, today=day_in(user.organisation.time_zone, at))
    return Section("Due", tuple(Line(row.title) for row in rows), 1) if rows else None


def tell_key(notices: Sequence[Notice], user: User, at: datetime) -> Section:
    return Section("News", tuple(Line(f"{notice.kind} {notice.key}") for notice in notices), 2)


@contextmanager
def everything_is_told() -> Iterator[Post]:
    """Every kind has a renderer and both channels lead into one Post, until the block ends."""
    post, kept = Post(), [(known, dict(known)) for known in (rendering._renderers, send_due._senders)]
    rendering._renderers.update(dict.fromkeys(NoticeKind, tell_key))
    rendering._renderers[NoticeKind.CHECK_IN_DUE] = tell_due
    send_due._senders.update({Channel.EMAIL: post.send, Channel.CHAT: post.send})
    try:
        yield post
    finally:
        for known, before in kept:  # the dicts of the start, whatever a test has put in their place
            known.clear()
            known.update(before)
