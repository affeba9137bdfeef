"""Whether somebody may choose their own day for check-ins, and what holds otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from people.models import Team, User


@dataclass(frozen=True, slots=True)
class RhythmChoice:
    """`kept_by`: the organisation or team that keeps one day for everybody, "" where people choose."""

    has_team: bool
    kept_by: str

    @property
    def is_locked(self) -> bool:
        return bool(self.kept_by)


def rhythm_choice(user: User) -> RhythmChoice:
    """The choice of this person: the first of their teams, by name, that has a rhythm of its own counts. One query."""
    teams = Team.objects.filter(memberships__user=user, archived_at__isnull=True).order_by("name", "id")
    rows = list(teams)
    if user.organisation.rhythm_is_locked:
        return RhythmChoice(bool(rows), user.organisation.name)
    deciding = next((team for team in rows if _has_rhythm(team)), None)
    return RhythmChoice(bool(rows), deciding.name if deciding and deciding.rhythm_is_locked else "")


def _has_rhythm(team: Team) -> bool:
    own = (team.check_in_weekday, team.check_in_hour, team.rhythm_weeks)
    return team.rhythm_is_locked or own != (None, None, None)
