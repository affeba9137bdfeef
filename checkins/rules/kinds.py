"""The closed word lists of check-ins (docs/glossary.md)."""

from enum import StrEnum

LEAST_CONFIDENCE = 1
MOST_CONFIDENCE = 10


class CheckInSource(StrEnum):
    """Who spoke: a person (browser or personal token), a service token, an import, a connected system."""

    MANUAL = "manual"
    API = "api"
    IMPORT = "import"
    CONNECTOR = "connector"

    @property
    def is_person(self) -> bool:
        """Only what a person says counts for freshness."""
        return self == CheckInSource.MANUAL


def is_confidence(said: int) -> bool:
    """Whether `said` is a confidence: a whole number from 1 to 10."""
    return LEAST_CONFIDENCE <= said <= MOST_CONFIDENCE
