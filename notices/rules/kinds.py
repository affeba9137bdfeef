"""The closed word lists of notices (docs/glossary.md)."""

from enum import StrEnum


class Channel(StrEnum):
    """A way to reach a person. `here` is the inbox in the product and is written with the notice itself."""

    HERE = "here"
    EMAIL = "email"
    CHAT = "chat"


class NoticeKind(StrEnum):
    """What a notice is about."""

    ASKED = "asked"
    ANSWERED = "answered"
    MENTIONED = "mentioned"
    CHECK_IN_DUE = "check_in_due"
    PRIORITY_CHANGED = "priority_changed"
    PROPOSED = "proposed"
    THANKED = "thanked"
    DEPENDENCY = "dependency"
    NUDGED = "nudged"
    REVIEW = "review"
    STRATEGIC_REVIEW = "strategic_review"
    LEAD_DIGEST = "lead_digest"
    LEADER_DIGEST = "leader_digest"
    WINS_DIGEST = "wins_digest"
    FOLLOWED = "followed"


class ChatFormat(StrEnum):
    """The body that an incoming webhook of a chat product takes."""

    SLACK = "slack"
    MATTERMOST = "mattermost"
    TEAMS = "teams"


AT_ONCE = frozenset({NoticeKind.ASKED, NoticeKind.ANSWERED, NoticeKind.MENTIONED, NoticeKind.NUDGED})
"""Sent as they happen, each by itself; everything else waits for the one message of the day."""
