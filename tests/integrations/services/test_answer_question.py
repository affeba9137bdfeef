"""Answers to what an import left open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from checkins.models import CheckIn, ObjectiveNote
from common.errors import InvalidInput, NotAllowed, RuleConflict
from integrations.models import ImportQuestion
from integrations.services.answer_question import accept_questions, answer_question
from integrations.services.apply_import import apply_folder
from objectives.models import Cycle, KeyResult
from people.models import User
from people.roles import Role
from tests.factories import NOW, make_organisation, make_person
from tests.integrations.folders import UPDATES, folder_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return make_person(make_organisation("Pine"), role=Role.ADMINISTRATOR)


def bring_in(**texts: str) -> None:
    apply_folder(files=folder_of(**texts), organisation_name="Pine", by=None, at=NOW)


def asked(code: str) -> ImportQuestion:
    return ImportQuestion.objects.get(code=code)


def test_days_of_a_closed_cycle_move_its_closing_words(administrator: User) -> None:
    bring_in(cycles="org,cycle\nPine,2025-Q4\n")
    question = ImportQuestion.objects.get(code="cycle_dates", row="cycles.csv:2")
    assert CheckIn.objects.get(external_id="K3|closing").observed_on == NOW.date()
    answer_question(question=question, by=administrator, at=NOW, answer="2025-10-01..2025-12-31")
    cycle = Cycle.objects.get(name="2025-Q4")
    assert (cycle.starts_on, cycle.ends_on, cycle.state) == (date(2025, 10, 1), date(2025, 12, 31), "closed")
    assert CheckIn.objects.get(external_id="K3|closing").observed_on == date(2025, 12, 31)
    assert KeyResult.objects.get(external_id="K3").progress == Decimal("0.7")


def test_one_end_of_a_cycle_can_be_answered(administrator: User) -> None:
    bring_in(cycles="org,cycle,start_date,end_date\nPine,2025-Q4,2025-10-01,2025-11-31\n")
    answer_question(question=asked("cycle_end_date"), by=administrator, at=NOW, answer="end:2025-12-01")
    assert Cycle.objects.get(name="2025-Q4").ends_on == date(2025, 12, 1)


def test_undated_word_gets_its_day_and_its_number(administrator: User) -> None:
    bring_in(updates=UPDATES + "Pine,2026-Q2,key_result,K1,,Current,,5,,,,now five\n")
    question = ImportQuestion.objects.get(code="update_undated", row="updates.csv:7")
    assert KeyResult.objects.get(external_id="K1").current_value == 9
    answer_question(question=question, by=administrator, at=NOW, answer="2026-05-15")
    check_in = CheckIn.objects.get(pk=str(question.subject_id))
    assert (check_in.observed_on, check_in.value, "import_undated" in check_in.source_fields) == (
        date(2026, 5, 15),
        5,
        False,
    )
    assert KeyResult.objects.get(external_id="K1").current_value == 5


def test_undated_note_gets_its_day(administrator: User) -> None:
    bring_in(updates=UPDATES + "Pine,2026-Q2,objective,O2,,,,,,,,some day\n")
    question = ImportQuestion.objects.get(code="update_undated", row="updates.csv:7")
    answer_question(question=question, by=administrator, at=NOW, answer="2026-05-15")
    assert ObjectiveNote.objects.get(pk=str(question.subject_id)).on == date(2026, 5, 15)


def test_answered_row_is_unchanged_in_the_next_run(administrator: User) -> None:
    bring_in()
    answer_question(question=asked("update_undated"), by=administrator, at=NOW, answer="2026-05-15")
    again = apply_folder(files=folder_of(), organisation_name="Pine", by=None, at=NOW)
    assert again.report["counts"]["unchanged"] == 16
    assert CheckIn.objects.get(observed_on=date(2026, 5, 15)).note == "Blocked · blocked"


def test_other_questions_keep_words(administrator: User) -> None:
    bring_in()
    answer_question(question=asked("number_unclear"), by=administrator, at=NOW, answer="The five counts")
    question = asked("number_unclear")
    assert (question.answer, question.answered_by, question.answered_at) == (
        "The five counts",
        administrator,
        NOW,
    )


def test_a_kind_is_left_as_it_is_at_once(administrator: User) -> None:
    bring_in()
    assert accept_questions(questions=ImportQuestion.objects.all(), by=administrator, at=NOW) == 3
    assert accept_questions(questions=ImportQuestion.objects.all(), by=administrator, at=NOW) == 0


@pytest.mark.parametrize(
    ("answer", "code"),
    [("", "required"), ("2026-05-41", "not_a_day"), ("2027-01-01", "in_future"), ("someday", "not_a_day")],
)
def test_answers_that_are_no_day_are_refused(administrator: User, answer: str, code: str) -> None:
    bring_in()
    with pytest.raises(InvalidInput) as refused:
        answer_question(question=asked("update_undated"), by=administrator, at=NOW, answer=answer)
    assert refused.value.problems[0].code == code
    assert asked("update_undated").answered_at is None


def test_last_day_before_the_first_is_refused(administrator: User) -> None:
    bring_in(cycles="org,cycle\nPine,2025-Q4\n")
    question = ImportQuestion.objects.get(code="cycle_dates", row="cycles.csv:2")
    with pytest.raises(InvalidInput, match="before the first"):
        answer_question(question=question, by=administrator, at=NOW, answer="2025-12-31..2025-10-01")


def test_answered_once_only(administrator: User) -> None:
    bring_in()
    answer_question(question=asked("number_unclear"), by=administrator, at=NOW, answer="keep")
    with pytest.raises(RuleConflict):
        answer_question(question=asked("number_unclear"), by=administrator, at=NOW, answer="keep")


def test_strangers_and_members_may_not_answer(administrator: User) -> None:
    bring_in()
    member = make_person(administrator.organisation)
    stranger = make_person(role=Role.ADMINISTRATOR)
    for person in (member, stranger):
        with pytest.raises(NotAllowed):
            answer_question(question=asked("number_unclear"), by=person, at=NOW, answer="keep")
        with pytest.raises(NotAllowed):
            accept_questions(questions=ImportQuestion.objects.all(), by=person, at=NOW)
