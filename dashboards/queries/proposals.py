"""What teams propose to a person: new aims, objectives to agree to, dependencies, and suggested wordings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from alignment.models import AlignmentLink
from alignment.permissions import visible_links
from alignment.rules.kinds import LinkKind, LinkState, PriorityState
from checkins.rules.asks import is_long, working_days_between
from common.days import day_in
from objectives.models import Recalibration, Suggestion
from objectives.permissions import visible_objectives
from objectives.rules.kinds import ObjectiveState, RecalibrationState, SuggestionState
from people.models import User

MOST_ROWS = 100
COLUMNS = ("kind", "row_id", "objective_id", "objective_title", "about", "text", "before", "who", "at")


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One thing that waits for this person's word. `kind`: aim, proposed, dependency, offer or suggestion.

    about   the key result, or what is depended on; "" for the objective itself
    text    the reason, or the suggested words; `before` the words that stand now
    age     working days of this person since it came
    """

    kind: str
    id: UUID
    objective_id: UUID
    objective_title: str
    about: str
    text: str
    before: str
    who: str
    asked_on: date
    age: int

    @property
    def is_long(self) -> bool:
        """Waits longer than five working days."""
        return is_long(self.age)

    @property
    def age_words(self) -> str:
        """ "4 working days"; "today" on the first day."""
        return "today" if not self.age else f"{self.age} working day{'' if self.age == 1 else 's'}"


def proposals_to(user: User, *, today: date) -> tuple[ProposalRow, ...]:
    """Oldest first, at most MOST_ROWS; only what the person may see. One statement."""
    parts = (_aims(user), _objectives(user), _dependencies(user), _suggestions(user))
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in parts[0].union(*parts[1:], all=True)]
    rows.sort(key=lambda row: (row["at"], str(row["row_id"])))
    zone = user.organisation.time_zone
    return tuple(_row(row, user, zone, today) for row in rows[:MOST_ROWS])


def _row(row: dict[str, Any], user: User, zone: str, today: date) -> ProposalRow:
    at: datetime = row["at"]
    asked_on = day_in(zone, at)
    return ProposalRow(
        kind=row["kind"],
        id=row["row_id"],
        objective_id=row["objective_id"],
        objective_title=row["objective_title"],
        about=row["about"] or "",
        text=row["text"] or "",
        before=row["before"] or "",
        who=row["who"] or "",
        asked_on=asked_on,
        age=working_days_between(asked_on, today, user.working_days),
    )


def _columns(rows: QuerySet[Any], kind: Any, **columns: Any) -> QuerySet[Any, Any]:
    named = {"c_kind": Cast(kind, CharField()), "c_about": Value(""), "c_before": Value("")}
    given = {**named, **{f"c_{name}": value for name, value in columns.items()}}
    texts = ("about", "text", "before", "objective_title", "who")
    for name in texts:
        given[f"c_{name}"] = Cast(given[f"c_{name}"], TextField())
    return rows.order_by().annotate(**given).values_list(*[f"c_{name}" for name in COLUMNS])


def _aims(user: User) -> QuerySet[Any, Any]:
    rows = Recalibration.objects.filter(
        state=RecalibrationState.PROPOSED,
        asked_of=user,
        key_result__deleted_at__isnull=True,
        key_result__objective__in=visible_objectives(user),
    )
    return _columns(
        rows,
        Value("aim"),
        row_id=F("pk"),
        objective_id=F("key_result__objective_id"),
        objective_title=F("key_result__objective__title"),
        about=F("key_result__title"),
        text=F("reason"),
        who=F("by__name"),
        at=F("at"),
    )


def _objectives(user: User) -> QuerySet[Any, Any]:
    """Those that lead to a priority of theirs; others who may agree find them by their notice."""
    theirs = AlignmentLink.objects.filter(
        Q(priority__sponsor=user) | Q(priority__sponsor__isnull=True, priority__owner=user),
        priority__state=PriorityState.ACTIVE,
    ).exclude(kind=LinkKind.DEPENDS_ON)
    rows = (
        visible_objectives(user)
        .filter(state=ObjectiveState.PROPOSED, pk__in=theirs.values("child_id"))
        .exclude(owner=user)
    )
    return _columns(
        rows,
        Value("proposed"),
        row_id=F("pk"),
        objective_id=F("pk"),
        objective_title=F("title"),
        text=F("why"),
        who=Coalesce(F("owner__name"), F("team__name")),
        at=F("updated_at"),
    )


def _dependencies(user: User) -> QuerySet[Any, Any]:
    asked = Q(state=LinkState.REQUESTED) & (
        Q(priority__owner=user)
        | Q(objective__owner=user)
        | Q(key_result__owner=user)
        | Q(key_result__owner__isnull=True, key_result__objective__owner=user)
    )
    offered = Q(state=LinkState.RENEGOTIATED, child__owner=user)
    rows = visible_links(user).filter(asked | offered, kind=LinkKind.DEPENDS_ON)
    return _columns(
        rows,
        F("state"),
        row_id=F("pk"),
        objective_id=F("child_id"),
        objective_title=F("child__title"),
        about=Coalesce(F("priority__title"), F("objective__title"), F("key_result__title")),
        text=F("reason"),
        who=F("child__owner__name"),
        at=F("updated_at"),
    )


def _suggestions(user: User) -> QuerySet[Any, Any]:
    theirs = Q(objective__owner=user) | Q(objective__owner__isnull=True, objective__team__lead=user)
    rows = Suggestion.objects.filter(
        theirs,
        Q(key_result__isnull=True) | Q(key_result__deleted_at__isnull=True),
        state=SuggestionState.OPEN,
        objective__in=visible_objectives(user),
    ).exclude(by=user)
    return _columns(
        rows,
        Value("suggestion"),
        row_id=F("pk"),
        objective_id=F("objective_id"),
        objective_title=F("objective__title"),
        about=F("key_result__title"),
        text=F("after"),
        before=F("before"),
        who=F("by__name"),
        at=F("created_at"),
    )
