"""Whether what a row points to may be pointed to: same organisation, still there, still at work."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Model

from common.errors import FieldProblem
from objectives.models import Cycle
from people.models import Team, User


def not_found(field: str, thing: str) -> FieldProblem:
    """The same words for what does not exist and for what belongs to somebody else."""
    return FieldProblem(field, "not_found", f"there is no such {thing}")


def check_person(
    person: User | None,
    *,
    field: str,
    organisation_id: UUID,
    problems: list[FieldProblem],
    before: frozenset[UUID] = frozenset(),
) -> None:
    """A person of the organisation; a deactivated one may stay (`before`: ids there now), not come."""
    if person is None:
        return
    if person.organisation_id != organisation_id or person.merged_into_id is not None:
        problems.append(not_found(field, "person"))
    elif not person.is_active and person.pk not in before:
        problems.append(
            FieldProblem(field, "inactive", f"{person.name} is deactivated and cannot be chosen anew")
        )


def check_team(
    team: Team | None,
    *,
    organisation_id: UUID,
    problems: list[FieldProblem],
    before_id: UUID | None = None,
) -> None:
    """A team of the organisation; an archived one may stay, not come."""
    if team is None:
        return
    if team.organisation_id != organisation_id:
        problems.append(not_found("team", "team"))
    elif team.archived_at is not None and team.pk != before_id:
        problems.append(FieldProblem("team", "archived", f"{team.name} is archived"))


def fresh_cycle(
    cycle: Cycle | None, *, organisation_id: UUID, problems: list[FieldProblem], field: str = "cycle"
) -> Cycle | None:
    """The cycle as it is now, of the organisation; None (and a problem, unless None was given) otherwise."""
    if cycle is None:
        return None
    row = Cycle.objects.filter(pk=cycle.pk, organisation_id=organisation_id).first()
    if row is None:
        problems.append(not_found(field, "cycle"))
    return row


def clean_external_id(
    external_id: str | None,
    *,
    model: type[Model],
    organisation_id: UUID,
    problems: list[FieldProblem],
    field: str = "external_id",
    own_id: UUID | None = None,
) -> str | None:
    """The id that another system uses, once in an organisation; "" becomes None. Deleted rows keep theirs."""
    text = (external_id or "").strip()
    if not text:
        return None
    if len(text) > 400 or "\x00" in text:
        problems.append(FieldProblem(field, "too_long", "at most 400 characters"))
        return text
    everything = getattr(model, "everything", model._default_manager)
    taken = everything.filter(organisation_id=organisation_id, external_id=text)
    if taken.exclude(pk=own_id).exists():
        problems.append(FieldProblem(field, "taken", "something else already has this external id"))
    return text
