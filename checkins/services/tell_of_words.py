"""Who is told of a comment or of thanks. Calm: whom it names, whose words it answers, who is thanked; nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from checkins.models import Comment, Thanks
from notices.rules.kinds import NoticeKind
from notices.services.drop_notices import drop_notices
from notices.services.post_notice import post_notice
from objectives.permissions import people_who_see
from people.models import User


def tell_of_comment(comment: Comment, mentioned: Iterable[User], *, by: User, at: datetime) -> None:
    """People named in it, and those whose check-in or ask it answers, as far as they may see it."""
    told = {person.pk for person in mentioned}
    if comment.check_in is not None and comment.check_in.author_id is not None:
        told.add(comment.check_in.author_id)
    if comment.ask is not None:
        told |= {comment.ask.asked_by_id, comment.ask.asked_of_id}
    told.discard(by.pk)
    if not told:
        return
    for person in people_who_see(comment.objective).filter(pk__in=told, is_active=True).order_by("pk"):
        post_notice(
            kind=NoticeKind.MENTIONED,
            user=person,
            key=str(comment.pk),
            at=at,
            subject_type="comment",
            subject_id=comment.pk,
            objective_id=comment.objective_id,
        )


def untell_comment(comment: Comment, *, at: datetime) -> None:
    """Nothing is left to tell."""
    drop_notices(kind=NoticeKind.MENTIONED, key=str(comment.pk), at=at)


def tell_of_thanks(thanks: Thanks, receivers: Iterable[User], *, at: datetime) -> None:
    """Whoever is thanked, with the message of their day; one after the other in the order that all writers keep."""
    for person in sorted(receivers, key=lambda one: one.pk):
        post_notice(
            kind=NoticeKind.THANKED,
            user=person,
            key=str(thanks.pk),
            at=at,
            subject_type="thanks",
            subject_id=thanks.pk,
            objective_id=thanks.objective_id,
        )


def untell_thanks(thanks: Thanks, *, at: datetime) -> None:
    """Nothing is left to tell."""
    drop_notices(kind=NoticeKind.THANKED, key=str(thanks.pk), at=at)
