"""What a new page starts from: the address, the writer's own team, or an earlier objective."""

from __future__ import annotations

from django.http import Http404, HttpRequest, QueryDict

from dashboards.context import current_cycle, today_of
from dashboards.forms.objective_initial import carried_over
from dashboards.forms.objective_typed import TypedKeyResult, TypedLink, TypedObjective
from dashboards.forms.typed_values import as_uuid
from dashboards.queries.objective_choices import ObjectiveChoices, first_cycle, objective_choices
from objectives.models import KeyResult
from objectives.permissions import visible_objectives
from objectives.queries.objective_for_edit import objective_for_edit
from people.models import User
from people.permissions import team_ids_of


def first_words(request: HttpRequest, user: User, choices: ObjectiveChoices) -> TypedObjective:
    """What a new page starts from."""
    query = request.GET
    shown = current_cycle(request)
    wanted = query.get("cycle") or (str(shown.id) if shown is not None else "")
    cycle = first_cycle(choices.cycles.values(), wanted=wanted, today=today_of(request))
    cycle_id = str(cycle.pk) if cycle is not None else ""
    if query.get("carry"):
        return _carried(user, query["carry"], choices, request)
    own = [key for key, team in choices.teams.items() if team.pk in team_ids_of(user)]
    team = query.get("team", "")
    typed = TypedObjective(
        owner=str(user.pk),
        cycle=cycle_id,
        team=team if team in choices.teams else own[0] if len(own) == 1 else "",
        links=[TypedLink(parent=_priority(query, choices))],
        key_results=[TypedKeyResult("k1", owner=str(user.pk))],
    )
    parent = query.get("parent", "")
    if any(one.value == parent for one in (*choices.objectives, *choices.key_results)):
        typed.links.append(TypedLink(parent=parent, kind="supports"))
    return typed


def _carried(user: User, text: str, choices: ObjectiveChoices, request: HttpRequest) -> TypedObjective:
    """An earlier objective once more, in the cycle that follows its own."""
    pk = as_uuid(text)
    row = objective_for_edit(user, pk) if pk is not None else None
    if row is None:
        raise Http404
    objective = visible_objectives(user).select_related("cycle").get(pk=row.id)
    later = [
        one
        for one in choices.cycles.values()
        if one.pk != row.cycle_id
        and one.starts_on
        and (objective.cycle.ends_on is None or one.starts_on > objective.cycle.ends_on)
    ]
    cycle = min(later, key=lambda one: (one.starts_on, one.ends_on), default=None)
    if cycle is None:
        cycle = first_cycle(choices.cycles.values(), wanted="", today=today_of(request))
    values = dict(KeyResult.objects.filter(objective=objective).values_list("pk", "current_value"))
    links = objective_choices(user, objective).links.values()
    open_ends = {*choices.priorities, *(one.value for one in (*choices.objectives, *choices.key_results))}
    kept = [link for link in links if f"{link.parent_type}:{link.parent_id}" in open_ends]
    return carried_over(row, cycle_id=str(cycle.pk) if cycle else "", links=kept, values=values)


def _priority(query: QueryDict, choices: ObjectiveChoices) -> str:
    value = f"priority:{query.get('priority', '')}"
    return value if value in choices.priorities else ""
