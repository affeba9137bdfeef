"""Word lists of the writing coach: one file a language in `insights/words`."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from insights.rules.coach_words import CoachWords, coach_words

FOLDER = Path(__file__).resolve().parent.parent / "words"
FALLBACK = "en"


@lru_cache(maxsize=8)
def words_of(language: str) -> CoachWords:
    """The words of a language tag such as `de-at`; English where there is no file for it."""
    name = language.lower().split("-")[0]
    path = FOLDER / f"{name}.json"
    if not name.isalpha() or not path.is_file():
        path = FOLDER / f"{FALLBACK}.json"
    return coach_words(json.loads(path.read_text(encoding="utf-8")))
