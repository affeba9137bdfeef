"""The ways that are open to people for a kind of notice."""

from __future__ import annotations

from uuid import UUID

from notices.models import ChatHook, NoticeSetting
from notices.rules.channels import channels_for
from notices.rules.kinds import Channel, NoticeKind
from people.models import Organisation, User


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


def open_channels_by_kind(user: User) -> dict[NoticeKind, frozenset[Channel]]:
    """The same for every kind; two statements."""
    settings: dict[NoticeKind, dict[Channel, bool]] = {}
    cells = NoticeSetting.objects.filter(user=user).values_list("kind", "channel", "is_on")
    for kind, channel, is_on in cells:
        settings.setdefault(NoticeKind(kind), {})[Channel(channel)] = is_on
    has_chat = ChatHook.objects.filter(user=user).exists()
    return {
        kind: channels_for(kind, settings.get(kind, {}), has_email=bool(user.email), has_chat=has_chat)
        for kind in NoticeKind
    }


class ChannelsOfPeople:
    """The same for everybody of an organisation who has an address: two statements, then `of(person_id)`."""

    def __init__(self, organisation: Organisation, kind: NoticeKind) -> None:
        self._kind = kind
        self._hooked = set(
            ChatHook.objects.filter(organisation=organisation, user__isnull=False).values_list(
                "user_id", flat=True
            )
        )
        self._settings: dict[UUID, dict[Channel, bool]] = {}
        cells = NoticeSetting.objects.filter(user__organisation=organisation, kind=kind)
        for user_id, channel, is_on in cells.values_list("user_id", "channel", "is_on"):
            self._settings.setdefault(user_id, {})[Channel(channel)] = is_on
        self._usual = channels_for(kind, {}, has_email=True, has_chat=False)

    def of(self, person_id: UUID) -> frozenset[Channel]:
        if person_id not in self._settings and person_id not in self._hooked:
            return self._usual
        return channels_for(
            self._kind,
            self._settings.get(person_id, {}),
            has_email=True,
            has_chat=person_id in self._hooked,
        )
