"""The shapes of a conversation: entries, and the lines inside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from checkins.queries.comments import CommentRow, Thread
from checkins.queries.reactions import Reactions
from checkins.queries.thanks import ThanksRow
from dashboards.queries.event_words import Told
from dashboards.queries.key_result_page import SaidRow

Show = Literal["everything", "check_ins", "decisions", "changes"]
SHOWS: tuple[Show, ...] = ("everything", "check_ins", "decisions", "changes")


@dataclass(frozen=True, slots=True)
class AskLine:
    """An ask or a question with options, as the conversation tells it."""

    id: UUID
    kind: str
    text: str
    who: str
    asked_by_id: UUID | None
    asked_of: str
    state: str
    answer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """Something decided, with its reason."""

    id: UUID
    text: str
    because: str
    revisit_on: date | None
    decided_by_id: UUID | None


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One check-in inside an entry; values in words with their unit, `was_progress` that of the one before.

    `is_turn` says that its status is another than that of the one before; `is_reacted`, that somebody left a word on it.
    """

    said: SaidRow
    key_result_id: UUID
    title: str
    value: str
    was_value: str
    was_progress: Decimal | None
    is_turn: bool = False
    asks: tuple[AskLine, ...] = ()
    thread: Thread = field(default_factory=Thread)
    is_reacted: bool = False

    @property
    def has_words(self) -> bool:
        return bool(self.said.note or self.said.win or self.said.challenge or self.said.next_step)

    @property
    def takes_words(self) -> bool:
        """Whether reactions and replies go below it; what says nothing is answered on its own page."""
        return self.has_words or self.is_reacted or bool(self.thread.rows or self.asks)


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note on the whole objective, as its source wrote it. It moved no number."""

    text: str
    value_text: str
    status_text: str


@dataclass(frozen=True, slots=True)
class FoldedLine:
    """Values of one key result that machines wrote in a row."""

    key_result_id: UUID
    title: str
    first: str
    last: str
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `kind` is check_ins, automatic, note, change, comment, thanks, ask or decision; exactly the rows of
    that kind are there. `on` None: the source has no date. `thread` holds the comments on an ask.
    """

    kind: str
    who: str
    on: date | None
    at: datetime
    recorded_by: str = ""
    lines: tuple[SaidLine, ...] = ()
    folded: tuple[FoldedLine, ...] = ()
    note: NoteRow | None = None
    change: Told | None = None
    turns: int = 0
    comment: CommentRow | None = None
    about: str = ""
    thanks: ThanksRow | None = None
    ask: AskLine | None = None
    decision: DecisionLine | None = None
    thread: Thread = field(default_factory=Thread)

    @property
    def place(self) -> tuple[date, datetime]:
        return (self.on or date.min, self.at)

    @property
    def value_count(self) -> int:
        """How many values machines wrote; `turns` of them changed the status of their key result."""
        return sum(line.count for line in self.folded)

    @property
    def is_backdated(self) -> bool:
        """Recorded on another day than the one it speaks of."""
        return self.kind == "check_ins" and self.on is not None and self.at.date() != self.on


@dataclass(frozen=True, slots=True)
class Conversation:
    """One page of entries, latest first. `reactions` are those on anything in it."""

    entries: tuple[Entry, ...]
    show: Show
    page: int
    has_earlier: bool
    reactions: Reactions = field(default_factory=dict)
