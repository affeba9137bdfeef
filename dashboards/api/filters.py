"""Query parameters of the lists of objectives and key results."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from alignment.permissions import visible_priorities
from alignment.rules.kinds import ReconfirmationState
from common.api.parameters import Accepted, Parameter
from common.api.references import require_known
from dashboards.queries.resources.expansions import KEY_RESULT_PARTS, OBJECTIVE_PARTS
from objectives.permissions import visible_cycles, visible_objectives
from objectives.rules.kinds import (
    Freshness,
    KeyResultKind,
    KeyResultState,
    ObjectiveKind,
    ObjectiveState,
    Status,
)
from people.models import User
from people.permissions import visible_people, visible_teams

KNOWN: Mapping[str, Callable[[User], QuerySet[Any]]] = {
    "cycle": visible_cycles,
    "team": visible_teams,
    "owner": visible_people,
    "priority": visible_priorities,
    "objective": visible_objectives,
}
"""Which rows an id in a filter may name."""


def _one_of(name: str, words: type[StrEnum], what: str) -> Parameter:
    return Parameter(name, "choice", f"Only {what}.", [word.value for word in words], many=True)


def _expand(parts: Sequence[str]) -> Parameter:
    return Parameter("expand", "choice", "Send these along.", parts, many=True)


PLACES = (
    Parameter("cycle", "id", "Only in these cycles.", many=True),
    Parameter("team", "id", "Only of these teams.", many=True),
    Parameter("owner", "id", "Only of these owners.", many=True),
    Parameter("priority", "id", "Only linked to these priorities.", many=True),
)
ANY_LIST = (
    _one_of("status", Status, "these statuses"),
    _one_of("freshness", Freshness, "these stages of freshness"),
    Parameter("search", "text", "Words in the text."),
    Parameter("updated_since", "moment", "Only what changed at or after this moment."),
)
OBJECTIVE_LIST = Accepted(
    (
        *PLACES,
        _one_of("state", ObjectiveState, "these states"),
        _one_of("kind", ObjectiveKind, "these kinds"),
        _one_of("reconfirmation", ReconfirmationState, "asked about a changed priority, with these answers"),
        *ANY_LIST,
        _expand(OBJECTIVE_PARTS),
    ),
    has_pages=True,
)
OBJECTIVE = Accepted((_expand(OBJECTIVE_PARTS),))
KEY_RESULTS_OF = (
    _one_of("state", KeyResultState, "these states"),
    _one_of("kind", KeyResultKind, "these kinds"),
    Parameter("due", "flag", "Only those that ask for a check-in today, or only the others."),
    *ANY_LIST,
    _expand(KEY_RESULT_PARTS),
)
KEY_RESULT_LIST = Accepted(
    (*PLACES, Parameter("objective", "id", "Only of these objectives.", many=True), *KEY_RESULTS_OF),
    has_pages=True,
)
OBJECTIVES_KEY_RESULTS = Accepted(KEY_RESULTS_OF, has_pages=True)
KEY_RESULT = Accepted((_expand(KEY_RESULT_PARTS),))


def require_known_filters(user: User, query: Mapping[str, Any]) -> None:
    """InvalidInput `not_found` for an id in a filter that the caller may not know. One query for each filter."""
    for name, rows in KNOWN.items():
        if name in query:
            require_known(rows(user), query[name], name)
