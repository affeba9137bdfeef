"""Offer another wording. Nobody overwrites what a team wrote; the author takes it or not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from activity.services import record_event
from common.errors import FieldProblem, InvalidInput, NotAllowed, RuleConflict
from common.locks import lock_graph
from common.words import TEXT_LIMIT, TITLE_LIMIT, clean_words
from notices.rules.kinds import NoticeKind
from notices.services.drop_notices import drop_notices
from notices.services.post_notice import post_notice
from objectives.models import KeyResult, Objective, Suggestion
from objectives.permissions import can_edit_objective, visible_objectives
from objectives.rules.kinds import SuggestionState
from objectives.services.edit_key_result import edit_key_result
from objectives.services.edit_objective import edit_objective
from objectives.services.locked_rows import require_running
from people.models import User


def can_suggest(user: User, objective: Objective) -> bool:
    """Whoever sees it and is no viewer; whoever may edit it simply does."""
    if not user.is_active or user.is_viewer:
        return False
    return visible_objectives(user).filter(pk=objective.pk).exists()


def can_answer_suggestion(user: User, suggestion: Suggestion) -> bool:
    """Whoever may edit the objective."""
    return can_edit_objective(user, suggestion.objective)


@transaction.atomic
def suggest_wording(
    *,
    objective: Objective,
    by: User,
    at: datetime,
    field: str,
    after: str,
    reason: str = "",
    key_result: KeyResult | None = None,
) -> Suggestion:
    """Offer `after` in place of the title or the why of an objective, or of the title of one of its key results.

    Its owner is told, without one the lead of its team. Raises NotAllowed, RuleConflict (it has ended; these are the
    words already), InvalidInput.
    """
    if not can_suggest(by, objective):
        raise NotAllowed("You can suggest a wording where you can read the objective.")
    row = (
        Objective.objects.select_for_update(of=("self",))
        .select_related("cycle", "owner", "team__lead")
        .get(pk=objective.pk)
    )
    require_running(row)
    words, why = _checked(field, after, reason, is_key_result=key_result is not None)
    before = _words_now(row, field, key_result)
    if words == before:
        raise RuleConflict("These are the words already.", code="nothing_changes")
    made = Suggestion.objects.create(
        objective=row,
        key_result=key_result,
        field=field,
        before=before,
        after=words,
        reason=why,
        by=by,
        created_at=at,
    )
    _log(made, "suggested", by=by, at=at)
    author = row.owner or (row.team.lead if row.team is not None else None)
    if author is not None and author.pk != by.pk:
        _tell(made, author, key=str(made.pk), at=at)
    return made


@transaction.atomic
def accept_suggestion(*, suggestion: Suggestion, by: User, at: datetime, answer: str = "") -> Suggestion:
    """The words are taken over. Raises NotAllowed, RuleConflict (answered; the words were changed since)."""
    row = _locked(suggestion, by=by)
    if _words_now(row.objective, row.field, row.key_result) != row.before:
        raise RuleConflict(
            "These words were changed after the suggestion. Edit them with both in view.", code="changed"
        )
    changes: dict[str, Any] = {row.field: row.after}
    if row.key_result is not None:
        edit_key_result(key_result=row.key_result, by=by, at=at, **changes)
    else:
        edit_objective(objective=row.objective, by=by, at=at, **changes)
    return _end(row, SuggestionState.ACCEPTED, by=by, at=at, answer=answer)


@transaction.atomic
def decline_suggestion(*, suggestion: Suggestion, by: User, at: datetime, answer: str = "") -> Suggestion:
    """The words stay as they are; a sentence is welcome and not needed. Raises NotAllowed, RuleConflict."""
    return _end(_locked(suggestion, by=by), SuggestionState.DECLINED, by=by, at=at, answer=answer)


@transaction.atomic
def withdraw_suggestion(*, suggestion: Suggestion, by: User, at: datetime) -> Suggestion:
    """Whoever made it takes it back. Raises NotAllowed, RuleConflict (answered already)."""
    row = Suggestion.objects.select_for_update(of=("self",)).select_related("objective").get(pk=suggestion.pk)
    if row.by_id != by.pk:
        raise NotAllowed("Only whoever suggested it takes it back.")
    _require_open(row)
    return _end(row, SuggestionState.WITHDRAWN, by=by, at=at, answer="")


def _checked(field: str, after: str, reason: str, *, is_key_result: bool) -> tuple[str, str]:
    problems: list[FieldProblem] = []
    if field not in Suggestion.FIELDS or (is_key_result and field != "title"):
        problems.append(
            FieldProblem("field", "unknown", "suggest another title, or another why of an objective")
        )
    limit = TITLE_LIMIT if field == "title" else TEXT_LIMIT
    words = clean_words(
        after, field="after", problems=problems, limit=limit, needed="write the words you suggest"
    )
    why = clean_words(reason, field="reason", problems=problems, limit=TEXT_LIMIT)
    if problems:
        raise InvalidInput(problems)
    return words, why


def _words_now(objective: Objective, field: str, key_result: KeyResult | None) -> str:
    if key_result is None:
        return str(getattr(objective, field))
    row = KeyResult.objects.filter(pk=key_result.pk, objective_id=objective.pk).first()
    if row is None:
        raise RuleConflict("This key result is no longer there: somebody deleted it.", code="deleted")
    return row.title


def _locked(suggestion: Suggestion, *, by: User) -> Suggestion:
    lock_graph(suggestion.objective.organisation_id, exclusively=True)
    rows = Suggestion.objects.select_for_update(of=("self",))
    row = rows.select_related("objective__team", "key_result__objective", "by").get(pk=suggestion.pk)
    if not can_answer_suggestion(by, row):
        raise NotAllowed("Only its owner, contributors, the lead of its team and administrators may do this.")
    _require_open(row)
    return row


def _require_open(row: Suggestion) -> None:
    if row.state != SuggestionState.OPEN:
        raise RuleConflict(f"This suggestion is {row.state} already.", code=row.state)


def _end(row: Suggestion, state: SuggestionState, *, by: User, at: datetime, answer: str) -> Suggestion:
    problems: list[FieldProblem] = []
    words = clean_words(answer, field="answer", problems=problems, limit=TEXT_LIMIT)
    if problems:
        raise InvalidInput(problems)
    row.state, row.answer, row.answered_by, row.answered_at = state, words, by, at
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    drop_notices(kind=NoticeKind.PROPOSED, key=str(row.pk), at=at)
    _log(row, f"suggestion_{state}", by=by, at=at)
    if row.by is not None and row.by_id != by.pk:
        _tell(row, row.by, key=f"{row.pk}:answered", at=at)
    return row


def _tell(row: Suggestion, user: User, *, key: str, at: datetime) -> None:
    post_notice(
        kind=NoticeKind.PROPOSED,
        user=user,
        key=key,
        at=at,
        subject_type="suggestion",
        subject_id=row.pk,
        objective_id=row.objective_id,
    )


def _log(row: Suggestion, verb: str, *, by: User, at: datetime) -> None:
    record_event(
        verb=f"objective.{verb}",
        subject=row.objective,
        organisation_id=row.objective.organisation_id,
        by=by,
        at=at,
        objective_id=row.objective_id,
        payload={
            "suggestion_id": str(row.pk),
            "key_result_id": str(row.key_result_id) if row.key_result_id else None,
            "field": row.field,
            "words": [row.before, row.after],
            "reason": row.reason,
            "answer": row.answer,
        },
    )
