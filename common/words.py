"""Words that people type: trimmed, not empty where they are needed, never longer than can be shown."""

from __future__ import annotations

from common.errors import FieldProblem

TITLE_LIMIT = 2_000
"""Real organisations write key results of 600 characters and more."""
TEXT_LIMIT = 20_000


def clean_words(
    text: str | None, *, field: str, problems: list[FieldProblem], limit: int, needed: str = ""
) -> str:
    """`text` without space around it; None becomes "". What is wrong with it is appended to `problems`.

    `needed` is the sentence for an empty text that must not be empty. `limit` counts characters.
    """
    words = (text or "").strip()
    if needed and not words:
        problems.append(FieldProblem(field, "required", needed))
    elif len(words) > limit:
        problems.append(FieldProblem(field, "too_long", f"at most {limit:,} characters"))
    elif "\x00" in words:
        problems.append(FieldProblem(field, "unreadable", "this holds a character that cannot be stored"))
    return words
