"""One person's rows, as the planner and the sender keep them in the database, run through by the pure rules alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from notices.rules.plan import plan_check_in, turn_of
from notices.rules.rhythm import period_of
from notices.rules.schedule import Schedule
from notices.rules.sending import Verdict, carried_to, verdict_on_day_message
from notices.rules.working_days import Away
from notices.rules.zones import local_day

PERSON = UUID(int=7)


@dataclass
class Row:
    """A message of a day; `until` ends the period of what it carries."""

    due_at: datetime
    until: date
    is_open: bool = True


@dataclass
class InboxOfOne:
    """`is_due(day)` says whether something is due; `sent` holds (local day, moment, schedule) of every message."""

    schedule: Schedule
    is_due: Callable[[date], bool]
    absences: tuple[Away, ...] = ()
    paused_until: datetime | None = None
    told: dict[str, date] = field(default_factory=dict)
    days: dict[date, Row] = field(default_factory=dict)
    sent: list[tuple[date, datetime, Schedule]] = field(default_factory=list)

    def tick(self, at: datetime) -> None:
        """One turn of the planner, then one of the sender."""
        self._plan(at)
        for on, row in list(self.days.items()):
            if row.is_open and row.due_at <= at:
                self._send(on, row, at)

    def _plan(self, at: datetime) -> None:
        turn = turn_of(self.schedule, at)
        if turn is None or not self.is_due(turn.day):
            return
        row = self.days.get(turn.day)
        if row is not None and not row.is_open:
            return
        planned = plan_check_in(
            self.schedule,
            turn,
            person_id=PERSON,
            at=at,
            told=self.told,
            absences=self.absences,
            paused_until=self.paused_until,
        )
        if planned is not None:
            self.told[planned.key] = planned.on
            self.days.setdefault(planned.on, Row(planned.due_at, turn.period.ends_on))

    def _send(self, on: date, row: Row, at: datetime) -> None:
        times = {"at": at, "absences": self.absences, "paused_until": self.paused_until}
        verdict = verdict_on_day_message(self.schedule, on=on, **times)
        if verdict is Verdict.WAIT:
            row.due_at = max(self.schedule.message_at(on), at + timedelta(minutes=1))
            return
        row.is_open = False
        today = local_day(at, self.schedule.zone)
        if verdict is Verdict.SEND:
            if self.is_due(today):
                self.sent.append((today, at, self.schedule))
            return
        today_row = self.days.get(today)
        is_today_open = today != on and (today_row is None or today_row.is_open)
        found = carried_to(
            self.schedule, person_id=PERSON, until=row.until, is_today_open=is_today_open, **times
        )
        if found is not None:
            for key, day in self.told.items():
                if day == on:
                    self.told[key] = found[0]
            self.days.setdefault(found[0], Row(found[1], row.until))

    def periods(self) -> list[str]:
        """The period of every message, as it was when it was sent."""
        return [period_of(day, schedule.rhythm).key for day, _, schedule in self.sent]
