"""What is let go for good was there on earlier evenings: everybody's stays in the history, what was private goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from activity.models import RowVersion
from activity.services.keep_versions import forget_versions, row_of
from checkins.models import CheckIn
from checkins.services.past_check_ins import PURGED
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import Visibility

PATHS: dict[type[Any], tuple[str, str]] = {
    CheckIn: ("pk__in", "key_result__objective__"),
    KeyResult: ("key_result__in", "key_result__objective__"),
    Objective: ("key_result__objective__in", "key_result__objective__"),
}


def keep_before_purge(table: type[Any], ids: Sequence[UUID], *, organisation_id: UUID) -> None:
    """Keep the check-ins that go with these rows, unless their objective was not for everybody.

    Of such an objective nothing is kept: its own versions and those of its key results go too.
    """
    if table not in PATHS:
        return
    path, objective = PATHS[table]
    open_ones = Q(**{f"{objective}visibility": Visibility.ORGANISATION})
    going = CheckIn.everything.filter(open_ones, **{path: list(ids)})
    RowVersion.objects.bulk_create(
        (
            RowVersion(
                organisation_id=organisation_id,
                subject_type=PURGED,
                subject_id=row.pk,
                known_at=row.known_at,
                row=row_of(row),
            )
            for row in going.order_by("pk")
        ),
        batch_size=500,
    )
    if table is CheckIn:
        return
    narrow = ~Q(visibility=Visibility.ORGANISATION)
    if table is Objective:
        private = list(Objective.everything.filter(narrow, pk__in=ids).values_list("pk", flat=True))
        parts = KeyResult.everything.filter(objective__in=private)
        forget_versions("objective", private, organisation_id=organisation_id)
    else:
        parts = KeyResult.everything.filter(pk__in=ids).exclude(objective__visibility=Visibility.ORGANISATION)
    forget_versions("key_result", parts.values_list("pk", flat=True), organisation_id=organisation_id)
