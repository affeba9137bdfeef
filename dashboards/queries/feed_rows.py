"""The shapes of a feed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from checkins.queries.comments import CommentRow
from checkins.queries.reactions import Reactions
from checkins.queries.thanks import ThanksRow
from dashboards.queries.ask_rows import AskRow


class FeedKind(StrEnum):
    """What a reader can ask a feed for; `everything` is all of them."""

    EVERYTHING = "everything"
    CHECK_INS = "check_ins"
    WINS = "wins"
    DECISIONS = "decisions"
    PRIORITIES = "priorities"
    ASKS = "asks"
    COMMENTS = "comments"
    DEPENDENCIES = "dependencies"
    OBJECTIVES = "objectives"
    AUTOMATIC = "automatic"


MOST_NAMED = 3
DID = {
    "objective.activated": "started",
    "objective.paused": "paused",
    "objective.closed": "closed",
    "objective.cancelled": "stopped",
    "objective.reopened": "opened again",
}
BECAME = {
    "objective.closed": "is closed",
    "objective.cancelled": "was stopped",
    "objective.paused": "is paused",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, before its words are read. Lines with the same `group` make one entry."""

    kind: FeedKind
    at: datetime
    group: tuple[object, ...]
    who_id: UUID | None
    who: str
    objective_id: UUID | None
    subject_id: UUID
    verb: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    is_about_reader: bool = False


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """An objective as an entry names it."""

    id: UUID
    title: str
    team: str
    progress: Decimal | None
    expected: Decimal | None
    status: str


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one check-in."""

    id: UUID
    title: str
    value: str
    was_value: str
    confidence: int | None
    was_confidence: int | None
    words: tuple[str, ...]
    win: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry. `kind` decides which of the rows is there. `is_new`: since the reader was last up to date.

    `said_count`: check-ins of the entry; of systems' values not all are in `said`.
    """

    kind: FeedKind
    at: datetime
    on: date
    who: str
    is_new: bool
    is_own: bool
    is_about_reader: bool = False
    goal: GoalFacts | None = None
    said: tuple[Said, ...] = ()
    said_count: int = 0
    thanks: ThanksRow | None = None
    comment: CommentRow | None = None
    ask: AskRow | None = None
    verb: str = ""
    title: str = ""
    text: str = ""
    reason: str = ""
    href: str = ""
    subject_type: str = ""
    subject_id: UUID | None = None
    needed_by: tuple[UUID, str] | None = None
    changes: tuple[tuple[str, str], ...] = ()
    reader_id: UUID | None = None

    @property
    def thanks_reader(self) -> bool:
        """Whether the reader is among those thanked."""
        return self.thanks is not None and any(one.id == self.reader_id for one in self.thanks.receivers)

    @property
    def thanks_names(self) -> str:
        """Who was thanked: "You and Vikram"."""
        return self._thanked("You")

    @property
    def thanked_names(self) -> str:
        """The same within a sentence: "you and Vikram"."""
        return self._thanked("you")

    def _thanked(self, reader: str) -> str:
        if self.thanks is None:
            return ""
        others = [one.name for one in self.thanks.receivers if one.id != self.reader_id]
        names = [reader, *others] if self.thanks_reader else others
        return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)

    @property
    def names_reader(self) -> bool:
        """Whether the reader is at the other end of an ask: asked, or the one who gets the answer."""
        if self.ask is None or self.is_own:
            return False
        other = self.ask.asked_by_id if self.verb == "ask.answered" else self.ask.asked_of_id
        return other == self.reader_id

    @property
    def has_thanks(self) -> str:
        """The verb that fits those names."""
        is_one_other = self.thanks is not None and len(self.thanks.receivers) == 1
        return "has" if is_one_other and not self.thanks_reader else "have"

    @property
    def more_said(self) -> int:
        """Key results that the entry does not name."""
        return max(0, self.said_count - (len(self.said) if self.kind == FeedKind.AUTOMATIC else MOST_NAMED))

    @property
    def did_words(self) -> str:
        """What somebody did to the objective."""
        return DID.get(self.verb, "changed")

    @property
    def ended_words(self) -> str:
        """What became of an objective that others depend on."""
        return BECAME.get(self.verb, "changed")


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Entries latest first. `earlier`: the moment to go on from, None at the end. Counts are of new entries; with
    `is_more_new` there are more of them than were counted."""

    entries: tuple[FeedEntry, ...]
    earlier: datetime | None
    new_by_kind: dict[str, int]
    new_by_scope: dict[str, int]
    is_more_new: bool
    reactions: Reactions
    seen_at: datetime | None
