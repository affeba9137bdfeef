"""Numbers in sentences: small ones as words."""

from common.number_words import SMALL, count_words, in_words

__all__ = ["SMALL", "count_words", "in_words"]
