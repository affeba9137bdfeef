"""What a step in the life of an objective or a key result is told: a reason, a score."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.http import QueryDict

from common.errors import InvalidInput, ProductError
from common.ratio import round_half_up
from dashboards.forms.problem_words import sentence
from dashboards.forms.typed_values import NotANumber, as_number

TENTH = Decimal("0.1")
STRIP = tuple(Decimal(tenth) / 10 for tenth in range(11))


@dataclass(slots=True)
class StateForm:
    """What was typed, and what is wrong with it by field. `score` "" means: as suggested."""

    reason: str = ""
    score: str = ""
    problems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, posted: QueryDict) -> StateForm:
        return cls(posted.get("reason", "").replace("\r\n", "\n"), posted.get("score", "").strip())

    def read_score(self) -> Decimal | None:
        """The chosen score; None for the suggested one. Raises InvalidInput."""
        try:
            return as_number(self.score)
        except NotANumber as error:
            raise InvalidInput.of("score", "not_a_number", str(error)) from error

    def refuse(self, error: ProductError) -> None:
        """Keep what was typed, and say what is wrong beside it."""
        if not isinstance(error, InvalidInput):
            self.problems[""] = error.message
            return
        for problem in error.problems:
            name = "reason" if problem.field == "score_reason" else problem.field
            self.problems.setdefault(name, sentence(problem.message))


def nearest_tenth(score: Decimal | None) -> Decimal | None:
    """The place on the strip that a suggested score stands for."""
    return None if score is None else round_half_up(score, TENTH)
