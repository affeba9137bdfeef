"""The rows of a check-in form: what was typed, kept as typed, and what it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import formats

from checkins.rules.notes import NotePrompt
from checkins.services.share_check_ins import RowToShare
from common.errors import FieldProblem
from common.typed_numbers import NotANumber, read_number
from common.words import TEXT_LIMIT, clean_words
from dashboards.queries.check_in_rows import CheckInRow
from dashboards.queries.note_prompts import Said, prompt_for
from objectives.rules.measures import check_value
from people.models import User

WORDS = ("note", "win", "challenge", "next_step")
NEEDS_WORDS = "a sentence, or tick “no words today”"
ASK_FIELDS = {"ask.asked_of": "ask_of", "ask.text": "ask_text", "ask.answer_by_on": "ask_by"}
"""What the service calls the fields of the line that asks somebody."""


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One row as typed. `steps` are the ticked milestones, None where the row has none; `thank` ids of ticked people."""

    value: str = ""
    confidence: str = ""
    note: str = ""
    win: str = ""
    challenge: str = ""
    next_step: str = ""
    next_step_due_on: str = ""
    observed_on: str = ""
    ask_of: str = ""
    ask_text: str = ""
    ask_by: str = ""
    thank: tuple[str, ...] = ()
    thank_names: str = ""
    no_words: bool = False
    steps: tuple[str, ...] | None = None

    def as_draft(self) -> dict[str, Any]:
        """JSON for the draft; empty fields are left out."""
        kept = {name: value for name, value in asdict(self).items() if value not in ("", False, None)}
        return {name: value for name, value in kept.items() if name != "thank" or value}

    @classmethod
    def from_draft(cls, kept: Mapping[str, Any]) -> TypedRow:
        """What a draft holds; fields it does not know stay empty."""
        texts = {name: str(kept.get(name, "")) for name in _TEXTS}
        steps, thank = kept.get("steps"), kept.get("thank")
        return cls(
            **texts,
            thank=tuple(map(str, thank)) if isinstance(thank, list | tuple) else (),
            no_words=bool(kept.get("no_words")),
            steps=tuple(map(str, steps)) if isinstance(steps, list | tuple) else None,
        )

    @property
    def has_words(self) -> bool:
        return any(getattr(self, name).strip() for name in (*WORDS, "ask_text"))

    @property
    def asks(self) -> bool:
        """Whether somebody is asked for something; a day alone, which is proposed, asks nobody."""
        return bool(self.ask_of.strip() or self.ask_text.strip())

    @property
    def thanks(self) -> bool:
        """Whether somebody is thanked."""
        return bool(self.thank or self.thank_names.strip())


