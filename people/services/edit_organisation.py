"""The organisation's name, place and rhythm."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from common.errors import InvalidInput
from common.locks import lock_graph
from people.events import announce
from people.models import Organisation, User
from people.services.shapes import (
    read_hour,
    read_locale,
    read_name,
    read_rhythm_weeks,
    read_time_zone,
    read_weekday,
    require_administrator,
)

REVIEW_MINUTES = (5, 120)
"""The shortest and the longest weekly review."""


class OrganisationChanges(TypedDict, total=False):
    """The fields that may change; fields that are left out stay."""

    name: str
    time_zone: str
    locale: str
    check_in_weekday: int
    check_in_hour: int
    rhythm_weeks: int
    rhythm_is_locked: bool
    review_weekday: int
    review_hour: int
    review_minutes: int
    allows_private: bool


@transaction.atomic
def edit_organisation(*, by: User, at: datetime, **changes: Unpack[OrganisationChanges]) -> Organisation:
    """The organisation of `by` with the changes. InvalidInput names the field that will not do."""
    require_administrator(by, "change the organisation")
    if "time_zone" in changes:
        lock_graph(by.organisation_id, exclusively=True)
    organisation = Organisation.objects.select_for_update().get(pk=by.organisation_id)
    if "name" in changes:
        changes["name"] = _read_free_name(changes["name"], organisation)
    if "time_zone" in changes:
        read_time_zone(changes["time_zone"])
    if "locale" in changes:
        read_locale(changes["locale"])
    _check_rhythm(changes)
    changed = {
        field: (getattr(organisation, field), value)
        for field, value in changes.items()
        if getattr(organisation, field) != value
    }
    if changed:
        for field, (_, value) in changed.items():
            setattr(organisation, field, value)
        organisation.save(update_fields=[*changed])
        announce(verb="organisation.edited", subject=organisation, by=by, at=at, changes=changed)
    return organisation


def _read_free_name(name: str, organisation: Organisation) -> str:
    tidy = read_name(name, missing="Name the organisation.")
    if Organisation.objects.filter(name=tidy).exclude(pk=organisation.pk).exists():
        raise InvalidInput.of("name", "taken", "Another organisation here has this name.")
    return tidy


def _check_rhythm(changes: OrganisationChanges) -> None:
    for field in ("check_in_weekday", "review_weekday"):
        read_weekday(changes.get(field), field=field)  # type: ignore[arg-type]
    for field in ("check_in_hour", "review_hour"):
        read_hour(changes.get(field), field=field)  # type: ignore[arg-type]
    read_rhythm_weeks(changes.get("rhythm_weeks"))
    shortest, longest = REVIEW_MINUTES
    if not shortest <= changes.get("review_minutes", shortest) <= longest:
        message = f"A review takes {shortest} to {longest} minutes."
        raise InvalidInput.of("review_minutes", "out_of_range", message)
