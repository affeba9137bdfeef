"""One typed key result: what it means, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from alignment.services import InitiativeLine, KeyResultLine
from common.errors import FieldProblem
from dashboards.forms.form_problems import FormProblems
from dashboards.forms.objective_typed import TypedKeyResult, TypedPoint
from dashboards.forms.typed_values import NotANumber, as_day, as_number, as_uuid
from dashboards.queries.objective_choices import ObjectiveChoices
from objectives.rules.kinds import InitiativeState, KeyResultKind, ValueSource
from objectives.services import KeyResultDraft, MilestoneDraft
from objectives.services.check_key_result import checked_draft, numbers_of
from people.models import User

ONE = Decimal(1)
PLANNED_KINDS = (
    KeyResultKind.INCREASE,
    KeyResultKind.DECREASE,
    KeyResultKind.PERCENT_DONE,
    KeyResultKind.MILESTONES,
)


@dataclass(slots=True)
class ReadKeyResult:
    """`draft` holds what could be read, also while something is wrong; `places` maps list rows back to the page."""

    typed: TypedKeyResult
    draft: KeyResultDraft
    initiatives: list[InitiativeLine] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)

    @property
    def is_touched(self) -> bool:
        return not self.typed.id or self.typed.digest != self.typed.was

    def as_line(self) -> KeyResultLine:
        """For the service: what nobody touched stays as it is."""
        version = self.typed.version
        return KeyResultLine(
            draft=self.draft if self.is_touched and not self.typed.ended else None,
            id=as_uuid(self.typed.id),
            expected_version=int(version) if version.isdigit() else None,
            initiatives=self.initiatives,
        )


class KeyResultReader:
    """Reads one row; problems go to `problems` under the ids of the page's fields."""

    def __init__(self, row: TypedKeyResult, choices: ObjectiveChoices, problems: FormProblems) -> None:
        self.row, self.choices, self.problems = row, choices, problems
        self.places: dict[str, list[int]] = {}

    def read(self, *, checked_for: User | None = None) -> ReadKeyResult:
        """What the row says. `checked_for`: the writer, when it is about to be saved; then every rule is asked."""
        row = self.row
        kind = self._kind()
        fields: dict[str, Any] = {
            name: self._number(name, getattr(row, name), unit=row.unit) for name in sorted(numbers_of(kind))
        }
        draft = KeyResultDraft(
            title=row.title.strip(),
            kind=kind,
            unit=row.unit.strip(),
            weight=self._number("weight", row.weight, empty=ONE) or Decimal(0),
            owner=self._owner(),
            cadence_days=self._cadence(),
            value_source=self._source(),
            milestones=self._steps() if kind is KeyResultKind.MILESTONES else (),
            planned_values=self._plan(kind),
            **fields,
        )
        read = ReadKeyResult(row, draft, self._work(), self.places)
        if checked_for is not None and read.is_touched and not row.ended:
            self._check(draft, checked_for)
        return read

    def _check(self, draft: KeyResultDraft, user: User) -> None:
        """The service's own rules; whether known steps and people may stay is left to the service itself."""
        steps = tuple(replace(step, id=None) for step in draft.milestones)
        _, found = checked_draft(
            replace(draft, milestones=steps), organisation_id=user.organisation_id, objective_owner=None
        )
        for problem in found:
            if problem.code != "inactive":
                self.problems.add_key_result(self.row.key, problem, self.places)

    def _refuse(self, name: str, message: str, code: str = "") -> None:
        self.problems.add_key_result(self.row.key, FieldProblem(name, code, message), self.places)

    def _kind(self) -> KeyResultKind:
        try:
            return KeyResultKind(self.row.kind)
        except ValueError:
            self._refuse("kind", "there is no such kind of key result")
            return KeyResultKind.PERCENT_DONE

    def _number(
        self, name: str, text: str, *, unit: str = "", empty: Decimal | None = None
    ) -> Decimal | None:
        try:
            value = as_number(text, unit)
        except NotANumber as error:
            self._refuse(name, str(error))
            return None
        return empty if value is None else value

    def _owner(self) -> User | None:
        if not self.row.owner.strip():
            return None
        found = self.choices.find_person(self.row.owner)
        if found is None:
            self._refuse("owner", "there is no such person")
        return found

    def _cadence(self) -> int:
        text = self.row.cadence_days.strip()
        if not (text.isascii() and text.isdigit() and len(text) < 5):
            self._refuse("cadence_days", "a number of days, such as 7")
            return 7
        return int(text)

    def _source(self) -> ValueSource:
        try:
            return ValueSource(self.row.value_source)
        except ValueError:
            self._refuse("value_source", "there is no such source of values")
            return ValueSource.MANUAL

    def _steps(self) -> tuple[MilestoneDraft, ...]:
        kept = [(place, step) for place, step in enumerate(self.row.steps) if not step.is_blank]
        self.places["milestones"] = [place for place, _ in kept]
        return tuple(
            MilestoneDraft(
                title=step.title,
                weight=self._number(f"milestones.{number}.weight", step.weight, empty=ONE) or Decimal(0),
                due_on=self._day(f"milestones.{number}.due_on", step.due_on),
                id=as_uuid(step.id),
            )
            for number, (_, step) in enumerate(kept)
        )

    def _plan(self, kind: KeyResultKind) -> tuple[tuple[date, Decimal], ...]:
        if kind is KeyResultKind.YES_NO:
            done_by = self._day("done_by", self.row.done_by)
            return ((done_by, ONE),) if done_by else ()
        if kind not in PLANNED_KINDS:
            return ()
        kept = [(place, point) for place, point in enumerate(self.row.points) if not point.is_blank]
        self.places["planned_values"] = [place for place, _ in kept]
        points = [self._point(number, point) for number, (_, point) in enumerate(kept)]
        return tuple(sorted(point for point in points if point is not None))

    def _point(self, number: int, point: TypedPoint) -> tuple[date, Decimal] | None:
        on = self._day(f"planned_values.{number}.on", point.on)
        value = self._number(f"planned_values.{number}.value", point.value, unit=self.row.unit)
        if on is None and not point.on.strip():
            self._refuse(f"planned_values.{number}.on", "on which day?")
        if value is None and not point.value.strip():
            self._refuse(f"planned_values.{number}.value", "which value on that day?")
        return (on, value) if on is not None and value is not None else None

    def _day(self, name: str, text: str) -> date | None:
        try:
            return as_day(text)
        except ValueError:
            self._refuse(name, "a day, such as 2027-03-31")
            return None

    def _work(self) -> list[InitiativeLine]:
        kept = [(place, one) for place, one in enumerate(self.row.work) if not one.is_blank]
        self.places["initiatives"] = [place for place, _ in kept]
        lines = []
        for number, (_, one) in enumerate(kept):
            if not one.title.strip() and one.url.strip():
                self._refuse(f"initiatives.{number}.title", "say what will be done", "required")
            state = one.state if one.state in list(InitiativeState) else InitiativeState.PLANNED
            lines.append(
                InitiativeLine(title=one.title, url=one.url, state=InitiativeState(state), id=as_uuid(one.id))
            )
        return lines
