"""Which function tells which kind of notice."""

from __future__ import annotations

from checkins.queries.tell_asks import tell_answered, tell_asked, tell_nudged
from checkins.queries.tell_check_in_due import tell_check_in_due
from checkins.queries.tell_dependencies import tell_dependency
from checkins.queries.tell_lead_week import tell_lead_week
from checkins.queries.tell_leader_week import tell_leader_week
from checkins.queries.tell_priorities import tell_priority_changed
from checkins.queries.tell_proposals import tell_proposed
from checkins.queries.tell_wins import tell_wins
from checkins.queries.tell_words import tell_mentioned, tell_thanked
from notices.rendering import register_kind
from notices.rules.kinds import NoticeKind


def tell_all_kinds() -> None:
    """Register them; called once, when the app is ready."""
    register_kind(NoticeKind.ASKED, tell_asked)
    register_kind(NoticeKind.ANSWERED, tell_answered)
    register_kind(NoticeKind.NUDGED, tell_nudged)
    register_kind(NoticeKind.MENTIONED, tell_mentioned)
    register_kind(NoticeKind.THANKED, tell_thanked)
    register_kind(NoticeKind.PRIORITY_CHANGED, tell_priority_changed)
    register_kind(NoticeKind.PROPOSED, tell_proposed)
    register_kind(NoticeKind.DEPENDENCY, tell_dependency)
    register_kind(NoticeKind.CHECK_IN_DUE, tell_check_in_due)
    register_kind(NoticeKind.LEAD_DIGEST, tell_lead_week)
    register_kind(NoticeKind.LEADER_DIGEST, tell_leader_week)
    register_kind(NoticeKind.WINS_DIGEST, tell_wins)
