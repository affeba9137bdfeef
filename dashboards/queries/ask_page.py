"""One ask with what happened to it, and the asks around an objective."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from checkins.models import Ask, AskStep
from checkins.permissions import visible_asks
from checkins.rules.kinds import AskState
from dashboards.queries.ask_rows import AskRow, ask_rows
from objectives.models import KeyResult, Objective
from people.models import User

MOST_ASKS = 30


@dataclass(frozen=True, slots=True)
class StepRow:
    """`by` is "" for what happened by itself, as when a stand-in takes over."""

    action: str
    by: str
    to: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AskPage:
    row: AskRow
    steps: tuple[StepRow, ...]


def find_ask(user: User, ask_id: UUID) -> Ask | None:
    """The ask, if the person may know of it."""
    return visible_asks(user).select_related("objective", "key_result").filter(pk=ask_id).first()


def ask_page(ask: Ask, *, today: date) -> AskPage:
    """Two statements; `ask` is visible to the reader."""
    [row] = ask_rows(Ask.objects.filter(pk=ask.pk), today=today)
    steps = AskStep.objects.filter(ask=ask).select_related("by", "to").order_by("at", "id")
    return AskPage(
        row,
        tuple(
            StepRow(
                step.action,
                step.by.name if step.by else "",
                step.to.name if step.to else "",
                step.words,
                step.at,
            )
            for step in steps
        ),
    )


def waiting_about(objective: Objective, *, today: date) -> tuple[AskRow, ...]:
    """Asks that wait, about an objective that the reader sees and its key results; oldest first. One statement."""
    rows = Ask.objects.waiting().filter(objective=objective)
    return ask_rows(rows.order_by("created_at", "id")[:MOST_ASKS], today=today)


def asked_about(key_result: KeyResult, *, today: date) -> tuple[AskRow, ...]:
    """Asks about a key result that the reader sees, the newest first, withdrawn ones left out. One statement."""
    rows = Ask.objects.filter(key_result=key_result).exclude(state=AskState.WITHDRAWN)
    return ask_rows(rows.order_by("-created_at", "-id")[:MOST_ASKS], today=today)
