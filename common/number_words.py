"""Numbers in sentences: small ones as words."""

from __future__ import annotations

SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def in_words(number: int) -> str:
    """ "two" for 2, "13" for 13."""
    return SMALL[number] if 0 <= number < len(SMALL) else f"{number:,}"


def count_words(number: int, one: str, many: str) -> str:
    """ "Two priorities", ready to begin a sentence."""
    text = f"{in_words(number)} {one if number == 1 else many}"
    return text[0].upper() + text[1:]
