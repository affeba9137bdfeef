"""What needs me? Asks and decisions that wait for somebody, and how they answered so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from checkins.models import Ask
from checkins.queries.asks import waiting_asks
from checkins.rules.asks import AnsweredBefore, answered_before, working_days_between
from checkins.rules.kinds import AskState
from common.days import day_in
from dashboards.queries.ask_rows import AskRow, ask_rows
from objectives.models import Cycle
from people.models import User

MOST_ROWS = 100
MOST_ANSWERS = 300
ANSWERED = (AskState.ANSWERED, AskState.ANSWERED_IN_PERSON)


@dataclass(frozen=True, slots=True)
class NeedsMe:
    """`rows`: oldest first, at most MOST_ROWS. `answered`: in the cycle. `is_known`: something was asked once."""

    rows: tuple[AskRow, ...]
    answered: AnsweredBefore
    is_known: bool

    @property
    def people(self) -> int:
        """How many people wait."""
        return len({row.asked_by_id for row in self.rows})


def needs_me(user: User, cycle: Cycle | None, *, today: date) -> NeedsMe:
    """In two statements; `cycle` is the one whose answers are counted."""
    rows = ask_rows(waiting_asks(user).order_by("created_at", "id")[:MOST_ROWS], today=today)
    ended = list(
        Ask.objects.filter(Q(asked_of=user) | Q(answered_by=user), ended_at__isnull=False)
        .order_by("-ended_at", "-id")
        .values_list("state", "answered_by_id", "created_at", "ended_at", "organisation__time_zone")[
            :MOST_ANSWERS
        ]
    )
    ages = []
    for state, answered_by, created_at, ended_at, zone in ended:
        assert ended_at is not None
        on = day_in(zone, ended_at)
        if state in ANSWERED and answered_by == user.pk and _is_in(cycle, on):
            ages.append(working_days_between(day_in(zone, created_at), on, user.working_days))
    return NeedsMe(rows, answered_before(ages), is_known=bool(rows or ended))


def _is_in(cycle: Cycle | None, on: date) -> bool:
    if cycle is None or cycle.starts_on is None or cycle.ends_on is None:
        return True
    return cycle.starts_on <= on <= cycle.ends_on
