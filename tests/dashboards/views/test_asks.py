"""The pages of asks: what needs me, one ask, asking, and the line on My week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import Ask, AskStep, CheckInDraft, Nudge
from objectives.models import KeyResult, Objective
from people.models import User
from people.roles import Role
from tests.dashboards.page_world import World, counted, visit, world
from tests.factories import NOW, TODAY, make_key_result, make_person
from tests.factories.asks import make_ask

__all__ = ["counted", "visit", "world"]
Visit = Callable[..., tuple[int, str]]
pytestmark = pytest.mark.django_db


@pytest.fixture
def objective(world: World) -> Objective:
    made = world.objective()
    world.count()
    return made


@pytest.fixture
def leader(world: World) -> User:
    return make_person(world.organisation, name="Amara", role=Role.LEADER)


def post(user: User, name: str, key: object = None, **sent: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.post(reverse(name, args=[key] if key else []), sent)


def get(user: User, name: str, key: object) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(reverse(name, args=[key]))


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


# What needs me


def test_whoever_was_never_asked_reads_nothing_of_it(
    world: World, objective: Objective, visit: Visit
) -> None:
    assert "What needs me?" not in visit(world.stranger, "strategy")[1]


def test_what_waits_is_read_first_the_oldest_on_top(
    world: World, objective: Objective, leader: User, visit: Visit
) -> None:
    for days, words in ((1, "Who has the last word?"), (13, "Can you release the budget?")):
        at = NOW - timedelta(days=days)
        make_ask(objective, by=world.owner, of=leader, text=words, created_at=at)
    make_ask(
        objective,
        by=world.owner,
        of=leader,
        state="answered",
        created_at=NOW - timedelta(days=2),
        answer="Yes",
    )
    page = visit(leader, "strategy")[1]
    assert page.index("What needs me?") < page.index("What moved?")
    assert page.index("Can you release the budget?") < page.index("Who has the last word?")
    assert "2 open, oldest first. You answered 1 this cycle.</p>" in page
    assert "One person waits for an answer." in page
    assert 'title="Longer than 5 working days"' in page
    assert "9 working days" in page
    assert "1 working day<" in page


def test_a_decision_shows_its_options_and_its_day(
    world: World, objective: Objective, leader: User, visit: Visit
) -> None:
    options = ["Mark down now", "Hold"]
    make_ask(objective, by=world.owner, of=leader, kind="decision", options=options, answer_by_on=TODAY)
    page = visit(leader, "strategy")[1]
    assert "Mark down now" in page
    assert "Needed by Wed 20 May" in page
    assert "Decide</summary>" in page


def test_nothing_waits_is_said_calmly(world: World, objective: Objective, leader: User, visit: Visit) -> None:
    make_ask(objective, by=world.owner, of=leader, state="answered", answer="Yes")
    page = visit(leader, "strategy")[1]
    assert "Nothing waits for you" in page
    assert "One ask answered this cycle.</p>" in page


def test_one_and_forty_asks_take_the_same_statements(
    world: World, objective: Objective, leader: User, counted: Callable[..., int]
) -> None:
    make_ask(objective, by=world.owner, of=leader)
    few = counted(leader, "strategy")
    for _ in range(40):
        make_ask(objective, by=world.owner, of=leader)
    assert counted(leader, "strategy") == few
    assert few <= 15


def test_an_ask_on_what_one_can_no_longer_see_is_not_there(
    world: World, objective: Objective, leader: User, visit: Visit
) -> None:
    ask = make_ask(objective, by=world.owner, of=leader, text="Behind the door")
    Objective.objects.filter(pk=objective.pk).update(visibility="private")
    assert "Behind the door" not in visit(leader, "strategy")[1]
    assert visit(leader, "ask", ask.pk)[0] == 404


# One ask


def test_opening_it_is_seeing_it_for_whoever_has_it(
    world: World, objective: Objective, leader: User, visit: Visit
) -> None:
    ask = make_ask(objective, by=world.owner, of=leader)
    assert visit(world.stranger, "ask", ask.pk)[0] == 200
    assert visit(world.owner, "ask", ask.pk)[0] == 200
    ask.refresh_from_db()
    assert ask.state == "open"
    visit(leader, "ask", ask.pk)
    visit(leader, "ask", ask.pk)
    ask.refresh_from_db()
    assert (ask.state, ask.seen_at) == ("seen", NOW)
    assert AskStep.objects.filter(action="seen").count() == 1


def test_the_page_offers_what_its_reader_may_do(
    world: World, objective: Objective, leader: User, visit: Visit
) -> None:
    ask = make_ask(objective, by=world.owner, of=leader)
    offers = {
        "leader": visit(leader, "ask", ask.pk)[1],
        "owner": visit(world.owner, "ask", ask.pk)[1],
        "stranger": visit(world.stranger, "ask", ask.pk)[1],
    }
    assert [who for who, page in offers.items() if "Answered in person" in page] == ["leader"]
    assert [who for who, page in offers.items() if "Pass it on" in page] == ["leader"]
    assert [who for who, page in offers.items() if "Take it back" in page] == ["owner"]
    assert [who for who, page in offers.items() if "Say it better" in page] == ["owner"]


def test_answering_leads_back_and_says_who_reads_it(world: World, objective: Objective, leader: User) -> None:
    ask = make_ask(objective, by=world.owner, of=leader)
    answer = post(leader, "ask_answer", ask.pk, text="Yes, until week 11", next="/strategy/")
    assert (answer.status_code, answer["Location"]) == (302, "/strategy/")
    ask.refresh_from_db()
    assert (ask.state, ask.answer) == ("answered", "Yes, until week 11")
    assert post(leader, "ask_answer", ask.pk, text="Yes, until week 11").status_code == 302


def test_next_never_leads_to_another_site(world: World, objective: Objective, leader: User) -> None:
    ask = make_ask(objective, by=world.owner, of=leader)
    answer = post(leader, "ask_answer", ask.pk, text="Yes", next="https://elsewhere.example/")
    assert answer["Location"] == reverse("ask", args=[ask.pk])


def test_in_person(world: World, objective: Objective, leader: User) -> None:
    ask = make_ask(objective, by=world.owner, of=leader)
    assert post(leader, "ask_answer", ask.pk, text="", in_person="1").status_code == 302
    ask.refresh_from_db()
    assert ask.state == "answered_in_person"


def test_an_answer_without_words_says_what_would_do(world: World, objective: Objective, leader: User) -> None:
    ask = make_ask(objective, by=world.owner, of=leader)
    answer = post(leader, "ask_answer", ask.pk, text=" ")
    assert answer.status_code == 422
    assert "Say it in a sentence" in text_of(answer)


def test_a_second_answer_shows_the_first_and_keeps_its_words(
    world: World, objective: Objective, leader: User
) -> None:
    ask = make_ask(objective, by=world.owner, of=leader, state="answered", answer="Yes, until week 11")
    answer = post(leader, "ask_answer", ask.pk, text="No, not this year")
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Amara has answered this: “Yes, until week 11”" in page
    assert "No, not this year</textarea>" in page


def test_who_does_not_have_it_is_told_who_does(world: World, objective: Objective, leader: User) -> None:
    ask = make_ask(objective, by=world.owner, of=leader)
    answer = post(world.stranger, "ask_answer", ask.pk, text="Yes from me")
    assert answer.status_code == 403
    assert "This ask is with Amara now" in text_of(answer)
    assert "Yes from me</textarea>" in text_of(answer)


def test_deciding(world: World, objective: Objective, leader: User) -> None:
    ask = make_ask(objective, by=world.owner, of=leader, kind="decision", options=["Now", "Later"])
    assert post(leader, "ask_answer", ask.pk, text="It rains").status_code == 422
    assert post(leader, "ask_answer", ask.pk, text="It rains", option="9").status_code == 422
    assert post(leader, "ask_answer", ask.pk, text="It rains", option="1").status_code == 302
    ask.refresh_from_db()
    assert ask.chosen_option == 1
    assert "Later" in text_of(get(world.owner, "ask", ask.pk))


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("", "Who could answer it?"),
        ("Nobody", "Nobody here is called “Nobody”"),
        ("Amara", "Ask somebody else than yourself"),
        ("Leila", "Leila asked this"),
    ],
)
def test_passing_on_to_nobody(world: World, objective: Objective, leader: User, to: str, words: str) -> None:
    ask = make_ask(objective, by=world.owner, of=leader)
    answer = post(leader, "ask_pass_on", ask.pk, to=to, words="She plans it")
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert 'value="She plans it"' in text_of(answer)


def test_passing_on(world: World, objective: Objective, leader: User) -> None:
    ask = make_ask(objective, by=world.owner, of=leader)
    assert post(leader, "ask_pass_on", ask.pk, to="caro", words="She plans it").status_code == 302
    ask.refresh_from_db()
    assert (ask.asked_of, ask.state) == (world.contributor, "passed_on")
    assert post(leader, "ask_pass_on", ask.pk, to="caro").status_code == 403


def test_rewording_and_taking_back(world: World, objective: Objective, leader: User) -> None:
    ask = make_ask(objective, by=world.owner, of=leader)
    assert post(world.owner, "ask_reword", ask.pk, reworded=" ").status_code == 422
    assert post(leader, "ask_reword", ask.pk, reworded="One").status_code == 403
    assert post(world.owner, "ask_reword", ask.pk, reworded="One planner").status_code == 302
    assert post(leader, "ask_withdraw", ask.pk).status_code == 403
    assert post(world.owner, "ask_withdraw", ask.pk).status_code == 302
    ask.refresh_from_db()
    assert (ask.text, ask.state) == ("One planner", "withdrawn")
    assert post(world.owner, "ask_withdraw", ask.pk).status_code == 409
    assert post(world.owner, "ask_reword", ask.pk, reworded="Two").status_code == 409


# Asking


def asked(world: World, objective: Objective, **sent: str) -> Any:
    given = {"objective": str(objective.pk), "of": "Amara", "text": "Two planners", "by": "", "options": ""}
    return post(world.owner, "ask_new", **{**given, **sent})


def test_asking_from_an_objective(world: World, objective: Objective, leader: User, visit: Visit) -> None:
    assert f"/asks/new/?objective={objective.pk}" in visit(world.stranger, "objective", objective.pk)[1]
    page = visit(world.owner, "ask_new", query=f"?objective={objective.pk}&of={leader.pk}")[1]
    assert 'value="Amara"' in page
    assert 'value="2026-05-25"' in page
    answer = asked(world, objective, next=reverse("objective", args=[objective.pk]))
    assert answer["Location"] == reverse("objective", args=[objective.pk])
    page = visit(world.owner, "objective", objective.pk)[1]
    assert "Leila to Amara" in page
    assert "not seen yet" in page


def test_asking_for_a_decision_about_a_key_result(world: World, objective: Objective, leader: User) -> None:
    key_result = make_key_result(objective)
    assert asked(world, objective, key_result=str(key_result.pk), options="Now\n\nLater\n").status_code == 302
    ask = Ask.objects.get()
    assert (ask.kind, ask.options, ask.key_result) == ("decision", ["Now", "Later"], key_result)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"of": ""}, "Who could help?"),
        ({"of": "Nobody"}, "Nobody here is called “Nobody”"),
        ({"of": "Leila"}, "Ask somebody else than yourself"),
        ({"text": ""}, "Say in a sentence what would help"),
        ({"by": "2026-05-01"}, "1 May has passed. The next working day is Thu 21 May"),
        ({"by": "soon"}, "A day, such as 2026-11-24"),
        ({"options": "Only one"}, "A decision has 2 to 6 options"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    world: World, objective: Objective, leader: User, sent: dict[str, str], words: str
) -> None:
    answer = asked(world, objective, **sent)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert sent.get("text", "Two planners") in text_of(answer)


def test_who_cannot_see_it_is_named(world: World, leader: User) -> None:
    private = world.objective("Between us", visibility="private")
    answer = asked(world, private)
    assert answer.status_code == 422
    assert "Amara cannot see this private objective" in text_of(answer)


def test_two_people_of_one_name_are_told_apart_by_mail(
    world: World, objective: Objective, leader: User
) -> None:
    other = make_person(world.organisation, name="Amara", email="other@example.com")
    answer = asked(world, objective)
    assert "2 people are called Amara; write the e-mail address" in text_of(answer)
    assert asked(world, objective, of="Amara (other@example.com)").status_code == 302
    assert Ask.objects.get().asked_of == other


def test_nobody_asks_about_what_is_not_there(world: World, objective: Objective, visit: Visit) -> None:
    private = world.objective("Between us", visibility="private")
    for query in ("", "?objective=x", f"?objective={private.pk}", f"?objective={objective.pk}&key_result=x"):
        assert visit(world.stranger, "ask_new", query=query)[0] == 404


# The friendly question


def test_what_went_quiet_is_asked_after_once_a_week(world: World, objective: Objective, visit: Visit) -> None:
    key_result = make_key_result(objective, owner=world.owner)
    KeyResult.objects.filter(pk=key_result.pk).update(
        fresh_until=TODAY - timedelta(days=9),
        due_until=TODAY - timedelta(days=6),
        stale_until=TODAY - timedelta(days=1),
    )
    assert "Ask how it is going" in visit(world.stranger, "key_result", key_result.pk)[1]
    assert "Ask how it is going" in visit(world.stranger, "strategy")[1]
    assert "Ask how it is going" not in visit(world.owner, "key_result", key_result.pk)[1]
    answer = post(world.stranger, "nudge", key_result.pk, next="/strategy/")
    assert answer["Location"] == "/strategy/"
    post(world.administrator, "nudge", key_result.pk)
    assert Nudge.objects.get().by == world.stranger
    for name, key in (("strategy", None), ("key_result", key_result.pk)):
        assert "Asked on 20 May by Sofia" in visit(world.administrator, name, key)[1]


# My week


def test_answers_come_back_to_my_week(world: World, objective: Objective, leader: User, visit: Visit) -> None:
    ask = make_ask(
        objective,
        by=world.owner,
        of=leader,
        state="answered",
        answer="Yes, from Monday",
        created_at=NOW - timedelta(days=7),
        ended_at=NOW - timedelta(days=1),
    )
    make_ask(
        objective,
        by=world.owner,
        of=leader,
        text="Two extra planners.",
        state="seen",
        created_at=NOW - timedelta(days=2),
        seen_at=NOW,
    )
    make_ask(objective, by=world.owner, of=leader, text="Never mind", state="withdrawn")
    page = visit(world.owner, "my_week")[1]
    assert "Answers to you" in page
    assert "“Yes, from Monday”" in page.replace("<br>", "")
    assert "You asked 13 May</a>, answered in 4 working days" in page
    assert ">yesterday<" in page
    assert "Thank Amara" in page
    assert "Two extra planners.</a> Amara has seen it." in page
    assert "open 2 working days" in page
    assert "Never mind" not in page
    ask.refresh_from_db()
    assert ask.answer_seen_at == NOW
    assert "Answers to you" not in visit(leader, "my_week")[1]


def test_an_old_answer_stays_until_it_was_seen(
    world: World, objective: Objective, leader: User, visit: Visit
) -> None:
    make_ask(
        objective,
        by=world.owner,
        of=leader,
        state="answered",
        answer="Long ago",
        created_at=NOW - timedelta(days=40),
        ended_at=NOW - timedelta(days=30),
    )
    assert "Long ago" in visit(world.owner, "my_week")[1]
    assert "Long ago" not in visit(world.owner, "my_week")[1]


def test_a_draft_keeps_the_line(world: World, objective: Objective, visit: Visit) -> None:
    key_result = make_key_result(objective, owner=world.owner)
    world.count()
    sent = {f"{key_result.pk}-ask_of": "Amara", f"{key_result.pk}-ask_text": "Two planners"}
    post(world.owner, "my_week_draft", row=str(key_result.pk), **sent)
    assert CheckInDraft.objects.get().rows[str(key_result.pk)]["ask_of"] == "Amara"
    assert 'value="Two planners"' in visit(world.owner, "check_in", key_result.pk)[1]
