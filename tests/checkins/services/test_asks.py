"""Asking, passing on, answering, withdrawing: every outcome and every refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from activity.models import Event
from checkins.models import Ask, Decision
from checkins.rules.kinds import AskKind, AskState
from checkins.services.answer_ask import answer_ask
from checkins.services.ask_person import ask_person
from checkins.services.pass_on_ask import pass_on_ask
from checkins.services.see_ask import see_answers, see_ask
from checkins.services.withdraw_ask import reword_ask, withdraw_ask
from common.errors import InvalidInput, NotAllowed, RuleConflict
from notices.models import Notice
from people.models import Absence, User
from tests.checkins.services.ask_world import AskWorld
from tests.checkins.services.ask_world import world as world
from tests.factories import NOW, TODAY, make_key_result, make_objective, make_organisation, make_person

LATER = NOW + timedelta(hours=1)
OPTIONS = ("Mark down now", "Hold until the weekend is over")


def ask(world: AskWorld, **fields: Any) -> Ask:
    given = {
        "by": world.asker,
        "at": NOW,
        "objective": world.objective,
        "asked_of": world.receiver,
        "text": " Two planners until week 11 ",
        **fields,
    }
    return ask_person(**given)


def problem(work: Callable[[], Any]) -> tuple[str, str, str]:
    with pytest.raises(InvalidInput) as found:
        work()
    [one] = found.value.problems
    return one.field, one.code, one.message


def told(user: User) -> list[tuple[str, bool]]:
    """Kind of each notice, and whether it still stands."""
    rows = Notice.objects.filter(user=user).order_by("created_at", "id")
    return [(row.kind, row.dropped_at is None) for row in rows]


def steps(row: Ask) -> list[tuple[str, str, str, str]]:
    return [
        (step.action, step.by.name if step.by else "", step.to.name if step.to else "", step.words)
        for step in row.steps.order_by("at", "id")
    ]


# Asking


def test_an_ask_waits_for_its_receiver_who_is_told(world: AskWorld) -> None:
    row = ask(world, key_result=world.key_result, answer_by_on=TODAY)
    row.refresh_from_db()
    assert (row.state, row.kind, row.text) == ("open", "ask", "Two planners until week 11")
    assert (row.asked_by, row.asked_of, row.key_result) == (world.asker, world.receiver, world.key_result)
    assert steps(row) == [("asked", "Leila", "Maren", "")]
    assert told(world.receiver) == [("asked", True)]
    assert told(world.asker) == []
    event = Event.objects.get(verb="ask.made")
    assert (event.objective_id, event.subject_id, event.by) == (world.objective.pk, row.pk, world.asker)
    assert event.payload["text"] == "Two planners until week 11"
    assert event.payload["asked_of_id"] == str(world.receiver.pk)


def test_viewers_do_not_ask(world: AskWorld) -> None:
    with pytest.raises(NotAllowed, match="Viewers read"):
        ask(world, by=world.viewer)


def test_nobody_asks_about_what_they_cannot_see(world: AskWorld) -> None:
    found = problem(lambda: ask(world, by=world.other, objective=world.private))
    assert found[:2] == ("objective", "not_found")


@pytest.mark.parametrize(
    ("who", "code", "words"),
    [
        ("asker", "yourself", "somebody else than yourself"),
        ("gone", "deactivated", "Dana is no longer active"),
        ("viewer", "viewer", "Vera only reads here"),
    ],
)
def test_whom_nobody_can_ask(world: AskWorld, who: str, code: str, words: str) -> None:
    field, found, message = problem(lambda: ask(world, asked_of=getattr(world, who)))
    assert (field, found) == ("asked_of", code)
    assert words in message
    assert not Ask.objects.exists()


def test_somebody_without_an_account_is_not_asked(world: AskWorld) -> None:
    placeholder = make_person(world.asker.organisation, email=None, name="Pat")
    assert problem(lambda: ask(world, asked_of=placeholder))[1] == "cannot_sign_in"


def test_somebody_of_another_organisation_is_unknown(world: AskWorld) -> None:
    outsider = make_person(make_organisation("Elsewhere"))
    assert problem(lambda: ask(world, asked_of=outsider))[1] == "not_found"


def test_the_receiver_must_see_the_objective(world: AskWorld) -> None:
    found = problem(lambda: ask(world, objective=world.private))
    assert found == ("asked_of", "cannot_see", "Maren cannot see this private objective")
    assert ask(world, objective=world.private, asked_of=world.administrator).state == "open"


def test_key_result_and_check_in_belong_to_the_objective(world: AskWorld) -> None:
    elsewhere = make_key_result(make_objective(world.objective.cycle, owner=world.asker))
    assert problem(lambda: ask(world, key_result=elsewhere))[:2] == ("key_result", "not_found")


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"text": "  "}, "text", "required"),
        ({"text": "x" * 20_001}, "text", "too_long"),
        ({"text": "a\x00b"}, "text", "unreadable"),
        ({"answer_by_on": TODAY - timedelta(days=1)}, "answer_by_on", "in_past"),
        ({"options": OPTIONS}, "options", "not_for_asks"),
        ({"kind": AskKind.DECISION}, "options", "wrong_count"),
        ({"kind": AskKind.DECISION, "options": ("One", " ")}, "options", "wrong_count"),
        ({"kind": AskKind.DECISION, "options": tuple("abcdefg")}, "options", "wrong_count"),
        ({"kind": AskKind.DECISION, "options": ("Now", "now ")}, "options", "repeated"),
        ({"kind": AskKind.DECISION, "options": ("Now", "x" * 2_001)}, "options", "too_long"),
    ],
)
def test_bad_words(world: AskWorld, fields: dict[str, Any], field: str, code: str) -> None:
    assert problem(lambda: ask(world, **fields))[:2] == (field, code)


def test_a_day_that_has_passed_names_the_next_working_day(world: AskWorld) -> None:
    words = problem(lambda: ask(world, answer_by_on=date(2026, 1, 5)))[2]
    assert words.startswith("5 Jan has passed. The next working day is ")


# Stand-ins


def away(person: User, stand_in: User | None, *, days: int = 3) -> None:
    Absence.objects.create(
        user=person,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=days),
        stand_in=stand_in,
        created_at=NOW,
    )


def test_the_stand_in_of_an_absent_person_takes_over(world: AskWorld) -> None:
    away(world.receiver, world.other)
    row = ask(world)
    row.refresh_from_db()
    assert (row.asked_of, row.state) == (world.other, "passed_on")
    first, second = steps(row)
    assert first == ("asked", "Leila", "Maren", "")
    assert second[:3] == ("passed_on", "", "Bram")
    assert second[3].startswith("Maren is away until ")
    assert told(world.other) == [("asked", True)]
    assert told(world.receiver) == []


def test_stand_ins_of_stand_ins_and_no_circles(world: AskWorld) -> None:
    away(world.receiver, world.other)
    away(world.other, world.administrator)
    away(world.administrator, world.receiver)
    assert ask(world).asked_of == world.administrator


@pytest.mark.parametrize("who", [None, "asker", "gone", "viewer"])
def test_without_a_stand_in_who_could_answer_it_stays(world: AskWorld, who: str | None) -> None:
    away(world.receiver, getattr(world, who) if who else None)
    row = ask(world)
    assert (row.asked_of, row.state) == (world.receiver, "open")


def test_a_stand_in_who_cannot_see_the_objective_does_not_take_over(world: AskWorld) -> None:
    away(world.administrator, world.other)
    row = ask(world, objective=world.private, asked_of=world.administrator)
    assert row.asked_of == world.administrator


# Seeing


def test_seen_once_and_only_by_whoever_has_it(world: AskWorld) -> None:
    row = ask(world)
    for person in (world.asker, world.other, world.administrator):
        see_ask(ask=row, by=person, at=LATER)
    assert Ask.objects.get().state == AskState.OPEN
    see_ask(ask=row, by=world.receiver, at=LATER)
    see_ask(ask=row, by=world.receiver, at=LATER + timedelta(hours=1))
    row = Ask.objects.get()
    assert (row.state, row.seen_at) == ("seen", LATER)
    assert [step[0] for step in steps(row)] == ["asked", "seen"]


def test_an_answer_is_seen_by_whoever_asked(world: AskWorld) -> None:
    row = answer_ask(ask=ask(world), by=world.receiver, at=LATER, text="Yes")
    see_ask(ask=row, by=world.receiver, at=LATER)
    assert Ask.objects.get().answer_seen_at is None
    assert see_answers(by=world.asker, at=LATER, ask_ids=[row.pk]) == 1
    assert see_answers(by=world.asker, at=LATER, ask_ids=[row.pk]) == 0
    assert Ask.objects.get().answer_seen_at == LATER


# Answering


def test_an_answer_reaches_whoever_asked(world: AskWorld) -> None:
    row = answer_ask(ask=ask(world), by=world.receiver, at=LATER, text=" Yes, until week 11. ")
    row.refresh_from_db()
    assert (row.state, row.answer, row.answered_by, row.ended_at) == (
        "answered",
        "Yes, until week 11.",
        world.receiver,
        LATER,
    )
    assert row.seen_at == LATER
    assert told(world.asker) == [("answered", True)]
    assert told(world.receiver) == [("asked", False)]
    assert steps(row)[-1] == ("answered", "Maren", "", "Yes, until week 11.")
    event = Event.objects.get(verb="ask.answered")
    assert (event.payload["answer"], event.payload["in_person"]) == ("Yes, until week 11.", False)
    assert not Decision.objects.exists()


def test_answered_in_person_needs_no_words(world: AskWorld) -> None:
    row = answer_ask(ask=ask(world), by=world.receiver, at=LATER, in_person=True)
    assert (row.state, row.answer) == ("answered_in_person", "")
    assert told(world.asker) == [("answered", True)]


@pytest.mark.parametrize("who", ["asker", "other", "administrator", "viewer"])
@pytest.mark.parametrize("in_person", [True, False])
def test_only_the_receiver_answers(world: AskWorld, who: str, in_person: bool) -> None:
    row = ask(world)
    with pytest.raises(NotAllowed, match="with Maren now"):
        answer_ask(ask=row, by=getattr(world, who), at=LATER, text="Yes", in_person=in_person)


def test_a_decision_chooses_an_option_and_is_kept(world: AskWorld) -> None:
    row = ask(world, kind="decision", options=OPTIONS, key_result=world.key_result)
    answer_ask(ask=row, by=world.receiver, at=LATER, text="The weather turns", chosen_option=1)
    [decision] = Decision.objects.all()
    assert (decision.text, decision.because) == (OPTIONS[1], "The weather turns")
    assert (decision.ask, decision.objective, decision.key_result) == (row, world.objective, world.key_result)
    assert (decision.team, decision.decided_by, decision.decided_at) == (world.team, world.receiver, LATER)
    assert Event.objects.get(verb="ask.answered").payload["option"] == OPTIONS[1]


@pytest.mark.parametrize(
    ("decision", "said", "field", "code"),
    [
        (False, {"text": ""}, "text", "required"),
        (False, {"text": "x" * 20_001}, "text", "too_long"),
        (False, {"text": "Yes", "chosen_option": 0}, "chosen_option", "not_for_asks"),
        (True, {"text": "Because"}, "chosen_option", "required"),
        (True, {"text": "Because", "chosen_option": 2}, "chosen_option", "not_found"),
        (True, {"text": "Because", "chosen_option": -1}, "chosen_option", "not_found"),
        (True, {"in_person": True}, "chosen_option", "required"),
    ],
)
def test_bad_answers(world: AskWorld, decision: bool, said: dict[str, Any], field: str, code: str) -> None:
    row = ask(world, **({"kind": "decision", "options": OPTIONS} if decision else {}))
    assert problem(lambda: answer_ask(ask=row, by=world.receiver, at=LATER, **said))[:2] == (field, code)
    assert Ask.objects.get().state == AskState.OPEN


def test_a_second_answer_is_told_the_first(world: AskWorld) -> None:
    row = ask(world)
    answer_ask(ask=row, by=world.receiver, at=LATER, text="Yes, until week 11")
    with pytest.raises(RuleConflict, match="Maren has answered this: “Yes, until week 11”") as found:
        answer_ask(ask=row, by=world.receiver, at=LATER, text="No")
    assert found.value.code == "answered"
    assert Ask.objects.get().answer == "Yes, until week 11"


def test_nothing_is_answered_after_it_was_withdrawn(world: AskWorld) -> None:
    row = ask(world)
    withdraw_ask(ask=row, by=world.asker, at=LATER)
    with pytest.raises(RuleConflict, match="Leila has withdrawn this") as found:
        answer_ask(ask=row, by=world.receiver, at=LATER, text="No")
    assert found.value.code == "withdrawn"


# Passing on


def test_passing_on_tells_the_new_one_and_whoever_asked(world: AskWorld) -> None:
    row = ask(world)
    see_ask(ask=row, by=world.receiver, at=NOW)
    row = pass_on_ask(ask=row, by=world.receiver, at=LATER, to=world.other, words="Bram plans this")
    row.refresh_from_db()
    assert (row.state, row.asked_of, row.seen_at) == ("passed_on", world.other, None)
    assert steps(row)[-1] == ("passed_on", "Maren", "Bram", "Bram plans this")
    assert told(world.other) == [("asked", True)]
    assert told(world.asker) == [("answered", True)]
    assert told(world.receiver) == [("asked", False)]
    assert Event.objects.get(verb="ask.passed_on").payload["asked_of"] == "Bram"
    with pytest.raises(NotAllowed, match="with Bram now"):
        answer_ask(ask=row, by=world.receiver, at=LATER, text="Yes")
    see_ask(ask=row, by=world.other, at=LATER)
    assert answer_ask(ask=row, by=world.other, at=LATER, text="Yes").state == "answered"


def test_passed_back_it_is_told_again(world: AskWorld) -> None:
    row = pass_on_ask(ask=ask(world), by=world.receiver, at=LATER, to=world.other)
    pass_on_ask(ask=row, by=world.other, at=LATER, to=world.receiver)
    assert told(world.receiver) == [("asked", False), ("asked", True)]


def test_passing_on_to_somebody_away_reaches_the_stand_in(world: AskWorld) -> None:
    away(world.other, world.administrator)
    row = pass_on_ask(ask=ask(world), by=world.receiver, at=LATER, to=world.other)
    assert row.asked_of == world.administrator
    assert [step[2] for step in steps(row)] == ["Maren", "Bram", "Ines"]


def test_it_does_not_come_back_to_whoever_passes_it_on(world: AskWorld) -> None:
    away(world.other, world.receiver)
    assert pass_on_ask(ask=ask(world), by=world.receiver, at=LATER, to=world.other).asked_of == world.other


@pytest.mark.parametrize(
    ("who", "code"),
    [("asker", "asker"), ("receiver", "yourself"), ("gone", "deactivated"), ("viewer", "viewer")],
)
def test_to_whom_nothing_is_passed_on(world: AskWorld, who: str, code: str) -> None:
    row = ask(world)
    found = problem(lambda: pass_on_ask(ask=row, by=world.receiver, at=LATER, to=getattr(world, who)))
    assert found[:2] == ("to", code)


def test_only_the_receiver_passes_on_and_only_while_it_waits(world: AskWorld) -> None:
    row = ask(world)
    with pytest.raises(NotAllowed):
        pass_on_ask(ask=row, by=world.administrator, at=LATER, to=world.other)
    answer_ask(ask=row, by=world.receiver, at=LATER, text="Yes")
    with pytest.raises(RuleConflict):
        pass_on_ask(ask=row, by=world.receiver, at=LATER, to=world.other)


# Withdrawing and rewording


@pytest.mark.parametrize("who", ["asker", "administrator"])
def test_what_is_withdrawn_is_not_told_any_more(world: AskWorld, who: str) -> None:
    row = withdraw_ask(ask=ask(world), by=getattr(world, who), at=LATER)
    assert (row.state, row.ended_at) == ("withdrawn", LATER)
    assert told(world.receiver) == [("asked", False)]
    assert Event.objects.filter(verb="ask.withdrawn").count() == 1


@pytest.mark.parametrize("who", ["receiver", "other", "viewer"])
def test_who_does_not_withdraw(world: AskWorld, who: str) -> None:
    row = ask(world)
    with pytest.raises(NotAllowed):
        withdraw_ask(ask=row, by=getattr(world, who), at=LATER)


def test_rewording_keeps_the_earlier_words(world: AskWorld) -> None:
    row = reword_ask(ask=ask(world), by=world.asker, at=LATER, text="One planner")
    row.refresh_from_db()
    assert (row.text, row.state) == ("One planner", "open")
    assert steps(row)[-1] == ("reworded", "Leila", "", "Two planners until week 11")
    again = reword_ask(ask=row, by=world.asker, at=LATER, text="One planner")
    assert len(steps(again)) == 2


def test_rewording_keeps_a_day_that_has_passed_meanwhile(world: AskWorld) -> None:
    row = ask(world, answer_by_on=TODAY)
    later = NOW + timedelta(days=4)
    assert reword_ask(ask=row, by=world.asker, at=later, text="One planner").answer_by_on == TODAY
    assert (
        problem(
            lambda: reword_ask(ask=row, by=world.asker, at=later, answer_by_on=TODAY + timedelta(days=1))
        )[1]
        == "in_past"
    )
    assert reword_ask(ask=row, by=world.asker, at=later, answer_by_on=None).answer_by_on is None


def test_only_whoever_asked_rewords_and_only_while_it_waits(world: AskWorld) -> None:
    row = ask(world)
    for who in (world.receiver, world.administrator):
        with pytest.raises(NotAllowed):
            reword_ask(ask=row, by=who, at=LATER, text="Other")
    with pytest.raises(TypeError, match="state"):
        reword_ask(ask=row, by=world.asker, at=LATER, state="answered")
    answer_ask(ask=row, by=world.receiver, at=LATER, text="Yes")
    with pytest.raises(NotAllowed):
        reword_ask(ask=row, by=world.receiver, at=LATER, text="Other")
    with pytest.raises(RuleConflict, match="answered"):
        reword_ask(ask=row, by=world.asker, at=LATER, text="Other")
