"""Who may see, record, edit and delete check-ins, and who may ask and answer."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from checkins.models import Ask, CheckIn, Comment, Review, Thanks, ThanksReceiver, Win
from checkins.rules.asks import AskAction, AskPart, may
from objectives.models import Objective
from objectives.permissions import can_check_in, people_who_see, sees_objective
from people.models import Team, User
from people.permissions import team_ids_of
from people.roles import Role

__all__ = [
    "ask_parts",
    "can_ask",
    "can_check_in",
    "can_converse",
    "can_delete_words",
    "can_do_to_ask",
    "can_edit_check_in",
    "can_edit_words",
    "can_record_on_behalf",
    "can_review",
    "people_to_ask",
    "visible_asks",
    "visible_check_ins",
    "visible_comments",
    "visible_reviews",
    "visible_thanks",
    "visible_wins",
]


def visible_check_ins(user: User) -> QuerySet[CheckIn]:
    """Check-ins on key results of objectives that the person may see."""
    return CheckIn.objects.filter(
        sees_objective(user, "key_result__objective__"),
        key_result__deleted_at__isnull=True,
        key_result__objective__deleted_at__isnull=True,
    )


def can_edit_check_in(user: User, check_in: CheckIn) -> bool:
    """Its author, and administrators of the same organisation; viewers never."""
    if not user.is_active or user.is_viewer or user.organisation_id != check_in.organisation_id:
        return False
    return user.is_administrator or check_in.author_id == user.pk


def can_record_on_behalf(user: User, author: User) -> bool:
    """Administrators may record what somebody of their organisation said, marked so."""
    return user.is_active and user.is_administrator and author.organisation_id == user.organisation_id


def visible_asks(user: User) -> QuerySet[Ask]:
    """Asks about objectives that the person may see."""
    return Ask.objects.filter(sees_objective(user, "objective__"), objective__deleted_at__isnull=True)


def can_ask(user: User, objective: Objective) -> bool:
    """Whoever is no viewer may ask about what they see; that they see it is asked of `visible_objectives`."""
    return user.is_active and not user.is_viewer and user.organisation_id == objective.organisation_id


def people_to_ask(objective: Objective) -> QuerySet[User]:
    """Who could answer: sees the objective, can sign in, and does more than read."""
    return people_who_see(objective).filter(is_active=True, email__isnull=False).exclude(role=Role.VIEWER)


def can_do_to_ask(user: User, ask: Ask, action: AskAction) -> bool:
    """Whether the person may take this step, whatever state the ask is in."""
    if not user.is_active or user.is_viewer or user.organisation_id != ask.organisation_id:
        return False
    return any(may(part, action) for part in ask_parts(user, ask))


def ask_parts(user: User, ask: Ask) -> frozenset[AskPart]:
    """What the person is to the ask; an administrator who asked is both."""
    parts = {
        AskPart.RECEIVER: ask.asked_of_id == user.pk,
        AskPart.ASKER: ask.asked_by_id == user.pk,
        AskPart.ADMINISTRATOR: user.is_administrator,
    }
    return frozenset(part for part, is_so in parts.items() if is_so) or frozenset({AskPart.OTHER})


def can_converse(user: User, organisation_id: UUID) -> bool:
    """Whoever does more than read may comment, react, thank and tell; that they see it is asked separately."""
    return user.is_active and not user.is_viewer and user.organisation_id == organisation_id


def visible_comments(user: User) -> QuerySet[Comment]:
    """Comments on objectives that the person may see; with what they were on, they are gone."""
    return Comment.objects.filter(
        sees_objective(user, "objective__"),
        objective__deleted_at__isnull=True,
        key_result__deleted_at__isnull=True,
        check_in__deleted_at__isnull=True,
    )


def visible_thanks(user: User, rows: QuerySet[Thanks] | None = None) -> QuerySet[Thanks]:
    """Thanks on objectives that the person may see; private ones only to who gave and who received them.

    One receiver who prefers it in private makes it so for all: the words would name them. `rows` are those that are
    not deleted when left out.
    """
    received = ThanksReceiver.objects.filter(thanks=OuterRef("pk"))
    return (Thanks.objects.all() if rows is None else rows).filter(
        sees_objective(user, "objective__"),
        Q(author=user)
        | Exists(received.filter(user=user))
        | (Q(is_private=False) & ~Exists(received.filter(is_private=True))),
        objective__deleted_at__isnull=True,
    )


def visible_wins(user: User) -> QuerySet[Win]:
    """Good things told in the person's organisation."""
    return Win.objects.filter(organisation_id=user.organisation_id)


def can_edit_words(user: User, words: Comment | Thanks | Win) -> bool:
    """Only who wrote them."""
    return can_converse(user, words.organisation_id) and words.author_id == user.pk


def can_delete_words(user: User, words: Comment | Thanks | Win) -> bool:
    """Who wrote them, and administrators."""
    return can_converse(user, words.organisation_id) and (user.is_administrator or words.author_id == user.pk)


def visible_reviews(user: User) -> QuerySet[Review]:
    """Reviews of the organisation's teams; what they say about an objective is asked of `visible_objectives`."""
    return Review.objects.filter(organisation_id=user.organisation_id)


def can_review(user: User, team: Team) -> bool:
    """Members and the lead of the team, and administrators, hold its review and decide in it."""
    if not user.is_active or user.is_viewer or user.organisation_id != team.organisation_id:
        return False
    return user.is_administrator or team.pk in team_ids_of(user)
