"""Who calls, and what waits for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from checkins.queries.asks import waiting_asks
from common.plain import plain_moment
from dashboards.queries.resources.key_result_resource import due_condition
from objectives.permissions import visible_key_results
from people.models import ApiToken, User
from people.queries.person_resource import read_person


def own_account(user: User, token: ApiToken | None, *, today: date) -> dict[str, Any]:
    """The caller with organisation, teams, key results that are due, and the token's powers. Five queries."""
    person = read_person(user, user.pk) or {}
    due = visible_key_results(user).filter(due_condition(today), owner=user).order_by("next_due_on", "id")
    organisation = user.organisation
    return {
        "id": user.pk,
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "time_zone": user.time_zone or organisation.time_zone,
        "organisation": {
            "id": organisation.pk,
            "name": organisation.name,
            "time_zone": organisation.time_zone,
        },
        "today": today,
        "teams": person.get("teams", []),
        "due": list(due.values("id", "title", "objective_id", "next_due_on")),
        "waiting_asks": waiting_asks(user).count(),
        "token": None if token is None else _token(token),
    }


def _token(token: ApiToken) -> dict[str, Any]:
    return {
        "name": token.name,
        "scopes": token.scopes,
        "is_service": token.is_service,
        "expires_at": plain_moment(token.expires_at),
    }
