"""What every write of a weekly review begins with: the team's lock, who may, and words that can be kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from checkins.models import Review
from checkins.permissions import can_review
from common.errors import FieldProblem, InvalidInput, NotAllowed, RuleConflict
from objectives.models import KeyResult, Objective
from objectives.permissions import visible_objectives
from people.models import Team, User

MOST_WORDS = 2000


def lock_team(team_id: UUID, by: User) -> Team:
    """The team, held until the transaction ends: whatever happens in its reviews happens one after the other.

    Raises NotAllowed.
    """
    locked = Team.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    team = locked.get(pk=team_id)
    if not can_review(by, team):
        raise NotAllowed("Members and the lead of this team, and administrators, hold its review.")
    return team


def fresh_review(review: Review | None, team: Team) -> Review | None:
    """The review as it stands now that its team is locked. Raises RuleConflict for one of another team."""
    if review is None:
        return None
    if review.team_id != team.pk:
        raise RuleConflict("This review belongs to another team.", code="other_team")
    return Review.objects.get(pk=review.pk)


def word_problems(**fields: str) -> list[FieldProblem]:
    """Which of these words are too long; the first one must say something."""
    problems = []
    for place, (name, words) in enumerate(fields.items()):
        if not words and place == 0:
            problems.append(FieldProblem(name, "required", "a sentence, please"))
        elif len(words) > MOST_WORDS:
            problems.append(
                FieldProblem(name, "too_long", f"at most {MOST_WORDS:,} characters, these are {len(words):,}")
            )
    return problems


def about_problems(by: User, objective: Objective | None) -> list[FieldProblem]:
    """Whether somebody may say something about that objective: they must see it."""
    if objective is None or visible_objectives(by).filter(pk=objective.pk).exists():
        return []
    return [FieldProblem("about", "not_found", "there is no such objective or key result")]


def day_problems(name: str, day: date | None, today: date) -> list[FieldProblem]:
    """A day to come back to lies ahead."""
    if day is None or day >= today:
        return []
    return [FieldProblem(name, "in_past", "this day has passed")]


def objective_of(objective: Objective | None, key_result: KeyResult | None) -> Objective | None:
    """That of the key result, where one is named."""
    return key_result.objective if key_result is not None else objective


def refuse(problems: list[FieldProblem]) -> None:
    """Raise InvalidInput unless there are no problems."""
    if problems:
        raise InvalidInput(problems)
