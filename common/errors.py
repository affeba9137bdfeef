"""The errors of the product: each says what is wrong and what would do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing wrong with one field. `code` is for programs, `message` for people."""

    field: str
    code: str
    message: str


class ProductError(Exception):
    """Base of everything that a page or the API turns into an answer."""

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code

    default_code = "error"


class NotAllowed(ProductError):
    """The person may know it exists, but may not do this (403)."""

    default_code = "not_allowed"


class RuleConflict(ProductError):
    """A rule or the present state forbids it (409)."""

    default_code = "conflict"


class StaleVersion(ProductError):
    """Somebody else changed it in between (412 in the API, both versions side by side on a page)."""

    default_code = "stale"


class InvalidInput(ProductError):
    """One or more fields cannot be taken as they are (422)."""

    default_code = "invalid"

    def __init__(self, problems: list[FieldProblem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems

    @classmethod
    def of(cls, field: str, code: str, message: str) -> InvalidInput:
        """The common case of one problem."""
        return cls([FieldProblem(field, code, message)])
