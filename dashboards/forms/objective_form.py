"""The page for writing an objective, read: what it says to the service, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from alignment.rules.kinds import LinkKind
from alignment.services import LinkLine, ObjectiveDraft
from common.errors import FieldProblem, InvalidInput
from dashboards.forms.form_problems import FormProblems
from dashboards.forms.key_result_read import KeyResultReader, ReadKeyResult
from dashboards.forms.objective_typed import TypedLink, TypedObjective
from dashboards.forms.typed_values import NotANumber, as_number, as_uuid
from dashboards.queries.link_choices import find_parent
from dashboards.queries.objective_choices import ObjectiveChoices
from objectives.models import Objective
from objectives.permissions import can_create_objective
from objectives.services import ObjectiveChanges
from objectives.services.check_objective import checked_fields
from people.models import User


@dataclass(slots=True)
class ReadObjective:
    """`draft` is for the service; it is only worth saving while there are no `problems`."""

    typed: TypedObjective
    problems: FormProblems
    rows: list[ReadKeyResult]
    draft: ObjectiveDraft = field(default_factory=ObjectiveDraft)
    link_places: list[int] = field(default_factory=list)

    def refuse(self, error: InvalidInput) -> None:
        """Put what the service found beside the fields that it is about."""
        written = [row for row in self.rows if not row.typed.is_removed]
        for problem in error.problems:
            part, _, rest = problem.field.partition(".")
            place, _, name = rest.partition(".")
            if part == "key_results" and place.isdigit() and int(place) < len(written):
                row = written[int(place)]
                found = FieldProblem(name, problem.code, problem.message)
                self.problems.add_key_result(row.typed.key, found, row.places)
            elif part == "links" and place.isdigit() and int(place) < len(self.link_places):
                found = FieldProblem(name, problem.code, problem.message)
                self.problems.add_link(self.link_places[int(place)], found)
            else:
                self.problems.add_own(problem)


def read_key_results(typed: TypedObjective, choices: ObjectiveChoices) -> list[ReadKeyResult]:
    """What the key results say, as far as it can be read; for the words beside the form. Asks no rules."""
    ignored = FormProblems(typed)
    return [KeyResultReader(row, choices, ignored).read() for row in typed.key_results if not row.is_blank]


def read_objective(
    typed: TypedObjective, choices: ObjectiveChoices, *, by: User, objective: Objective | None = None
) -> ReadObjective:
    """Everything on the page, with every problem that can be found before it is saved."""
    problems = FormProblems(typed)
    read = ReadObjective(typed, problems, [])
    fields = _own_fields(typed, choices, problems, by=by, objective=objective)
    removed: dict[UUID, int | None] = {}
    links = _links(read, choices, by=by)
    for row in typed.key_results:
        if row.is_removed:
            pk = as_uuid(row.id)
            if pk is not None and not row.ended:
                removed[pk] = int(row.version) if row.version.isdigit() else None
        elif not row.is_blank:
            read.rows.append(KeyResultReader(row, choices, problems).read(checked_for=by))
    read.draft = ObjectiveDraft(
        fields=fields,
        key_results=[row.as_line() for row in read.rows],
        removed_key_results=removed,
        links=links,
        removed_links=_removed_links(typed, choices),
    )
    return read


def _own_fields(
    typed: TypedObjective,
    choices: ObjectiveChoices,
    problems: FormProblems,
    *,
    by: User,
    objective: Objective | None,
) -> ObjectiveChanges:
    """The objective's own fields; none when nobody touched them."""
    if objective is not None and typed.digest == typed.was:
        return {}
    given: dict[str, object] = {
        "title": typed.title,
        "why": typed.why,
        "kind": typed.kind,
        "visibility": typed.visibility,
        "counts_when_private": typed.counts_when_private,
        "keeps_us_running": typed.keeps_us_running,
        "team": choices.teams.get(typed.team),
        "owner": choices.find_person(typed.owner) if typed.owner.strip() else None,
        "cycle": choices.cycles.get(typed.cycle),
    }
    for name, thing in (("team", "team"), ("owner", "person"), ("cycle", "cycle")):
        if getattr(typed, name).strip() and given[name] is None:
            problems.add_own(FieldProblem(name, "not_found", f"there is no such {thing}"))
    people: list[User] = []
    for text in typed.contributors:
        person = choices.find_person(text)
        if person is None:
            problems.add_own(FieldProblem("contributors", "not_found", "there is no such person"))
        else:
            people.append(person)
    fields, found = checked_fields(
        {**given, "contributors": people}, organisation_id=by.organisation_id, before=objective
    )
    for problem in found:
        problems.add_own(problem)
    if objective is None and not problems:
        _require_may_create(fields, problems, by)
        _stay_on_it(fields, by)
    return ObjectiveChanges(**fields)  # type: ignore[typeddict-item]


def _require_may_create(fields: dict[str, object], problems: FormProblems, by: User) -> None:
    if not can_create_objective(by, team=fields["team"], owner=fields["owner"]):  # type: ignore[arg-type]
        words = "Objectives are written for yourself or for a team that you belong to."
        problems.add_own(FieldProblem("team", "not_allowed", words))


def _stay_on_it(fields: dict[str, object], by: User) -> None:
    """Whoever writes an objective for somebody else works on it, or could not finish the draft."""
    team, people = fields["team"], list(fields["contributors"])  # type: ignore[call-overload]
    leads = getattr(team, "lead_id", None) == by.pk
    if not (by.is_administrator or leads or fields["owner"] == by or by in people):
        fields["contributors"] = [*people, by]


def _links(read: ReadObjective, choices: ObjectiveChoices, *, by: User) -> list[LinkLine]:
    """Links to be written; those that nobody touched are left alone."""
    lines: list[LinkLine] = []
    for place, link in enumerate(read.typed.links):
        if not link.parent or (link.id and link.digest == link.was):
            continue
        parent = find_parent(by, link.parent)
        if parent is None:
            read.problems.add_link(
                place, FieldProblem("parent", "not_found", "there is nothing like that to help")
            )
            continue
        if link.kind and link.kind not in list(LinkKind):
            read.problems.add_link(place, FieldProblem("kind", "unknown", "choose how it helps"))
            continue
        lines.append(
            LinkLine(
                parent=parent,
                kind=LinkKind(link.kind) if link.kind else None,
                weight=_weight(read, place, link),
                reason=link.reason,
                id=as_uuid(link.id) if link.id in choices.links else None,
            )
        )
        read.link_places.append(place)
    return lines


def _weight(read: ReadObjective, place: int, link: TypedLink) -> Decimal:
    try:
        weight = as_number(link.weight)
    except NotANumber as error:
        read.problems.add_link(place, FieldProblem("weight", "not_a_number", str(error)))
        return Decimal(1)
    return Decimal(1) if weight is None else weight


def _removed_links(typed: TypedObjective, choices: ObjectiveChoices) -> list[UUID]:
    gone = (link.id for link in typed.links if link.id in choices.links and not link.parent)
    return [pk for one in gone if (pk := as_uuid(one)) is not None]
