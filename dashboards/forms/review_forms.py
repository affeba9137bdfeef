"""What is typed in a weekly review: a decision, a next step. Nothing typed is lost when something is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict

from common.errors import FieldProblem, InvalidInput, ProductError
from common.ids import new_id
from dashboards.forms.problem_words import sentence
from dashboards.forms.typed_values import as_day, as_uuid
from objectives.models import KeyResult, Objective
from objectives.permissions import visible_key_results, visible_objectives
from people.models import User
from people.permissions import visible_people


@dataclass(slots=True)
class ReviewForm:
    """`form_id` becomes the id of what is kept, so that a form sent twice counts once. `problems` by field.

    `about` as it stands in the select: an id of a key result or of an objective, "" for the team.
    """

    form_id: UUID = field(default_factory=new_id)
    review_id: UUID | None = None
    text: str = ""
    about: str = ""
    day: str = ""
    problems: dict[str, str] = field(default_factory=dict)

    def read_day(self, name: str) -> date | None:
        """Raises InvalidInput for what is no day."""
        try:
            return as_day(self.day)
        except ValueError:
            raise InvalidInput.of(name, "not_a_day", "a day, such as 2026-11-27") from None

    def read_about(self, user: User) -> dict[str, KeyResult | Objective]:
        """`key_result` or `objective` for the services, nothing for the team. Raises InvalidInput."""
        if not self.about:
            return {}
        if (pk := as_uuid(self.about)) is not None:
            key_result = visible_key_results(user).select_related("objective").filter(pk=pk).first()
            if key_result is not None:
                return {"key_result": key_result}
            objective = visible_objectives(user).filter(pk=pk).first()
            if objective is not None:
                return {"objective": objective}
        raise InvalidInput.of("about", "not_found", "there is no such objective or key result")

    def refuse(self, error: ProductError) -> None:
        """Say what is wrong beside its field; one about the whole form has the field ""."""
        if isinstance(error, InvalidInput):
            problems = error.problems
        else:
            problems = [FieldProblem("", error.code, error.message)]
        for problem in problems:
            name = "day" if problem.field in ("revisit_on", "due_on") else problem.field
            self.problems.setdefault(name, sentence(problem.message))


@dataclass(slots=True)
class DecisionForm(ReviewForm):
    """What we decide, and because of what; `day` to look at it again."""

    because: str = ""

    @classmethod
    def of(cls, posted: QueryDict) -> DecisionForm:
        return cls(**_common(posted), because=posted.get("because", "").strip())


@dataclass(slots=True)
class NextStepForm(ReviewForm):
    """Who does what until when; `owner` an id, "" for nobody yet."""

    owner: str = ""

    @classmethod
    def of(cls, posted: QueryDict) -> NextStepForm:
        return cls(**_common(posted), owner=posted.get("owner", ""))

    def read_owner(self, user: User) -> User | None:
        """Raises InvalidInput for somebody whom nobody knows."""
        if not self.owner:
            return None
        pk = as_uuid(self.owner)
        found = visible_people(user).filter(pk=pk).first() if pk is not None else None
        if found is None:
            raise InvalidInput.of("owner", "not_found", "there is no such person")
        return found


def _common(posted: QueryDict) -> dict[str, Any]:
    return {
        "form_id": as_uuid(posted.get("form_id", "")) or new_id(),
        "review_id": as_uuid(posted.get("review", "")),
        "text": posted.get("text", "").replace("\r\n", "\n"),
        "about": posted.get("about", ""),
        "day": posted.get("day", ""),
    }
