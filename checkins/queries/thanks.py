"""Thanks as pages show them: who, to whom, what for. There is no total of them anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from checkins.models import Thanks, ThanksReceiver
from checkins.permissions import visible_thanks
from people.models import User

MOST_SAID = 3


@dataclass(frozen=True, slots=True)
class PersonName:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ThanksRow:
    """One person's thanks. `is_private`: only its writer and those thanked read it."""

    id: UUID
    author_id: UUID | None
    who: str
    receivers: tuple[PersonName, ...]
    text: str
    at: datetime
    is_private: bool
    objective_id: UUID
    objective_title: str
    key_result_id: UUID | None
    is_edited: bool
    is_own: bool
    may_delete: bool


def with_receivers(rows: QuerySet[Thanks]) -> QuerySet[Thanks]:
    """With everybody named in them; two statements."""
    receivers = ThanksReceiver.objects.select_related("user").order_by("user__name", "pk")
    return rows.select_related("author", "objective").prefetch_related(Prefetch("receiver_rows", receivers))


def thanks_row(user: User, row: Thanks) -> ThanksRow:
    """Thanks read through `with_receivers`, ready to print."""
    received = list(row.receiver_rows.all())
    is_own = row.author_id == user.pk and not user.is_viewer
    return ThanksRow(
        id=row.pk,
        author_id=row.author_id,
        who=row.author.name if row.author else "",
        receivers=tuple(PersonName(one.user_id, one.user.name) for one in received),
        text=row.text,
        at=row.created_at,
        is_private=row.is_private or any(one.is_private for one in received),
        objective_id=row.objective_id,
        objective_title=row.objective.title,
        key_result_id=row.key_result_id,
        is_edited=row.edited_at is not None,
        is_own=is_own,
        may_delete=is_own or user.is_administrator,
    )


def said_about(user: User, person: User | None = None, *, most: int = MOST_SAID) -> Sequence[ThanksRow]:
    """The latest thanks to `person` (the reader when left out) that the reader may see, latest first. Two statements."""
    received = ThanksReceiver.objects.filter(user=person or user).values("thanks_id")
    rows = with_receivers(visible_thanks(user).filter(pk__in=received)).order_by("-created_at", "-pk")[:most]
    return tuple(thanks_row(user, row) for row in rows)
