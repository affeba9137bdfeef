"""Notices and deliveries for tests of what is sent."""

from __future__ import annotations

from typing import Any

from notices.models import Delivery, Notice
from notices.rendering import Line, Message, Section
from notices.rules.kinds import Channel, NoticeKind
from people.models import User
from tests.factories.when import NOW, TODAY


def make_notice(user: User, kind: NoticeKind = NoticeKind.CHECK_IN_DUE, **fields: Any) -> Notice:
    given = {"key": "2026-05-18", "on": TODAY, "due_at": NOW, "created_at": NOW, **fields}
    return Notice.objects.create(organisation=user.organisation, user=user, kind=kind, **given)


def make_delivery(user: User, channel: Channel = Channel.EMAIL, **fields: Any) -> Delivery:
    given = {"key": str(TODAY), "due_at": NOW, "created_at": NOW, **fields}
    return Delivery.objects.create(organisation=user.organisation, user=user, channel=channel, **given)


def message_of(*sections: Section, notices: tuple[Notice, ...] = (), is_of_day: bool = True) -> Message:
    return Message(sections or (Section("News", (Line("Something"),)),), notices, is_of_day)
