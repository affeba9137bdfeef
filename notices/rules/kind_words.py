"""What each kind of notice is called in Settings and on the page that switches one off."""

from __future__ import annotations

from notices.rules.kinds import AT_ONCE, NoticeKind

KIND_WORDS: dict[NoticeKind, str] = {
    NoticeKind.ASKED: "Someone asks you",
    NoticeKind.ANSWERED: "Your ask is answered",
    NoticeKind.MENTIONED: "Someone mentions you",
    NoticeKind.NUDGED: "Someone asks how it is going",
    NoticeKind.CHECK_IN_DUE: "Your check-in is due",
    NoticeKind.PRIORITY_CHANGED: "A priority you serve changes",
    NoticeKind.PROPOSED: "Someone proposes something to you",
    NoticeKind.THANKED: "Someone thanks you",
    NoticeKind.DEPENDENCY: "A dependency is asked for, answered or slips",
    NoticeKind.REVIEW: "Your team has held its review",
    NoticeKind.STRATEGIC_REVIEW: "A strategic review is due",
    NoticeKind.LEAD_DIGEST: "The week of the team you lead",
    NoticeKind.LEADER_DIGEST: "The week of the strategy",
    NoticeKind.WINS_DIGEST: "The week's wins",
    NoticeKind.FOLLOWED: "Check-ins of teams you follow",
}
"""In the order in which Settings lists them."""

WHEN_WORDS: dict[NoticeKind, str] = {
    NoticeKind.LEAD_DIGEST: "once a week",
    NoticeKind.LEADER_DIGEST: "once a week",
    NoticeKind.WINS_DIGEST: "on Fridays",
    NoticeKind.FOLLOWED: "in the feed only",
}


def when_words(kind: NoticeKind, *, check_in: str) -> str:
    """When a kind is told: "at once", "in the day's message"; `check_in` says it for check-ins that are due."""
    if kind is NoticeKind.CHECK_IN_DUE:
        return check_in
    return WHEN_WORDS.get(kind) or ("at once" if kind in AT_ONCE else "in the day's message")
