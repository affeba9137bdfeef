"""Where words are put: an objective that their writer sees, and what below it they are about."""

from __future__ import annotations

from uuid import UUID

from checkins.models import Ask, CheckIn
from checkins.permissions import can_converse
from common.errors import FieldProblem, InvalidInput, NotAllowed
from common.words import TEXT_LIMIT, clean_words
from objectives.models import KeyResult, Objective
from objectives.permissions import visible_objectives
from people.models import User

ELSEWHERE = "this belongs to another objective"


def require_may_speak(by: User, organisation_id: UUID) -> None:
    """Raise NotAllowed for viewers and for people of another organisation."""
    if not can_converse(by, organisation_id):
        raise NotAllowed("Viewers read. Whoever takes part in the work may write here.")


def require_place(
    by: User,
    objective: Objective,
    *,
    key_result: KeyResult | None = None,
    check_in: CheckIn | None = None,
    ask: Ask | None = None,
) -> KeyResult | None:
    """The key result that the words are about, from the check-in where none is named.

    Raises NotAllowed (viewers), InvalidInput (an objective that the person does not see, parts of another one).
    """
    require_may_speak(by, objective.organisation_id)
    if not visible_objectives(by).filter(pk=objective.pk).exists():
        raise InvalidInput.of("objective", "not_found", "there is nothing here, or it is not for you to see")
    about = key_result or (check_in.key_result if check_in is not None else None)
    problems = []
    if about is not None and (about.objective_id != objective.pk or about.deleted_at is not None):
        problems.append(FieldProblem("key_result", "elsewhere", ELSEWHERE))
    if check_in is not None and (check_in.key_result_id != getattr(about, "pk", None) or check_in.deleted_at):
        problems.append(FieldProblem("check_in", "elsewhere", ELSEWHERE))
    if ask is not None and ask.objective_id != objective.pk:
        problems.append(FieldProblem("ask", "elsewhere", ELSEWHERE))
    if problems:
        raise InvalidInput(problems)
    return about


def clean_text(text: str, *, needed: str, limit: int = TEXT_LIMIT) -> str:
    """Trimmed words. Raises InvalidInput for none at all, too many, or unreadable ones."""
    problems: list[FieldProblem] = []
    words = clean_words(
        text.replace("\r\n", "\n"), field="text", problems=problems, limit=limit, needed=needed
    )
    if problems:
        raise InvalidInput(problems)
    return words
