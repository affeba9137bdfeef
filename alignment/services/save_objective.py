"""Save an objective with all its key results and links: everything, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from alignment.models import AlignmentLink
from alignment.services.objective_draft import (
    InitiativeLine,
    LinkLine,
    ObjectiveDraft,
)
from alignment.services.require_fresh import DRAFT_FIELDS, differs, require_fresh
from alignment.services.write_links import LinkChanges, create_link, delete_link, edit_link
from common.errors import FieldProblem, InvalidInput, RuleConflict
from common.locks import lock_graph
from objectives.models import Initiative, KeyResult, Objective
from objectives.services import (
    InitiativeFields,
    KeyResultDraft,
    activate_objective,
    create_initiative,
    create_key_result,
    create_objective,
    delete_initiative,
    delete_key_result,
    edit_initiative,
    edit_key_result,
    edit_objective,
    reorder_key_results,
)
from objectives.services.locked_rows import locked_objective
from people.models import User


@transaction.atomic
def save_objective(
    *,
    by: User,
    at: datetime,
    draft: ObjectiveDraft,
    objective: Objective | None = None,
    expected_version: int | None = None,
    activates: bool = False,
) -> Objective:
    """Create the objective, or change the one given; `activates` starts it in the same breath.

    Raises InvalidInput with every problem at once (`key_results.<place>.<field>`,
    `key_results.<place>.initiatives.<place>.<field>`, `links.<place>.<field>`; a loop is a problem of its link's
    `parent`), StaleObjective, NotAllowed, RuleConflict. After any of them nothing has changed.
    """
    lock_graph(by.organisation_id, exclusively=True)
    problems: list[FieldProblem] = []
    if objective is None:
        row, written = _create(draft, by=by, at=at)
    else:
        row = locked_objective(objective, by=by)
        require_fresh(row, draft, expected_version)
        written = _write_key_results(row, draft, problems, by=by, at=at)
    for place, key_result in written.items():
        lines = draft.key_results[place].initiatives
        _write_initiatives(lines, key_result, place, problems, by=by, at=at)
    _write_links(row, draft, problems, by=by, at=at)
    if activates and not problems:
        row = activate_objective(objective=row, by=by, at=at)
    if objective is not None and draft.fields:
        # Last, since who hands an objective over may not touch it any more afterwards.
        with _under("", problems):
            row = edit_objective(objective=row, by=by, at=at, **draft.fields)
    if problems:
        raise InvalidInput(_in_order(problems))
    return row


def _create(draft: ObjectiveDraft, *, by: User, at: datetime) -> tuple[Objective, dict[int, KeyResult]]:
    """The new objective, and its key results by their place on the page."""
    row = create_objective(
        by=by,
        at=at,
        key_results=[line.draft for line in draft.key_results if line.draft is not None],
        **draft.fields,
    )
    return row, dict(enumerate(row.key_results.order_by("position", "pk")))


@contextmanager
def _under(prefix: str, problems: list[FieldProblem]) -> Iterator[None]:
    """Collect what one part refuses, under its place on the page; the others are still looked at."""
    try:
        yield
    except InvalidInput as error:
        problems += [FieldProblem(prefix + one.field, one.code, one.message) for one in error.problems]


def _in_order(problems: list[FieldProblem]) -> list[FieldProblem]:
    """The objective's own first, then key results, then links, as a page shows them."""
    order = {"key_results": 1, "links": 2}
    return sorted(problems, key=lambda one: order.get(one.field.split(".")[0], 0))


def _write_key_results(
    row: Objective, draft: ObjectiveDraft, problems: list[FieldProblem], *, by: User, at: datetime
) -> dict[int, KeyResult]:
    """Key results by their place on the page, without those that were refused; in that order from now on."""
    rows = row.key_results.prefetch_related("milestones", "planned_values").select_related("owner")
    kept = {one.pk: one for one in rows}
    for pk, seen in draft.removed_key_results.items():
        if pk in kept:
            delete_key_result(key_result=kept.pop(pk), by=by, at=at, expected_version=seen)
    written: dict[int, KeyResult] = {}
    for place, line in enumerate(draft.key_results):
        there = kept.get(line.id) if line.id is not None else None
        if line.id is not None and there is None:
            continue
        with _under(f"key_results.{place}.", problems):
            there = _written(row, there, line.draft, by=by, at=at)
        if there is not None:
            written[place] = there
    if written:
        reorder_key_results(objective=row, ordered_ids=[one.pk for one in written.values()], by=by, at=at)
    return written


def _written(
    row: Objective, there: KeyResult | None, draft: KeyResultDraft | None, *, by: User, at: datetime
) -> KeyResult | None:
    if draft is None:
        return there
    fields = {name: getattr(draft, name) for name in DRAFT_FIELDS}
    if there is None:
        return create_key_result(objective=row, by=by, at=at, **fields)
    if differs(there, draft):
        return edit_key_result(key_result=there, by=by, at=at, **fields)
    return there


def _write_initiatives(
    lines: Sequence[InitiativeLine],
    key_result: KeyResult,
    place: int,
    problems: list[FieldProblem],
    *,
    by: User,
    at: datetime,
) -> None:
    if not lines:
        return
    there = {one.pk: one for one in Initiative.objects.filter(key_result=key_result)}
    for number, line in enumerate(lines):
        known = there.get(line.id) if line.id is not None else None
        fields = InitiativeFields(title=line.title, url=line.url, state=line.state)
        with _under(f"key_results.{place}.initiatives.{number}.", problems):
            if known is not None and not line.title.strip():
                known.key_result = key_result
                delete_initiative(initiative=known, by=by, at=at)
            elif known is not None and any(getattr(known, name) != said for name, said in fields.items()):
                known.key_result = key_result
                edit_initiative(initiative=known, by=by, at=at, **fields)
            elif known is None and line.title.strip():
                create_initiative(key_result=key_result, by=by, at=at, **fields)


def _write_links(
    row: Objective, draft: ObjectiveDraft, problems: list[FieldProblem], *, by: User, at: datetime
) -> None:
    """Take away, change, then add, so that a link can move from one parent to another."""
    if not draft.links and not draft.removed_links:
        return
    rows = AlignmentLink.objects.filter(child=row).select_related("child")
    there = {link.pk: link for link in rows}
    for pk in draft.removed_links:
        if pk in there:
            delete_link(link=there.pop(pk), by=by, at=at)
    added: list[tuple[int, LinkLine]] = []
    for place, line in enumerate(draft.links):
        link = there.get(line.id) if line.id is not None else None
        if link is None or link.parent_id != line.parent.pk:
            if link is not None:
                delete_link(link=link, by=by, at=at)
            added.append((place, line))
            continue
        changes = LinkChanges(weight=line.weight, reason=line.reason)
        if line.kind is not None:
            changes["kind"] = line.kind
        with _under(f"links.{place}.", problems):
            edit_link(link=link, by=by, at=at, **changes)
    for place, line in added:
        with _under(f"links.{place}.", problems):
            _add_link(row, line, by=by, at=at)


def _add_link(row: Objective, line: LinkLine, *, by: User, at: datetime) -> None:
    try:
        create_link(
            child=row,
            parent=line.parent,
            kind=line.kind,
            weight=line.weight,
            reason=line.reason,
            by=by,
            at=at,
        )
    except RuleConflict as error:
        raise InvalidInput.of("parent", error.code, error.message) from error
