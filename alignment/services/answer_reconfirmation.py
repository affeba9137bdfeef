"""Answer whether an objective still points the right way: keep it, adapt it, or stop it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from activity.services import record_event
from alignment.models import AlignmentLink, PriorityRevision, Reconfirmation, StrategicPriority
from alignment.rules.kinds import ReconfirmationState, RevisionKind, RevisionState
from alignment.services.write_links import create_link, delete_link, edit_link
from common.days import day_in
from common.errors import FieldProblem, InvalidInput, RuleConflict
from common.words import TEXT_LIMIT, clean_words
from objectives.models import KeyResult, Objective
from objectives.services import cancel_objective, edit_key_result, edit_objective
from objectives.services.changes import json_value
from objectives.services.locked_rows import locked_objective, require_running
from objectives.services.take_back_cancel import take_back_cancel
from people.models import User

ANSWERS = (ReconfirmationState.KEPT, ReconfirmationState.ADAPTED, ReconfirmationState.STOPPED)
WAITING = (ReconfirmationState.OPEN, ReconfirmationState.RELEASED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapting:
    """What an answer changes; None leaves a thing as it is. Versions are those that the writer saw.

    helps     how the objective serves the priority now: the reason of its own link
    title     of the objective
    key_result with its new wording and, for those that move to one, its new target
    priority  another priority to lead to instead (after its own was retired)
    """

    helps: str | None = None
    title: str | None = None
    version: int | None = None
    key_result: KeyResult | None = None
    key_result_title: str | None = None
    target_value: Decimal | None = None
    key_result_version: int | None = None
    priority: StrategicPriority | None = None


@transaction.atomic
def answer_reconfirmation(
    *,
    reconfirmation: Reconfirmation,
    by: User,
    at: datetime,
    answer: ReconfirmationState | str,
    words: str = "",
    adapting: Adapting | None = None,
) -> Reconfirmation:
    """Keep, adapt (some change is needed) or stop (the reason and what was learned are needed).

    Whoever may edit the objective answers, and may answer anew until the day it is asked by, or a newer version asks.
    Raises NotAllowed, StaleVersion, InvalidInput, RuleConflict (released by a newer version, too late, the objective
    has ended). After any of them nothing has changed.
    """
    objective = locked_objective(reconfirmation.objective, by=by)
    row = _open_row(reconfirmation, at=at)
    if answer not in ANSWERS:
        raise InvalidInput.of("answer", "unknown", "keep, adapt or stop it")
    said = _checked_words(words, is_needed=answer == ReconfirmationState.STOPPED)
    change = adapting or Adapting()
    link = _own_link(row)
    before = link.reason if link is not None else ""
    if row.state == ReconfirmationState.STOPPED and answer != ReconfirmationState.STOPPED:
        objective = take_back_cancel(objective=objective, by=by, at=at)
    changes: dict[str, Any] = {}
    if answer == ReconfirmationState.STOPPED:
        cancel_objective(objective=objective, by=by, at=at, reason=said)
    else:
        require_running(objective)
        if answer == ReconfirmationState.ADAPTED:
            changes = _adapt(objective, change, by=by, at=at)
            changes |= _relink(objective, link, change, by=by, at=at)
        if change.helps is not None and change.helps.strip() != before and change.priority is None:
            changes |= _helps(link, change.helps, before, by=by, at=at)
        if answer == ReconfirmationState.ADAPTED and not changes:
            raise InvalidInput.of("answer", "nothing_changed", "say what changes, or keep it as it is")
    helps = changes.get("helps", [before, before])
    row.state, row.words = ReconfirmationState(answer), said
    row.answered_by, row.answered_at, row.updated_at, row.remind_on = by, at, at, None
    row.changes, row.helps_before, row.helps_after = changes, helps[0], helps[1]
    row.save()
    _record(row, "reconfirmation.answered", by=by, at=at, answer=str(answer), words=said, changes=changes)
    return row


@transaction.atomic
def put_off_reconfirmation(
    *, reconfirmation: Reconfirmation, by: User, at: datetime, remind_on: date
) -> Reconfirmation:
    """Ask again on that day; until then it does not stand on top of My week. Errors as for an answer."""
    locked_objective(reconfirmation.objective, by=by)
    row = _open_row(reconfirmation, at=at)
    if remind_on <= day_in(row.objective.organisation.time_zone, at):
        raise InvalidInput.of("remind_on", "not_later", "that day is not ahead")
    row.remind_on, row.updated_at = remind_on, at
    row.save(update_fields=["remind_on", "updated_at"])
    _record(row, "reconfirmation.put_off", by=by, at=at, remind_on=remind_on.isoformat())
    return row


def _open_row(reconfirmation: Reconfirmation, *, at: datetime) -> Reconfirmation:
    """The question as it is now, while it may be answered. The caller holds the graph."""
    rows = Reconfirmation.objects.select_for_update(of=("self",)).select_related(
        "revision__priority", "objective__organisation"
    )
    row = rows.get(pk=reconfirmation.pk)
    newer = (
        PriorityRevision.objects.filter(
            priority_id=row.revision.priority_id,
            state=RevisionState.PUBLISHED,
            is_minor=False,
            number__gt=row.revision.number,
        )
        .select_related("published_by")
        .order_by("-number")
        .first()
    )
    if newer is not None:
        who = newer.published_by.name if newer.published_by else "Somebody"
        did = {RevisionKind.RETIRED: "retired", RevisionKind.TAKEN_UP: "took up"}.get(
            RevisionKind(newer.kind), "changed"
        )
        raise RuleConflict(
            f"{who} {did} “{row.revision.priority.title}” in the meantime, so this question is over."
            " Your objective is as it was, and what you wrote is still here.",
            code="released",
        )
    if row.state == ReconfirmationState.RELEASED:
        raise RuleConflict("Nobody has to answer this any more.", code="released")
    today = day_in(row.objective.organisation.time_zone, at)
    if row.state != ReconfirmationState.OPEN and row.answer_by_on is not None and today > row.answer_by_on:
        raise RuleConflict("The answer stands: the day it was asked by has passed.", code="answered")
    return row


def _own_link(row: Reconfirmation) -> AlignmentLink | None:
    """The objective's own link to the priority, if it leads there directly."""
    links = AlignmentLink.objects.filter(child_id=row.objective_id, priority_id=row.revision.priority_id)
    return links.select_related("child").first()


