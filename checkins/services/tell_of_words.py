"""Who is told of a comment or of thanks. Calm: whom it names, whose words it answers, who is thanked; nobody else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from checkins.models import Comment, Thanks
from checkins.rules.mentions import MOST_TOLD
from common.errors import InvalidInput
from notices.models import Notice
from notices.rules.kinds import NoticeKind
from notices.services.drop_notices import drop_notices
from notices.services.post_notice import post_notice
from objectives.permissions import people_who_see
from people.models import User


def tell_of_comment(
    comment: Comment, mentioned: Iterable[User], *, by: User, at: datetime, is_new: bool = True
) -> None:
    """People named in it, and those whose check-in or ask it answers, as far as they may see it.

    Raises InvalidInput when one comment would reach more than MOST_TOLD people, with those it told before.
    """
    told = {person.pk for person in mentioned}
    if comment.check_in is not None and comment.check_in.author_id is not None:
        told.add(comment.check_in.author_id)
    if comment.ask is not None:
        told |= {comment.ask.asked_by_id, comment.ask.asked_of_id}
    told.discard(by.pk)
    if not told:
        return
    key = str(comment.pk)
    if len(told) > MOST_TOLD or not is_new:
        before = set(
            Notice.objects.filter(kind=NoticeKind.MENTIONED, key=key).values_list("user_id", flat=True)
        )
        require_few(before | told, is_more=bool(told - before))
    for person in people_who_see(comment.objective).filter(pk__in=told, is_active=True).order_by("pk"):
        post_notice(
            kind=NoticeKind.MENTIONED,
            user=person,
            key=key,
            at=at,
            subject_type="comment",
            subject_id=comment.pk,
            objective_id=comment.objective_id,
        )


def require_few(people: Collection[UUID], *, is_more: bool = True) -> None:
    """Raise InvalidInput when so many people would be told of one comment; words to a crowd belong elsewhere."""
    if is_more and len(people) > MOST_TOLD:
        words = f"a comment reaches at most {MOST_TOLD} people, and this one names {len(people)}: take some @ away"
        raise InvalidInput.of("text", "too_many_people", words)


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