_STEPS = frozenset(str(step) for step in range(1, 11))
_TEXTS = (
    "value",
    "confidence",
    "note",
    "win",
    "challenge",
    "next_step",
    "next_step_due_on",
    "observed_on",
    "ask_of",
    "ask_text",
    "ask_by",
    "thank_names",
)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What a typed row means. `to_share` is there when nothing is wrong; `prompt` as soon as there is a number;
    `thanked` are the people that its thanks go to."""

    row: CheckInRow
    typed: TypedRow
    to_share: RowToShare | None = None
    prompt: NotePrompt | None = None
    problems: dict[str, str] = field(default_factory=dict)
    change: Decimal | None = None
    thanked: tuple[User, ...] = ()

    @property
    def is_touched(self) -> bool:
        return is_touched(self.row, self.typed)


def posted_ids(posted: QueryDict) -> list[UUID]:
    """The key results that a form was rendered for."""
    ids: list[UUID] = []
    for text in posted.getlist("row"):
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return ids


def typed_row(posted: QueryDict, row: CheckInRow) -> TypedRow:
    """What was typed in one row of a posted form."""
    texts = {name: posted.get(f"{row.id}-{name}", "").replace("\r\n", "\n") for name in _TEXTS}
    if not texts["ask_of"].strip() and not texts["ask_text"].strip():
        texts["ask_by"] = ""
    steps = tuple(posted.getlist(f"{row.id}-steps")) if row.shape == "milestones" else None
    thank = tuple(posted.getlist(f"{row.id}-thank"))
    return TypedRow(**texts, thank=thank, no_words=bool(posted.get(f"{row.id}-no_words")), steps=steps)


def is_touched(row: CheckInRow, typed: TypedRow) -> bool:
    """Whether somebody said anything; untouched rows are not shared."""
    if typed.has_words or typed.asks or typed.thanks or typed.confidence:
        return True
    if row.shape == "milestones":
        return typed.steps is not None and frozenset(typed.steps) != row.done_step_ids
    if row.shape == "yes_no":
        return typed.value in ("0", "1") and (typed.value == "1") != row.is_done
    return bool(typed.value.strip()) or bool(typed.observed_on.strip())


def read_row(row: CheckInRow, typed: TypedRow, *, today: date, at: datetime) -> ReadRow:
    """What the typed row means and what is wrong with it, with numbers read in the reader's locale."""
    problems: dict[str, str] = {}
    value = _value(row, typed, problems)
    confidence = _confidence(typed, problems)
    observed_on = _day(typed.observed_on, "observed_on", problems) or today
    due_on = _day(typed.next_step_due_on, "next_step_due_on", problems)
    if due_on is not None and due_on < today:
        problems["next_step_due_on"] = f"{formats.date_format(due_on, 'j M')} has passed"
    words = _words(typed, problems)
    steps = _steps(row, typed, problems)
    prompt = None
    has_number = value is not None or steps is not None or row.shape == "fixed"
    if has_number and "observed_on" not in problems:
        said = Said(value, confidence, observed_on, None if steps is None else frozenset(map(str, steps)))
        prompt = prompt_for(row.grounds, said, at=at, today=today)
    if prompt is not None and prompt.is_required and not typed.has_words and not typed.no_words:
        problems.setdefault("note", NEEDS_WORDS)
    if typed.next_step_due_on.strip() and not words["next_step"]:
        problems.setdefault("next_step", "what happens by then?")
    change = value - row.current_value if value is not None and row.current_value is not None else None
    if problems:
        return ReadRow(row, typed, None, prompt, problems, change)
    to_share = RowToShare(
        key_result_id=row.id,
        value=value,
        confidence=confidence,
        next_step_due_on=due_on,
        observed_on=observed_on if typed.observed_on.strip() else None,
        milestones_done=steps,
        note=words["note"],
        win=words["win"],
        challenge=words["challenge"],
        next_step=words["next_step"],
    )
    return ReadRow(row, typed, to_share, prompt, problems, change)


def refused(read: ReadRow, found: Iterable[FieldProblem]) -> ReadRow:
    """The same row with what the service said about it."""
    problems = {**read.problems, **{ASK_FIELDS.get(one.field, one.field): one.message for one in found}}
    return ReadRow(read.row, read.typed, None, read.prompt, problems, read.change)


def _value(row: CheckInRow, typed: TypedRow, problems: dict[str, str]) -> Decimal | None:
    if row.shape in ("milestones", "fixed"):
        return None
    if row.shape == "yes_no":
        return Decimal(1) if typed.value == "1" or (not typed.value and row.is_done) else Decimal(0)
    try:
        value = read_number(
            typed.value,
            decimal=formats.get_format("DECIMAL_SEPARATOR"),
            grouping=formats.get_format("THOUSAND_SEPARATOR"),
            unit=row.unit,
        )
    except NotANumber as error:
        problems["value"] = str(error)
        return None
    if value is None:
        problems["value"] = "a number, please"
        return None
    wrong = check_value(row.grounds.around.measure, value)
    if wrong:
        problems["value"] = wrong[0].message
        return None
    return value


def _confidence(typed: TypedRow, problems: dict[str, str]) -> int | None:
    if not typed.confidence:
        problems["confidence"] = "say how likely it is, from 1 to 10"
        return None
    chosen = chosen_step(typed.confidence)
    if chosen is None:
        problems["confidence"] = "confidence goes from 1 to 10"
    return chosen


def chosen_step(text: str) -> int | None:
    """The step of the ladder, 1 to 10; None for anything else."""
    return int(text) if text in _STEPS else None


def _day(text: str, name: str, problems: dict[str, str]) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        problems[name] = "a day, such as 2026-11-19"
        return None


def _steps(row: CheckInRow, typed: TypedRow, problems: dict[str, str]) -> tuple[UUID, ...] | None:
    if row.shape != "milestones":
        return None
    known = {str(step.id): step.id for step in row.steps}
    ticked = typed.steps if typed.steps is not None else tuple(row.done_step_ids)
    if not set(ticked) <= set(known):
        problems["steps"] = "one of these steps was taken out meanwhile; look at the list again"
        return None
    return tuple(known[step] for step in ticked)


def _words(typed: TypedRow, problems: dict[str, str]) -> dict[str, str]:
    found: list[FieldProblem] = []
    words = {
        name: clean_words(getattr(typed, name), field=name, problems=found, limit=TEXT_LIMIT)
        for name in WORDS
    }
    problems.update({one.field: one.message for one in found})
    return words
