"""Everything that is wrong with what somebody wants an objective to be, found at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from common.errors import FieldProblem
from common.words import TEXT_LIMIT, TITLE_LIMIT, clean_words
from objectives.models import Objective
from objectives.rules.kinds import ObjectiveKind, Visibility
from objectives.services.placing import check_person, check_team, clean_external_id, fresh_cycle
from people.models import Organisation

NO_TITLE = "say what should be different"


def checked_fields(
    fields: dict[str, Any], *, organisation_id: UUID, before: Objective | None = None
) -> tuple[dict[str, Any], list[FieldProblem]]:
    """`fields` (names of `create_objective`) made ready to be saved, and what keeps them from being saved.

    `before` is the objective that an edit changes: who and what it has already may stay.
    """
    ready = dict(fields)
    problems: list[FieldProblem] = []
    _check_texts(ready, problems)
    _check_choices(ready, problems, organisation_id, before)
    if "owner" in ready:
        there = frozenset({before.owner_id} if before is not None and before.owner_id else ())
        check_person(
            ready["owner"], field="owner", organisation_id=organisation_id, problems=problems, before=there
        )
        if any(problem.field == "owner" for problem in problems):
            ready["owner"] = None
    if "contributors" in ready:
        ready["contributors"] = list(dict.fromkeys(ready["contributors"]))
        there = (
            frozenset(before.contributors.values_list("pk", flat=True)) if before is not None else frozenset()
        )
        for person in ready["contributors"]:
            check_person(
                person,
                field="contributors",
                organisation_id=organisation_id,
                problems=problems,
                before=there,
            )
    if "team" in ready:
        check_team(
            ready["team"],
            organisation_id=organisation_id,
            problems=problems,
            before_id=before.team_id if before is not None else None,
        )
    if "cycle" in ready:
        ready["cycle"] = _checked_cycle(ready["cycle"], organisation_id, problems)
    if "external_id" in ready:
        ready["external_id"] = clean_external_id(
            ready["external_id"],
            model=Objective,
            organisation_id=organisation_id,
            problems=problems,
            own_id=before.pk if before is not None else None,
        )
    return ready, problems


def _check_texts(ready: dict[str, Any], problems: list[FieldProblem]) -> None:
    if "title" in ready:
        ready["title"] = clean_words(
            ready["title"], field="title", problems=problems, limit=TITLE_LIMIT, needed=NO_TITLE
        )
    if "why" in ready:
        ready["why"] = clean_words(ready["why"], field="why", problems=problems, limit=TEXT_LIMIT)
    if "keeps_us_running" in ready:
        needed = "say why it keeps us running" if ready["keeps_us_running"] else ""
        ready["keeps_us_running"] = clean_words(
            ready["keeps_us_running"],
            field="keeps_us_running",
            problems=problems,
            limit=TEXT_LIMIT,
            needed=needed,
        )


def _check_choices(
    ready: dict[str, Any], problems: list[FieldProblem], organisation_id: UUID, before: Objective | None
) -> None:
    for field, words in (("kind", ObjectiveKind), ("visibility", Visibility)):
        if field in ready:
            try:
                ready[field] = words(ready[field])
            except ValueError:
                problems.append(FieldProblem(field, "unknown", f"there is no such {field}"))
    is_new = before is None or before.visibility != Visibility.PRIVATE
    if ready.get("visibility") is Visibility.PRIVATE and is_new:
        organisation = Organisation.objects.get(pk=organisation_id)
        if not organisation.allows_private:
            problems.append(
                FieldProblem(
                    "visibility", "not_offered", f"{organisation.name} does not use private objectives"
                )
            )


def _checked_cycle(cycle: Any, organisation_id: UUID, problems: list[FieldProblem]) -> Any:
    if cycle is None:
        problems.append(FieldProblem("cycle", "required", "choose a cycle"))
        return None
    return fresh_cycle(cycle, organisation_id=organisation_id, problems=problems)
