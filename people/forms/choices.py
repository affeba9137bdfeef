"""The words of select boxes: roles, teams, weekdays, hours."""

from __future__ import annotations

from people.models import Team, User
from people.permissions import visible_teams
from people.roles import Role

ROLE_WORDS = {
    Role.ADMINISTRATOR: "Administrator",
    Role.LEADER: "Leader",
    Role.MEMBER: "Member",
    Role.VIEWER: "Viewer",
}
ROLE_HINT = "Leaders state priorities, administrators also manage people, viewers only read."
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RHYTHM_WORDS = ((1, "every week"), (2, "every two weeks"), (4, "every four weeks"))
HOURS = tuple((hour, f"{hour}:00") for hour in range(24))
REVIEW_LENGTHS = tuple((minutes, f"{minutes} minutes") for minutes in (10, 15, 20, 30, 45, 60))


def role_choices() -> list[tuple[str, str]]:
    return [(role.value, words) for role, words in ROLE_WORDS.items()]


def team_choices(viewer: User, *, none: str, besides: Team | None = None) -> list[tuple[str, str]]:
    """Teams that are not archived, for a select; the first choice is `none`."""
    teams = visible_teams(viewer).filter(archived_at__isnull=True).order_by("name")
    if besides is not None:
        teams = teams.exclude(pk=besides.pk)
    return [("", none), *((str(key), name) for key, name in teams.values_list("pk", "name"))]


def day_choices(none: str) -> list[tuple[str, str]]:
    """Weekdays for a select that may be left to somebody else, which `none` says."""
    return [("", none), *((str(day), name) for day, name in enumerate(WEEKDAYS))]


def hour_choices(none: str) -> list[tuple[str, str]]:
    """Hours for a select that may be left to somebody else, which `none` says."""
    return [("", none), *((str(hour), words) for hour, words in HOURS)]
