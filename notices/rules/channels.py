"""Which ways are open for a kind when a person has not said otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from notices.rules.kinds import Channel, NoticeKind

EVERYWHERE = frozenset({Channel.HERE, Channel.EMAIL, Channel.CHAT})
HERE_AND_MAIL = frozenset({Channel.HERE, Channel.EMAIL})
HERE_ALONE = frozenset({Channel.HERE})
MAIL_ALONE = frozenset({Channel.EMAIL})

DEFAULT_CHANNELS: dict[NoticeKind, frozenset[Channel]] = {
    NoticeKind.ASKED: EVERYWHERE,
    NoticeKind.ANSWERED: EVERYWHERE,
    NoticeKind.MENTIONED: EVERYWHERE,
    NoticeKind.NUDGED: HERE_AND_MAIL,
    NoticeKind.CHECK_IN_DUE: HERE_AND_MAIL,
    NoticeKind.PRIORITY_CHANGED: HERE_AND_MAIL,
    NoticeKind.PROPOSED: HERE_AND_MAIL,
    NoticeKind.THANKED: HERE_AND_MAIL,
    NoticeKind.DEPENDENCY: HERE_AND_MAIL,
    NoticeKind.REVIEW: HERE_AND_MAIL,
    NoticeKind.STRATEGIC_REVIEW: HERE_AND_MAIL,
    NoticeKind.LEAD_DIGEST: MAIL_ALONE,
    NoticeKind.LEADER_DIGEST: MAIL_ALONE,
    NoticeKind.WINS_DIGEST: MAIL_ALONE,
    NoticeKind.FOLLOWED: HERE_ALONE,
}


def channels_for(
    kind: NoticeKind, settings: Mapping[Channel, bool], *, has_email: bool, has_chat: bool
) -> frozenset[Channel]:
    """The ways that are open: the person's own cells first, the default of the kind otherwise.

    A way that leads nowhere (no address, no chat hook) is closed.
    """
    wanted = {channel for channel in Channel if settings.get(channel, channel in DEFAULT_CHANNELS[kind])}
    if not has_email:
        wanted.discard(Channel.EMAIL)
    if not has_chat:
        wanted.discard(Channel.CHAT)
    return frozenset(wanted)
