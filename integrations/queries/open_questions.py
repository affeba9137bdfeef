"""What imports left open, with the thing each question is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from alignment.models import StrategicPriority
from checkins.models import CheckIn, ObjectiveNote
from integrations.models import ImportQuestion
from integrations.permissions import visible_import_questions
from objectives.models import Cycle, Initiative, KeyResult, Objective
from people.models import User

KINDS = {
    "cycle_dates": "Which days does this cycle cover?",
    "cycle_start_date": "When does this cycle start?",
    "cycle_end_date": "When does this cycle end?",
    "update_undated": "When was this said?",
    "update_date": "Which day is meant?",
    "number_unclear": "Which number counts?",
    "start_equals_target": "Where does it start?",
    "parent_missing": "Where does this lead?",
    "parent_loop": "Which way round?",
    "initiative_date": "When is this due?",
    "title_missing": "What is its title?",
}
OTHER = "What should it be?"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about; `objective_id` is the page where it can be seen."""

    title: str
    objective_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question ready to print. `asks_for` is `days`, `day`, `start`, `end` or `words`."""

    question: ImportQuestion
    subject: Subject
    asks_for: str


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """Questions of one kind. `can_keep_all`: "fine as it is" answers them all at once."""

    code: str
    words: str
    count: int
    can_keep_all: bool


def open_questions(user: User, *, code: str = "") -> QuerySet[ImportQuestion]:
    """Unanswered questions of imports that hold, oldest first; `code` narrows them to one kind."""
    found = visible_import_questions(user).filter(answered_at__isnull=True, run__state="applied")
    if code:
        found = found.filter(code=code)
    return found.select_related("run").defer("run__upload", "run__report").order_by("run__applied_at", "id")


def question_kinds(user: User) -> list[QuestionKind]:
    """Every kind that has open questions, the most first."""
    counted = Counter(open_questions(user).values_list("code", flat=True))
    return [
        QuestionKind(code, KINDS.get(code, OTHER), count, asks_for(code) == "words")
        for code, count in counted.most_common()
    ]


def asks_for(code: str) -> str:
    if code == "cycle_dates":
        return "days"
    if code in ("cycle_start_date", "cycle_end_date"):
        return "end" if code == "cycle_end_date" else "start"
    return "day" if code in ("update_undated", "update_date") else "words"


def with_subjects(questions: Sequence[ImportQuestion]) -> list[OpenQuestion]:
    """The questions with what they are about, whatever it is called by now."""
    ids: dict[str, list[UUID]] = defaultdict(list)
    for question in questions:
        if question.subject_id is not None:
            ids[question.subject_type].append(question.subject_id)
    subjects = _subjects(ids)
    return [
        OpenQuestion(
            question,
            subjects.get((question.subject_type, question.subject_id), Subject("")),
            asks_for(question.code),
        )
        for question in questions
    ]


def _subjects(ids: dict[str, list[UUID]]) -> dict[tuple[str, UUID | None], Subject]:
    found: dict[tuple[str, UUID | None], Subject] = {}
    for table, model in (("cycle", Cycle), ("priority", StrategicPriority)):
        title = "name" if table == "cycle" else "title"
        for pk, words in model._default_manager.filter(pk__in=ids[table]).values_list("pk", title):
            found[table, pk] = Subject(words)
    for pk, words in Objective.objects.filter(pk__in=ids["objective"]).values_list("pk", "title"):
        found["objective", pk] = Subject(words, pk)
    parts = KeyResult.objects.filter(pk__in=ids["key_result"])
    for pk, words, objective in parts.values_list("pk", "title", "objective_id"):
        found["key_result", pk] = Subject(words, objective)
    said = CheckIn.objects.filter(pk__in=ids["check_in"])
    for pk, words, title, objective in said.values_list(
        "pk", "note", "key_result__title", "key_result__objective_id"
    ):
        found["check_in", pk] = Subject(f"{title}: {words}" if words else title, objective)
    notes = ObjectiveNote.objects.filter(pk__in=ids["note"])
    for pk, words, title, objective in notes.values_list("pk", "text", "objective__title", "objective_id"):
        found["note", pk] = Subject(f"{title}: {words}" if words else title, objective)
    work = Initiative.objects.filter(pk__in=ids["initiative"])
    for pk, words, objective in work.values_list("pk", "title", "key_result__objective_id"):
        found["initiative", pk] = Subject(words, objective)
    return found
