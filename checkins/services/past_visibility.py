"""Who sees what of the past: what the rules of that evening allow, and those of today too."""

from __future__ import annotations

from uuid import UUID

from objectives.models import Objective
from objectives.permissions import visible_objectives
from objectives.rules.kinds import Visibility
from people.models import Organisation, Team, User

BATCH = 500


def hidden_now(organisation: Organisation, viewer: User) -> list[UUID]:
    """Objectives that are not for everybody today and that `viewer` may not see. Ask before looking back."""
    narrow = Objective.everything.filter(organisation=organisation).exclude(
        visibility=Visibility.ORGANISATION
    )
    seen = visible_objectives(viewer).exclude(visibility=Visibility.ORGANISATION)
    return list(set(narrow.values_list("pk", flat=True)) - set(seen.values_list("pk", flat=True)))


def hide_from(viewer: User, ids: list[UUID]) -> None:
    """Make them private in the copy, and nothing of theirs the viewer's own.

    What counted then still counts, without a title: the numbers of an evening are one for all viewers.
    """
    led = Team.objects.filter(lead=viewer).values_list("pk", flat=True)
    for start in range(0, len(ids), BATCH):
        found = Objective.everything.filter(pk__in=ids[start : start + BATCH])
        found.filter(visibility=Visibility.ORGANISATION).update(counts_when_private=True)
        found.update(visibility=Visibility.PRIVATE)
        found.filter(owner=viewer).update(owner=None)
        found.filter(team__in=list(led)).update(team=None)
        Objective.contributors.through.objects.filter(
            objective__in=ids[start : start + BATCH], user=viewer
        ).delete()
