"""What needs me? Asks, decisions and proposals that wait for somebody, and how they answered so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from checkins.models import Ask
from checkins.queries.asks import waiting_asks
from checkins.rules.asks import AnsweredBefore, answered_before, working_days_between
from checkins.rules.kinds import AskState
from dashboards.queries.ask_rows import AskRow, ask_rows
from dashboards.queries.proposals import ProposalRow, proposals_to
from objectives.models import Cycle
from people.models import User

MOST_ROWS = 100
MOST_ANSWERS = 100
ANSWERED = (AskState.ANSWERED, AskState.ANSWERED_IN_PERSON)


@dataclass(frozen=True, slots=True)
class NeedsMe:
    """`rows`: oldest first. `answered`: in the cycle. `is_known`: something was asked once."""

    rows: tuple[AskRow | ProposalRow, ...]
    answered: AnsweredBefore
    is_known: bool

    @property
    def people(self) -> int:
        """How many people wait."""
        return len({row.asked_by if isinstance(row, AskRow) else row.who for row in self.rows})


def needs_me(user: User, cycle: Cycle | None, *, today: date) -> NeedsMe:
    """In two statements; `cycle` is the one whose answers are counted."""
    waits = Q(pk__in=waiting_asks(user).values("pk"))
    ended = Q(asked_of=user, ended_at__isnull=False) | Q(answered_by=user, ended_at__isnull=False)
    in_order = (F("ended_at").desc(nulls_first=True), "created_at", "id")
    found = ask_rows(
        Ask.objects.filter(waits | ended).order_by(*in_order)[: MOST_ROWS + MOST_ANSWERS], today=today
    )
    ages = [
        working_days_between(row.asked_on, row.ended_on, user.working_days)
        for row in found
        if row.ended_on is not None
        and row.state in ANSWERED
        and row.answered_by_id == user.pk
        and _is_in(cycle, row.ended_on)
    ]
    rows: list[AskRow | ProposalRow] = [row for row in found if row.is_waiting]
    rows += proposals_to(user, today=today)
    rows.sort(key=lambda row: row.asked_on)
    return NeedsMe(tuple(rows), answered_before(ages), is_known=bool(rows or found))


def _is_in(cycle: Cycle | None, on: date) -> bool:
    if cycle is None or cycle.starts_on is None or cycle.ends_on is None:
        return True
    return cycle.starts_on <= on <= cycle.ends_on
