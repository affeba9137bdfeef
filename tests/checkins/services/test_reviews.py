"""Holding a weekly review: starting, deciding, saying what comes next, ending; and what its minutes keep."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.models import Event
from checkins.models import Decision, NextStep, Review
from checkins.queries.minutes import read_minutes
from checkins.rules.kinds import NextStepState
from checkins.services.end_next_step import end_next_step, reopen_next_step
from checkins.services.end_review import end_review
from checkins.services.keep_decision import keep_decision
from checkins.services.say_next_step import say_next_step
from checkins.services.start_review import start_review
from checkins.services.take_back_decision import take_back_decision
from common.errors import InvalidInput, NotAllowed, RuleConflict
from common.ids import new_id
from notices.models import Notice
from people.services import deactivate_person
from tests.checkins.services.review_world import ReviewWorld, make_review_world, world
from tests.factories import NOW, TODAY, make_person

__all__ = ["world"]
pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=12)


def verbs() -> list[str]:
    return list(Event.objects.order_by("at", "id").values_list("verb", flat=True))


def problem_of(error: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in error.value.problems]


def test_a_review_starts_once_and_others_join_it(world: ReviewWorld) -> None:
    first = start_review(team=world.team, by=world.lead, at=NOW, cycle=world.objective.cycle)
    second = start_review(team=world.team, by=world.member, at=LATER)
    assert second == first
    assert (first.started_by, first.since, first.cycle) == (
        world.lead,
        NOW - timedelta(days=7),
        world.objective.cycle,
    )
    assert verbs() == ["review.started"]


def test_the_next_one_speaks_of_what_came_after_the_last(world: ReviewWorld) -> None:
    last_week = NOW - timedelta(days=5)
    end_review(review=start_review(team=world.team, by=world.lead, at=last_week), by=world.lead, at=last_week)
    assert start_review(team=world.team, by=world.lead, at=NOW).since == last_week


def test_an_archived_team_holds_no_review(world: ReviewWorld) -> None:
    world.team.archived_at = NOW
    world.team.save()
    with pytest.raises(RuleConflict) as refused:
        start_review(team=world.team, by=world.lead, at=NOW)
    assert refused.value.code == "archived"


@pytest.mark.parametrize("who", ["viewer", "stranger", "outsider"])
def test_only_the_team_and_administrators_hold_it(world: ReviewWorld, who: str) -> None:
    by = make_review_world().administrator if who == "outsider" else getattr(world, who)
    review = start_review(team=world.team, by=world.administrator, at=NOW)
    decision = keep_decision(team=world.team, by=world.member, at=NOW, text="Stop early")
    step = say_next_step(team=world.team, by=world.member, at=NOW, text="Call the supplier")
    for refused in (
        lambda: start_review(team=world.team, by=by, at=NOW),
        lambda: end_review(review=review, by=by, at=NOW),
        lambda: keep_decision(team=world.team, by=by, at=NOW, text="No"),
        lambda: take_back_decision(decision=decision, by=by, at=NOW),
        lambda: say_next_step(team=world.team, by=by, at=NOW, text="No"),
        lambda: end_next_step(next_step=step, by=by, at=NOW, state="done"),
        lambda: reopen_next_step(next_step=step, by=by, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_minutes_keep_what_was_shown_decided_and_said(world: ReviewWorld) -> None:
    said = say_next_step(team=world.team, by=world.lead, at=NOW - timedelta(days=7), text="Bram checks")
    end_next_step(next_step=said, by=world.lead, at=NOW, state="done", outcome="Joao, until the 27th")
    review = start_review(team=world.team, by=world.lead, at=NOW)
    keep_decision(
        team=world.team, by=world.lead, at=NOW, review=review, text="Stop early", because="Kiosks come late",
        key_result=world.key_result, revisit_on=TODAY + timedelta(days=14),
    )  # fmt: skip
    gone = keep_decision(team=world.team, by=world.lead, at=NOW, review=review, text="Wait")
    take_back_decision(decision=gone, by=world.lead, at=NOW)
    say_next_step(
        team=world.team, by=world.lead, at=NOW, review=review, text="Calls the supplier", owner=world.member,
        due_on=TODAY,
    )  # fmt: skip
    agenda = {"wins": [{"text": "Nothing went to waste.", "objective_id": None}]}
    review = end_review(review=review, by=world.lead, at=LATER, agenda=agenda)
    kept = read_minutes(world.stranger, [review])[review.pk]
    assert [row["text"] for row in kept.wins] == ["Nothing went to waste."]
    assert [(row["text"], row["because"], row["about"], row["revisit_on"]) for row in kept.decisions] == [
        ("Stop early", "Kiosks come late", "Minutes in the returns queue", "2026-06-03")
    ]
    assert [(row["text"], row["owner"], row["due_on"]) for row in kept.next_steps] == [
        ("Calls the supplier", "Noor", "2026-05-20")
    ]
    assert [(row["text"], row["state"], row["outcome"]) for row in kept.steps_before] == [
        ("Bram checks", "done", "Joao, until the 27th")
    ]
    assert [row["name"] for row in kept.people] == ["Freya", "Leila", "Noor"]


def test_ending_twice_changes_nothing(world: ReviewWorld) -> None:
    review = start_review(team=world.team, by=world.lead, at=NOW)
    first = end_review(review=review, by=world.lead, at=LATER, agenda={"wins": [{"text": "One"}]})
    again = end_review(review=review, by=world.member, at=LATER + timedelta(minutes=5), agenda={})
    assert (again.minutes, again.ended_at, again.ended_by) == (first.minutes, LATER, world.lead)
    assert verbs().count("review.ended") == 1


def test_the_team_is_told_but_not_who_ended_it(world: ReviewWorld) -> None:
    gone = make_person(world.team.organisation, name="Gone")
    world.team.memberships.create(user=gone)
    deactivate_person(person=gone, by=world.administrator, at=NOW)
    review = start_review(team=world.team, by=world.lead, at=NOW)
    end_review(review=review, by=world.lead, at=LATER)
    end_review(review=review, by=world.lead, at=LATER)
    told = Notice.objects.filter(kind="review")
    assert sorted(told.values_list("user__name", "key")) == [
        ("Freya", str(review.pk)),
        ("Noor", str(review.pk)),
    ]


def test_what_comes_after_the_end_is_in_the_minutes_too(world: ReviewWorld) -> None:
    running = start_review(team=world.team, by=world.lead, at=NOW)
    end_review(review=running, by=world.lead, at=LATER)
    late = keep_decision(team=world.team, by=world.member, at=LATER, review=running, text="Stop early")
    say_next_step(team=world.team, by=world.member, at=LATER, review=running, text="Call them")
    kept = Review.objects.get().minutes
    assert [row["text"] for row in (*kept["decisions"], *kept["next_steps"])] == ["Stop early", "Call them"]
    take_back_decision(decision=late, by=world.lead, at=LATER)
    assert Review.objects.get().minutes["decisions"] == []


def test_two_people_decide_at_once_and_a_form_sent_twice_decides_once(world: ReviewWorld) -> None:
    review = start_review(team=world.team, by=world.lead, at=NOW)
    form = new_id()
    for by, text, pk in (
        (world.lead, "One", form),
        (world.member, "Two", new_id()),
        (world.lead, "One", form),
    ):
        keep_decision(team=world.team, by=by, at=NOW, review=review, text=text, decision_id=pk)
    assert sorted(Decision.objects.values_list("text", flat=True)) == ["One", "Two"]
    step = new_id()
    for _ in range(2):
        say_next_step(team=world.team, by=world.lead, at=NOW, text="Once", next_step_id=step)
    assert NextStep.objects.count() == 1


def test_an_id_or_a_review_of_another_team_is_refused(world: ReviewWorld) -> None:
    other = make_review_world()
    elsewhere = start_review(team=other.team, by=other.lead, at=NOW)
    decision = keep_decision(team=other.team, by=other.lead, at=NOW, text="Theirs")
    step = say_next_step(team=other.team, by=other.lead, at=NOW, text="Theirs")
    for refused in (
        lambda: keep_decision(team=world.team, by=world.lead, at=NOW, text="X", review=elsewhere),
        lambda: keep_decision(team=world.team, by=world.lead, at=NOW, text="X", decision_id=decision.pk),
        lambda: say_next_step(team=world.team, by=world.lead, at=NOW, text="X", next_step_id=step.pk),
    ):
        with pytest.raises(RuleConflict) as error:
            refused()
        assert error.value.code == "other_team"


def test_a_decision_needs_words_and_something_that_one_may_see(world: ReviewWorld) -> None:
    with pytest.raises(InvalidInput) as error:
        keep_decision(
            team=world.team, by=world.member, at=NOW, text=" ", because="x" * 2001, objective=world.hidden,
            revisit_on=TODAY - timedelta(days=1),
        )  # fmt: skip
    assert problem_of(error) == [
        ("text", "required"),
        ("because", "too_long"),
        ("about", "not_found"),
        ("revisit_on", "in_past"),
    ]
    assert keep_decision(team=world.team, by=world.lead, at=NOW, text="So", objective=world.hidden).objective


def test_a_decision_taken_back_stays_in_the_log(world: ReviewWorld) -> None:
    decision = keep_decision(
        team=world.team, by=world.lead, at=NOW, text="Stop early", key_result=world.key_result
    )
    for _ in range(2):
        taken = take_back_decision(decision=decision, by=world.member, at=LATER)
    assert taken.taken_back_at == LATER
    events = list(Event.objects.order_by("at", "id").values_list("verb", "objective_id", "payload__text"))
    objective = world.objective.pk
    assert events == [
        ("decision.kept", objective, "Stop early"),
        ("decision.taken_back", objective, "Stop early"),
    ]


def test_the_answer_to_a_question_is_taken_back_by_whoever_decided(world: ReviewWorld) -> None:
    decision = Decision.objects.create(
        organisation=world.team.organisation, text="Ghent first", decided_by=world.stranger, decided_at=NOW
    )
    for by in (world.member, make_review_world().administrator):
        with pytest.raises(NotAllowed):
            take_back_decision(decision=decision, by=by, at=NOW)
    assert take_back_decision(decision=decision, by=world.stranger, at=NOW).taken_back_at == NOW


def test_a_next_step_ends_opens_again_and_ends_otherwise(world: ReviewWorld) -> None:
    step = say_next_step(
        team=world.team, by=world.lead, at=NOW, text="Call", owner=world.stranger, objective=world.objective
    )
    for _ in range(2):
        step = end_next_step(next_step=step, by=world.stranger, at=LATER, state="done", outcome=" Joao ")
    assert (step.state, step.outcome, step.ended_at) == (NextStepState.DONE, "Joao", LATER)
    for _ in range(2):
        step = reopen_next_step(next_step=step, by=world.lead, at=LATER)
    assert (step.state, step.outcome, step.ended_at) == (NextStepState.OPEN, "", None)
    step = end_next_step(next_step=step, by=world.lead, at=LATER, state=NextStepState.DROPPED)
    assert step.state == NextStepState.DROPPED
    assert verbs() == ["next_step.said", "next_step.ended", "next_step.reopened", "next_step.ended"]
    assert set(Event.objects.values_list("objective_id", flat=True)) == {world.objective.pk}


@pytest.mark.parametrize(
    ("state", "outcome", "problem"),
    [
        ("open", "", ("state", "invalid")),
        ("", "", ("state", "invalid")),
        ("done", "x" * 2001, ("outcome", "too_long")),
    ],
)
def test_a_next_step_ends_as_done_or_dropped(
    world: ReviewWorld, state: str, outcome: str, problem: tuple[str, str]
) -> None:
    step = say_next_step(team=world.team, by=world.lead, at=NOW, text="Call")
    with pytest.raises(InvalidInput) as error:
        end_next_step(next_step=step, by=world.lead, at=NOW, state=state, outcome=outcome)
    assert problem_of(error) == [problem]


def test_a_next_step_needs_words_a_day_ahead_and_somebody_who_is_here(world: ReviewWorld) -> None:
    left = make_person(world.team.organisation, name="Matteo", is_active=False)
    outsider = make_review_world().lead
    for owner, code in ((left, "left"), (outsider, "not_found")):
        with pytest.raises(InvalidInput) as error:
            say_next_step(
                team=world.team, by=world.member, at=NOW, text="", owner=owner, objective=world.hidden,
                due_on=TODAY - timedelta(days=1),
            )  # fmt: skip
        assert problem_of(error) == [
            ("text", "required"),
            ("owner", code),
            ("about", "not_found"),
            ("due_on", "in_past"),
        ]


def test_minutes_show_each_reader_what_that_reader_may_see(world: ReviewWorld) -> None:
    review = start_review(team=world.team, by=world.lead, at=NOW)
    keep_decision(team=world.team, by=world.lead, at=NOW, review=review, text="Hush", objective=world.hidden)
    say_next_step(team=world.team, by=world.lead, at=NOW, review=review, text="Hush", objective=world.hidden)
    hidden, open_to_all = str(world.hidden.pk), str(world.objective.pk)
    rows = [{"text": text, "objective_id": pk} for text, pk in (("Hush", hidden), ("Loud", open_to_all))]
    counts = [
        {"objective_id": hidden, "key_results": 3, "as_planned": 1},
        {"objective_id": open_to_all, "key_results": 4, "as_planned": 2},
    ]
    agenda = {"wins": rows, "course": rows, "asks": rows, "objectives": rows, "counts": counts}
    review = end_review(review=review, by=world.lead, at=LATER, agenda=agenda)
    for reader, sees in ((world.lead, True), (world.administrator, True), (world.member, False)):
        kept = read_minutes(reader, [review])[review.pk]
        assert ("Hush" in repr(kept)) is sees
        assert "Loud" in repr(kept)
        assert (kept.key_result_count, kept.as_planned) == ((7, 3) if sees else (4, 2))
