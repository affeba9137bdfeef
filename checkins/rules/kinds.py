"""The closed word lists of check-ins (docs/glossary.md)."""

from enum import StrEnum


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


class AskKind(StrEnum):
    """A question for help, or one with options to choose from."""

    ASK = "ask"
    DECISION = "decision"


class AskState(StrEnum):
    """Where an ask stands. `open`, `seen` and `passed_on` wait for somebody; the others have ended."""

    OPEN = "open"
    SEEN = "seen"
    PASSED_ON = "passed_on"
    ANSWERED = "answered"
    ANSWERED_IN_PERSON = "answered_in_person"
    WITHDRAWN = "withdrawn"

    @property
    def is_waiting(self) -> bool:
        return self in WAITING


WAITING = frozenset({AskState.OPEN, AskState.SEEN, AskState.PASSED_ON})


class ReactionWord(StrEnum):
    """Reactions are words."""

    THANK_YOU = "thank_you"
    I_CAN_HELP = "i_can_help"
    SAME_HERE = "same_here"


class Reactable(StrEnum):
    """What a reaction can be left on."""

    CHECK_IN = "check_in"
    COMMENT = "comment"
    ASK = "ask"
    THANKS = "thanks"
    WIN = "win"
    DECISION = "decision"
    PRIORITY_NEWS = "priority_news"


class NextStepState(StrEnum):
    """Open until somebody says that it is done or no longer needed."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
