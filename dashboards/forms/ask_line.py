"""The line that asks somebody for something: whom, for what, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from checkins.services.ask_input import NewAsk
from common.words import TEXT_LIMIT
from dashboards.forms.check_in_rows import ASK_FIELDS, ReadRow, TypedRow
from dashboards.queries.askable import Found, find_people
from people.models import User


@dataclass(frozen=True, slots=True)
class TypedAsk:
    """The line as typed; `words` is what it falls back to where no words were typed."""

    of: str
    text: str
    by: str
    words: str = ""


def read_ask_line(
    typed: TypedAsk, people: Mapping[str, Found], *, today: date
) -> tuple[NewAsk | None, dict[str, str]]:
    """The ask that is meant, and what is wrong by field (as services call them); one of the two is empty."""
    problems: dict[str, str] = {}
    found = people.get(typed.of) if typed.of.strip() else Found(None, "who could help?")
    found = found or Found(None, f"nobody here is called “{typed.of.strip()}”")
    if found.person is None:
        problems["asked_of"] = found.problem
    text = typed.text.strip() or typed.words.strip()
    if not text:
        problems["text"] = "say in a sentence what would help"
    elif len(text) > TEXT_LIMIT:
        problems["text"] = f"at most {TEXT_LIMIT:,} characters"
    answer_by_on = None
    if typed.by.strip():
        try:
            answer_by_on = date.fromisoformat(typed.by.strip())
        except ValueError:
            problems["answer_by_on"] = "a day, such as 2026-11-24"
    if problems or found.person is None:
        return None, problems
    return NewAsk(found.person, text, answer_by_on), {}


def with_asks(user: User, reads: Mapping[UUID, ReadRow], *, today: date) -> dict[UUID, ReadRow]:
    """The rows of a check-in form with the asks that were typed in them. One statement, none without asks."""
    asking = {pk: read for pk, read in reads.items() if read.typed.asks}
    people = find_people(user, [read.typed.ask_of for read in asking.values()])
    return {**reads, **{pk: _with_ask(read, people, today=today) for pk, read in asking.items()}}


def _with_ask(read: ReadRow, people: Mapping[str, Found], *, today: date) -> ReadRow:
    typed: TypedRow = read.typed
    line = TypedAsk(typed.ask_of, typed.ask_text, typed.ask_by, typed.challenge)
    ask, wrong = read_ask_line(line, people, today=today)
    problems = {**read.problems, **{ASK_FIELDS[f"ask.{name}"]: words for name, words in wrong.items()}}
    to_share = None if problems or read.to_share is None else replace(read.to_share, ask=ask)
    return replace(read, to_share=to_share, problems=problems)
