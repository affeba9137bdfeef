from decimal import Decimal

import pytest

from checkins.rules.notes import NoteReason, PromptKind
from dashboards.queries.check_in_rows import rows_of, with_all_for_rows
from dashboards.queries.note_prompts import Said, prompt_for
from objectives.models import KeyResult, Milestone
from objectives.rules.kinds import KeyResultKind
from tests.dashboards.week_world import clock, due_key_result, objective, owner
from tests.factories import NOW, TODAY

__all__ = ["clock", "objective", "owner"]
pytestmark = pytest.mark.django_db


def asked(key_result, value=None, confidence=6, **said):
    [row] = rows_of(
        list(with_all_for_rows(KeyResult.objects.filter(pk=key_result.pk))),
        user=key_result.owner,
        today=TODAY,
    )
    number = None if value is None else Decimal(value)
    return prompt_for(
        row.grounds, Said(number, confidence, **{"observed_on": TODAY, **said}), at=NOW, today=TODAY
    )


def test_a_slip_asks_what_got_in_the_way(objective):
    row = due_key_result(objective, "One", 50, 60)
    prompt = asked(row, 55)
    assert NoteReason.WRONG_WAY in prompt.reasons
    assert prompt.words.startswith("It slipped for the first time.")


def test_a_second_slip_says_so(objective):
    row = due_key_result(objective, "One", 50, 45, 60)
    assert asked(row, 55).words.startswith("It slipped again.")


def test_the_longest_step_forward_is_a_win(objective):
    row = due_key_result(objective, "One", 40, 50, 55)
    prompt = asked(row, 80)
    assert (prompt.kind, prompt.is_required) == (PromptKind.WIN, False)
    assert asked(row, 60).kind == PromptKind.NEXT


def test_otherwise_it_asks_what_comes_next(objective):
    row = due_key_result(objective, "One", 60)
    assert asked(row, 61).words == "What happens before next Wednesday?"


def test_a_word_about_last_month_is_held_against_what_was_said_before_it(objective):
    row = due_key_result(objective, "One", 50, 60)
    assert not asked(row, 52, observed_on=NOW.date().replace(day=6)).is_required
    assert asked(row, 40, observed_on=NOW.date().replace(day=6)).is_required


def test_a_step_that_is_undone_asks_for_words(objective):
    row = due_key_result(objective, "Programme", kind=KeyResultKind.MILESTONES)
    first, second = (str(step.pk) for step in Milestone.objects.filter(key_result=row))
    assert not asked(row, steps_done=frozenset({first})).is_required
    from checkins.services.record_check_in import record_check_in

    record_check_in(
        key_result_id=row.pk,
        by=row.owner,
        at=NOW.replace(day=12),
        confidence=6,
        milestones_done=[step.pk for step in Milestone.objects.filter(key_result=row)],
    )
    assert asked(row, steps_done=frozenset({first})).is_required
    assert not asked(row, steps_done=frozenset({first, second})).is_required
