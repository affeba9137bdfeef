"""What everybody decides for themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from common.errors import InvalidInput
from people.events import announce
from people.models import Team, User
from people.services.shapes import read_hour, read_locale, read_name, read_time_zone, read_weekday

THEMES = ("", "light", "dark")


class OwnSettings(TypedDict, total=False):
    """Settings that may change; what is left out stays. Empty time zone and locale: the organisation's.

    `working_days` are weekdays, 0 is Monday. Check-in weekday and hour None: the team's. Between `quiet_from_hour` and
    `quiet_until_hour` no message is sent; the same hour twice means that there is no quiet time.
    """

    name: str
    time_zone: str
    locale: str
    theme: str
    has_shortcuts: bool
    working_days: Iterable[int]
    check_in_weekday: int | None
    check_in_hour: int | None
    quiet_from_hour: int
    quiet_until_hour: int
    prefers_private_thanks: bool
    followed_teams: Iterable[Team]


@transaction.atomic
def edit_own_settings(*, by: User, at: datetime, **settings: Unpack[OwnSettings]) -> User:
    """The person with their new settings. InvalidInput names the field that will not do."""
    person = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    wanted = _read(settings)
    changed = {
        field: (getattr(person, field), value)
        for field, value in wanted.items()
        if getattr(person, field) != value
    }
    if changed:
        for field, (_, value) in changed.items():
            setattr(person, field, value)
        person.updated_at = at
        person.save(update_fields=[*changed, "updated_at"])
    if "name" in changed:
        announce(verb="person.edited", subject=person, by=by, at=at, changes={"name": changed["name"]})
    if "followed_teams" in settings:
        _follow(person, settings["followed_teams"])
    return person


@transaction.atomic
def end_all_sign_ins(*, by: User, at: datetime) -> User:
    """Sign the person out everywhere; the caller may sign them in again here."""
    person = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    person.session_epoch += 1
    person.save(update_fields=["session_epoch"])
    announce(verb="person.signed_out_everywhere", subject=person, by=by, at=at)
    return person


def _read(settings: OwnSettings) -> dict[str, Any]:
    """The settings as they are stored; InvalidInput for what will not do."""
    wanted: dict[str, Any] = {}
    if "name" in settings:
        wanted["name"] = read_name(settings["name"])
    if "time_zone" in settings:
        wanted["time_zone"] = settings["time_zone"] and read_time_zone(settings["time_zone"])
    if "locale" in settings:
        wanted["locale"] = settings["locale"] and read_locale(settings["locale"])
    if "theme" in settings:
        wanted["theme"] = _read_theme(settings["theme"])
    if "working_days" in settings:
        wanted["working_days"] = _read_working_days(settings["working_days"])
    if "check_in_weekday" in settings:
        wanted["check_in_weekday"] = read_weekday(settings["check_in_weekday"], field="check_in_weekday")
    for field in ("check_in_hour", "quiet_from_hour", "quiet_until_hour"):
        if field in settings:
            wanted[field] = read_hour(settings[field], field=field)
    for field in ("has_shortcuts", "prefers_private_thanks"):
        if field in settings:
            wanted[field] = settings[field]  # type: ignore[literal-required]
    return wanted


def _read_working_days(days: Iterable[int]) -> str:
    """Digits in order, "01234"; somebody who never works would never be asked."""
    chosen = sorted(set(days))
    if not chosen:
        raise InvalidInput.of("working_days", "required", "Choose at least one day on which you work.")
    if any(day not in range(7) for day in chosen):
        raise InvalidInput.of("working_days", "out_of_range", "A weekday is 0 (Monday) to 6 (Sunday).")
    return "".join(str(day) for day in chosen)


def _read_theme(theme: str) -> str:
    if theme not in THEMES:
        raise InvalidInput.of("theme", "unknown", "A theme is light, dark, or empty for the system's.")
    return theme


def _follow(person: User, teams: Iterable[Team]) -> None:
    """Follow these teams and no others; teams from elsewhere raise InvalidInput."""
    wanted = list(teams)
    if any(team.organisation_id != person.organisation_id for team in wanted):
        raise InvalidInput.of("followed_teams", "unknown", "This team is not known here.")
    person.followed_teams.set(wanted)