def _checked_words(words: str, *, is_needed: bool) -> str:
    problems: list[FieldProblem] = []
    needed = "say why it stops and what you learned" if is_needed else ""
    said = clean_words(words, field="words", problems=problems, limit=TEXT_LIMIT, needed=needed)
    if problems:
        raise InvalidInput(problems)
    return said


def _adapt(objective: Objective, change: Adapting, *, by: User, at: datetime) -> dict[str, Any]:
    """Through the edits that everybody uses, so that both versions stay in the history."""
    changes: dict[str, Any] = {}
    if change.title is not None and change.title.strip() != objective.title:
        old = objective.title
        edited = edit_objective(
            objective=objective, by=by, at=at, expected_version=change.version, title=change.title
        )
        changes["title"] = [old, edited.title]
    row = change.key_result
    if row is not None and row.objective_id == objective.pk:
        named: dict[str, Any] = {}
        if change.key_result_title is not None and change.key_result_title.strip() != row.title:
            named["title"] = change.key_result_title
        if change.target_value is not None and change.target_value != row.target_value:
            named["target_value"] = change.target_value
        if named:
            before = {name: json_value(getattr(row, name)) for name in named}
            seen = change.key_result_version
            kept = edit_key_result(key_result=row, by=by, at=at, expected_version=seen, **named)
            for name, old in before.items():
                changes[f"key_result.{name}"] = [old, json_value(getattr(kept, name))]
            changes["key_result.id"] = [str(row.pk), str(row.pk)]
    return changes


def _relink(
    objective: Objective, link: AlignmentLink | None, change: Adapting, *, by: User, at: datetime
) -> dict[str, Any]:
    if change.priority is None or (link is not None and link.priority_id == change.priority.pk):
        return {}
    old = link.priority.title if link is not None and link.priority is not None else ""
    if link is not None:
        delete_link(link=link, by=by, at=at)
    create_link(child=objective, parent=change.priority, by=by, at=at, reason=change.helps or "")
    return {"priority": [old, change.priority.title]}


def _helps(link: AlignmentLink | None, helps: str, before: str, *, by: User, at: datetime) -> dict[str, Any]:
    """Without a link of its own the sentence is kept with the answer alone."""
    if link is not None:
        return {"helps": [before, edit_link(link=link, by=by, at=at, reason=helps).reason]}
    return {"helps": [before, _checked_words(helps, is_needed=False)]} if helps.strip() else {}


def _record(row: Reconfirmation, verb: str, *, by: User, at: datetime, **payload: Any) -> None:
    about = {"priority_id": str(row.revision.priority_id), "version": row.revision.number}
    record_event(
        verb=verb,
        subject=row,
        organisation_id=row.organisation_id,
        by=by,
        at=at,
        objective_id=row.objective_id,
        payload={**about, **payload},
    )
