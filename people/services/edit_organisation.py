"""The organisation's name, place and rhythm."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from common.errors import InvalidInput
from common.locks import lock_graph
from people.events import announce
from people.models import Organisation, User
from people.services.shapes import read_locale, read_name, read_time_zone, require_administrator

RHYTHMS = (1, 2, 4)


class OrganisationChanges(TypedDict, total=False):
    """The fields that may change; fields that are left out stay."""

    name: str
    time_zone: str
    locale: str
    check_in_weekday: int
    check_in_hour: int
    rhythm_weeks: int
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
    if changes.get("check_in_weekday", 0) not in range(7):
        raise InvalidInput.of("check_in_weekday", "out_of_range", "A weekday is 0 (Monday) to 6 (Sunday).")
    if changes.get("check_in_hour", 0) not in range(24):
        raise InvalidInput.of("check_in_hour", "out_of_range", "An hour is 0 to 23.")
    if changes.get("rhythm_weeks", 1) not in RHYTHMS:
        raise InvalidInput.of("rhythm_weeks", "unknown", "A rhythm is every 1, 2 or 4 weeks.")
