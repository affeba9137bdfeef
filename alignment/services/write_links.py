"""Say where an objective leads, change it, take it back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import transaction

from activity.services import record_event
from alignment.models import AlignmentLink, StrategicPriority
from alignment.rules.kinds import LinkKind, default_kind, first_state
from alignment.services.answer_dependency import tell_request
from alignment.services.link_ends import Parent, fresh_parent, locked_link, parent_ids, parent_type_of
from alignment.services.numbers_after_change import roll_up_after_change
from alignment.services.refuse_loop import refuse_loop
from common.errors import FieldProblem, InvalidInput, RuleConflict
from common.words import TEXT_LIMIT, clean_words
from objectives.models import Objective
from objectives.services.changes import differences, json_value, refuse_unknown
from objectives.services.check_key_result import check_weight_fits
from objectives.services.locked_rows import locked_objective, require_running
from people.models import User


class LinkChanges(TypedDict, total=False):
    """The fields that an edit may name. `reason` says in a sentence how the child helps."""

    kind: LinkKind
    weight: Decimal
    reason: str


@transaction.atomic
def create_link(
    *,
    child: Objective,
    parent: Parent,
    by: User,
    at: datetime,
    kind: LinkKind | None = None,
    weight: Decimal | int = 1,
    reason: str = "",
) -> AlignmentLink:
    """Link an objective to a priority, an objective or a key result; everything above is rolled up at once.

    Without `kind` a link to a priority contributes, any other supports. A dependency starts as a request.
    Raises NotAllowed (who may not edit the child), InvalidInput (the parent is not there for `by`; weight),
    RuleConflict (linked already, an end is closed, or the link would close a loop: the path is named).
    """
    child = locked_objective(child, by=by)
    require_running(child)
    parent = fresh_parent(parent, by=by)
    parent_type = parent_type_of(parent)
    fields = _checked(
        {"kind": kind or default_kind(parent_type), "weight": Decimal(weight), "reason": reason}
    )
    if AlignmentLink.objects.filter(child=child, **{parent_type.value: parent}).exists():
        raise RuleConflict(f"“{child.title}” is linked to “{parent.title}” already.", code="linked_already")
    if not isinstance(parent, StrategicPriority):
        refuse_loop(child=child, parent=parent, by=by)
    link = AlignmentLink.objects.create(
        organisation_id=child.organisation_id,
        child=child,
        state=first_state(fields["kind"]),
        created_by=by,
        created_at=at,
        updated_at=at,
        **{parent_type.value: parent},
        **fields,
    )
    _finish(link, "link.created", by=by, at=at, payload=_said(link))
    tell_request(link, by=by, at=at)
    return link


@transaction.atomic
def edit_link(
    *, link: AlignmentLink, by: User, at: datetime, **changes: Unpack[LinkChanges]
) -> AlignmentLink:
    """Replace kind, weight or reason; a new kind starts in its first state. Ends stay: for others, link anew.

    Raises NotAllowed, InvalidInput, RuleConflict (gone, or an end is closed).
    """
    refuse_unknown(changes, LinkChanges.__annotations__)
    row = locked_link(link, by=by)
    fields = _checked(dict(changes))
    if fields.get("kind", row.kind) != row.kind:
        fields["state"] = first_state(fields["kind"])
    changed = differences({field: getattr(row, field) for field in fields}, fields)
    if changed:
        for field, value in fields.items():
            setattr(row, field, value)
        row.updated_at = at
        row.save(update_fields=[*fields, "updated_at"])
        _finish(row, "link.edited", by=by, at=at, payload={**_said(row), "changes": changed})
        if "kind" in changed:
            tell_request(row, by=by, at=at)
    return row


@transaction.atomic
def delete_link(*, link: AlignmentLink, by: User, at: datetime) -> None:
    """Take a link away; what it said stays in the log. Raises NotAllowed, RuleConflict (gone, an end closed)."""
    row = locked_link(link, by=by)
    AlignmentLink.objects.filter(pk=row.pk).delete()
    _finish(row, "link.deleted", by=by, at=at, payload=_said(row))


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    problems: list[FieldProblem] = []
    ready = dict(fields)
    if "kind" in ready:
        try:
            ready["kind"] = LinkKind(ready["kind"])
        except ValueError:
            problems.append(FieldProblem("kind", "unknown", "there is no such kind of link"))
    if "weight" in ready:
        problems += check_weight_fits(ready["weight"])
    if "reason" in ready:
        ready["reason"] = clean_words(ready["reason"], field="reason", problems=problems, limit=TEXT_LIMIT)
    if problems:
        raise InvalidInput(problems)
    return ready


def _said(link: AlignmentLink) -> dict[str, Any]:
    return {
        "child_id": str(link.child_id),
        "parent_type": link.parent_type,
        "parent_id": str(link.parent_id),
        **{field: json_value(getattr(link, field)) for field in ("kind", "weight", "state", "reason")},
    }


def _finish(link: AlignmentLink, verb: str, *, by: User, at: datetime, payload: dict[str, Any]) -> None:
    record_event(
        verb=verb,
        subject=link,
        organisation_id=link.organisation_id,
        by=by,
        at=at,
        objective_id=link.child_id,
        payload=payload,
    )
    roll_up_after_change(organisation_id=link.organisation_id, at=at, **parent_ids(link))
