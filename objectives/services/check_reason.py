"""The reason that some steps need."""

from __future__ import annotations

from common.errors import FieldProblem, InvalidInput
from common.words import TEXT_LIMIT, clean_words


def checked_reason(reason: str, needed: str, *, field: str = "reason") -> str:
    """The reason, trimmed. Raises InvalidInput with the sentence `needed` when there is none."""
    problems: list[FieldProblem] = []
    words = clean_words(reason, field=field, problems=problems, limit=TEXT_LIMIT, needed=needed)
    if problems:
        raise InvalidInput(problems)
    return words
