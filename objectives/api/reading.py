"""From bodies to what the services take: rows in place of ids, drafts in place of objects."""

from __future__ import annotations

from typing import Any

from common.api.references import all_referred, needed, referred
from objectives.permissions import visible_cycles
from objectives.services.drafts import MilestoneDraft
from people.models import User
from people.permissions import visible_people, visible_teams


def objective_fields(caller: User, body: dict[str, Any]) -> dict[str, Any]:
    """Fields of `create_objective` and `edit_objective`. Raises InvalidInput `not_found`."""
    fields = dict(body)
    if "cycle_id" in fields:
        fields["cycle"] = needed(visible_cycles(caller), fields.pop("cycle_id"), "cycle_id")
    if "team_id" in fields:
        fields["team"] = referred(visible_teams(caller), fields.pop("team_id"), "team_id")
    if "owner_id" in fields:
        fields["owner"] = referred(visible_people(caller), fields.pop("owner_id"), "owner_id")
    if "contributor_ids" in fields:
        keys = list(dict.fromkeys(fields.pop("contributor_ids")))
        fields["contributors"] = all_referred(visible_people(caller), keys, "contributor_ids")
    return fields


def key_result_fields(caller: User, body: dict[str, Any]) -> dict[str, Any]:
    """Fields of `create_key_result` and `edit_key_result`. Raises InvalidInput `not_found`."""
    fields = dict(body)
    if "owner_id" in fields:
        fields["owner"] = referred(visible_people(caller), fields.pop("owner_id"), "owner_id")
    if "milestones" in fields:
        fields["milestones"] = tuple(MilestoneDraft(**step) for step in fields["milestones"])
    if "planned_values" in fields:
        fields["planned_values"] = tuple((point["on"], point["value"]) for point in fields["planned_values"])
    return fields


def cycle_fields(caller: User, body: dict[str, Any]) -> dict[str, Any]:
    """Fields of `create_cycle` and `edit_cycle`. Raises InvalidInput `not_found`."""
    fields = dict(body)
    if "parent_id" in fields:
        fields["parent"] = referred(visible_cycles(caller), fields.pop("parent_id"), "parent_id")
    return fields
