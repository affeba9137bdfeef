"""The ways that are open to a person for a kind of notice."""

from __future__ import annotations

from notices.models import ChatHook, NoticeSetting
from notices.rules.channels import channels_for
from notices.rules.kinds import Channel, NoticeKind
from people.models import User


def open_channels(user: User, kind: NoticeKind) -> frozenset[Channel]:
    """What the person's notice settings, address and chat hook allow; empty when everything is off."""
    cells = NoticeSetting.objects.filter(user=user, kind=kind).values_list("channel", "is_on")
    settings = {Channel(channel): is_on for channel, is_on in cells}
    return channels_for(
        kind,
        settings,
        has_email=bool(user.email),
        has_chat=ChatHook.objects.filter(user=user).exists(),
    )
