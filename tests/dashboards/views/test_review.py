"""The weekly review on a team's page: what stands on the agenda, for whom, and what is done in place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from checkins.models import Ask, Decision, NextStep, Review, Thanks, Win
from checkins.services.end_review import end_review
from checkins.services.keep_decision import keep_decision
from checkins.services.say_next_step import say_next_step
from checkins.services.start_review import start_review
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import KeyResultKind, Visibility
from people.models import User
from people.roles import Role
from tests.dashboards.page_world import World, make_world, visit, world
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_key_result,
    make_milestones,
    make_person,
)

__all__ = ["visit", "world"]
pytestmark = pytest.mark.django_db
Visit = Callable[..., tuple[int, str]]
REVIEW = "?tab=review"
BEFORE = TODAY - timedelta(days=9)


def turned(objective: Objective, title: str, before: int, after: int, **words: Any) -> KeyResult:
    """A key result whose confidence a person changed this week."""
    key_result = make_key_result(objective, owner=objective.owner, title=title)
    make_check_in(key_result, value=20, confidence=before, author=objective.owner, observed_on=BEFORE)
    make_check_in(key_result, value=30, confidence=after, author=objective.owner, **words)
    return key_result


def post(user: User, name: str, key: object, **fields: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.post(reverse(name, args=[key]), fields, follow=True)


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def started(world: World) -> Review:
    return start_review(team=world.team, by=world.owner, at=NOW, cycle=world.cycle)


def test_the_agenda_has_wins_first_and_only_what_turned(world: World, visit: Visit) -> None:
    objective = world.objective()
    turned(objective, "Slipped a little", 7, 5)
    turned(objective, "Slipped a lot", 9, 3, note="The maps are old.")
    steady = turned(objective, "Steady", 6, 6, win="Antwerp moved the desk.")
    thanks = Thanks.objects.create(
        organisation=world.organisation, objective=objective, check_in=steady.check_ins.first(),
        author=world.owner, text="For the desk", created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    thanks.receiver_rows.create(user=world.contributor)
    Win.objects.create(
        organisation=world.organisation, team=world.team, author=world.team_mate, text="Cake.", on=TODAY,
        created_at=NOW,
    )  # fmt: skip
    world.count()
    page = visit(world.stranger, "team", world.team.pk, REVIEW)[1]
    wins = page.split('id="wins"')[1].split("</section>")[0]
    assert "1 from check-ins, 1 told" in wins
    assert "Antwerp moved the desk." in wins
    assert "Leila · <a" in wins
    assert "thanks to <b>Caro</b>" in wins
    course = page.split('id="course"')[1].split("</section>")[0]
    assert course.index("Slipped a lot") < course.index("Slipped a little")
    assert "Steady" not in course
    assert "Confidence 9 → 3." in course
    assert '<p>“The maps are old.”</p></div> <span class="xs faint">Leila, today</span>' in course
    assert "1 of 3 key results is as planned and is not on the agenda" in page
    assert [int(one) for one in re.findall(r'num xs">(\d+) min', page)] == [3, 6, 3, 3]


def test_private_thanks_stay_away_from_a_shared_screen(world: World, visit: Visit) -> None:
    objective = world.objective()
    for is_private in (True, False):
        thanks = Thanks.objects.create(
            organisation=world.organisation, objective=objective, author=world.owner, created_at=NOW,
            text="Quietly done", updated_at=NOW, is_private=is_private,
        )  # fmt: skip
        thanks.receiver_rows.create(user=world.contributor, is_private=not is_private)
    world.count()
    for person in (world.owner, world.contributor, world.administrator):
        assert "Quietly done" not in visit(person, "team", world.team.pk, REVIEW)[1]


def test_asks_to_us_and_from_us_with_their_age(world: World, visit: Visit) -> None:
    key_result = turned(world.objective(), "Slipped", 7, 3)
    for by, of, text in (
        (world.stranger, world.owner, "Could two stores try it?"),
        (world.owner, world.administrator, "Two more planners?"),
        (world.stranger, world.administrator, "Not about us?"),
    ):
        Ask.objects.create(
            organisation=world.organisation, objective=key_result.objective, key_result=key_result, text=text,
            asked_by=by, asked_of=of, created_at=NOW - timedelta(days=6), updated_at=NOW,
        )  # fmt: skip
    world.count()
    page = visit(world.owner, "team", world.team.pk, REVIEW)[1]
    asks = page.split('id="asks"')[1].split("</section>")[0]
    assert "1 to us, 1 from us" in asks
    assert "Sofia, 4 working days" in asks
    assert "to Maren, 4 working days" in asks
    assert asks.index("Could two stores") < asks.index("Two more planners")
    assert "Answer" in asks.split("Two more planners")[0]
    assert "Not about us" not in page
    assert "Ask sent to Maren" in page.split('id="course"')[1].split("</section>")[0]
    mate = visit(world.team_mate, "team", world.team.pk, REVIEW)[1]
    assert "Sofia to Leila, 4 working days" in mate
    assert "Answer<" not in mate


def test_private_objectives_stay_out_of_the_sight_of_others(world: World, visit: Visit) -> None:
    hidden = world.objective(title="A quiet plan", visibility=Visibility.PRIVATE)
    key_result = turned(hidden, "Quiet sign", 9, 2, note="Quiet note", win="Quiet win")
    Ask.objects.create(
        organisation=world.organisation, objective=hidden, key_result=key_result, text="Quiet ask",
        asked_by=world.owner, asked_of=world.contributor, created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    world.count()
    review = started(world)
    for make in (keep_decision, say_next_step):
        make(
            team=world.team, by=world.owner, at=NOW, text="Quiet words", key_result=key_result, review=review
        )
    quiet = re.compile("quiet (plan|sign|note|win|ask|words)", re.I)
    assert len(set(quiet.findall(visit(world.owner, "team", world.team.pk, REVIEW)[1]))) >= 6
    for query in (REVIEW, f"{REVIEW}&present=1"):
        assert not quiet.search(visit(world.team_mate, "team", world.team.pk, query)[1])
    assert post(world.team_mate, "review_end", world.team.pk).status_code == 200
    minutes = reverse("review_minutes", args=[world.team.pk, review.pk])
    for person, sees in ((world.owner, True), (world.team_mate, False), (world.stranger, False)):
        client = Client()
        client.force_login(person)
        assert bool(quiet.search(text_of(client.get(minutes)))) is sees
        history = visit(person, "team", world.team.pk, "?tab=history")[1]
        assert ("Quiet words" in history) is sees
        count = re.search(r'data-label="Decisions">(\d)', history)
        assert count
        assert count[1] == ("1" if sees else "0")


def test_start_decide_say_end_and_read_the_minutes(world: World, visit: Visit) -> None:
    key_result = turned(world.objective(), "Slipped", 7, 3, win="Half the desk.")
    world.count()
    page = text_of(post(world.team_mate, "review_start", world.team.pk))
    assert "running, 0 of 15 min" in page
    decide = visit(world.team_mate, "team", world.team.pk, f"{REVIEW}&decide={key_result.pk}")[1]
    assert f'<option value="{key_result.pk}" selected>Slipped' in decide
    page = text_of(
        post(world.team_mate, "decision_keep", world.team.pk, text="Stop early", because="it is late",
             about=str(key_result.pk), day="2026-06-01")
    )  # fmt: skip
    assert "Stop early" in page.split('id="decisions"')[1]
    assert "09:30, on Slipped, Vikram. Again on 1 Jun" in page
    page = text_of(
        post(
            world.team_mate,
            "next_step_say",
            world.team.pk,
            text="calls them",
            owner=str(world.contributor.pk),
        )
    )
    assert 'calls them <span class="faint">Caro' in page.split("Until next week")[1]
    page = text_of(post(world.team_mate, "review_end", world.team.pk))
    for words in ("Stop early", "Because it is late", "calls them", "Half the desk.", "Confidence 7 → 3."):
        assert words in page, words
    review = Review.objects.get()
    assert review.ended_by == world.team_mate
    history = visit(world.stranger, "team", world.team.pk, "?tab=history")[1]
    assert str(review.pk) in history
    assert "Stop early" in history


def test_what_is_typed_is_never_lost(world: World) -> None:
    started(world)
    world.count()
    answer = post(
        world.owner, "decision_keep", world.team.pk, text=" ", because="A reason <b>", about="nonsense", day="soon"
    )  # fmt: skip
    assert answer.status_code == 422
    assert 'value="A reason &lt;b&gt;"' in text_of(answer)
    answer = post(world.owner, "decision_keep", world.team.pk, text="Stop early", day="2026-01-01")
    assert answer.status_code == 422
    assert ">Stop early</textarea>" in text_of(answer)
    assert "This day has passed." in text_of(answer)
    answer = post(world.owner, "next_step_say", world.team.pk, text="", owner=str(world.contributor.pk))
    assert answer.status_code == 422
    assert f'value="{world.contributor.pk}" selected' in text_of(answer)
    assert not Decision.objects.exists()
    assert not NextStep.objects.exists()


def test_a_form_sent_twice_or_after_the_end_loses_and_doubles_nothing(world: World) -> None:
    review = started(world)
    world.count()
    fields = {
        "form_id": "11111111-1111-7111-8111-111111111111",
        "review": str(review.pk),
        "text": "Stop early",
    }
    post(world.owner, "decision_keep", world.team.pk, **fields)
    post(world.owner, "decision_keep", world.team.pk, **fields)
    end_review(review=review, by=world.owner, at=NOW)
    post(world.team_mate, "decision_keep", world.team.pk, review=str(review.pk), text="Too late to lose")
    kept = [row["text"] for row in Review.objects.get().minutes["decisions"]]
    assert sorted(kept) == ["Stop early", "Too late to lose"]
    assert post(world.owner, "review_end", world.team.pk).status_code == 200


def test_a_decision_taken_back_gives_its_words_back(world: World) -> None:
    review = started(world)
    world.count()
    decision = keep_decision(
        team=world.team, by=world.owner, at=NOW, text="Stop early", because="late", review=review
    )
    page = text_of(post(world.team_mate, "decision_take_back", decision.pk))
    assert ">Stop early</textarea>" in page
    assert 'value="late"' in page
    assert '<p class="voice-sm strong">Stop early' not in page


def test_next_steps_are_marked_in_place(world: World, visit: Visit) -> None:
    step = say_next_step(
        team=world.team, by=world.owner, at=NOW - timedelta(days=7), text="checks the rota", owner=world.stranger,
        due_on=TODAY - timedelta(days=3),
    )  # fmt: skip
    world.count()
    before = visit(world.owner, "team", world.team.pk, REVIEW)[1].split("Last week we said")[1]
    assert 'Sofia: checks the rota <span class="faint">Open, was due Sun 17 May' in before
    page = text_of(post(world.stranger, "next_step_end", step.pk, state="done", outcome="Joao"))
    assert 'checks the rota <span class="faint">Done: Joao' in page
    page = text_of(post(world.owner, "next_step_end", step.pk, state="open"))
    assert "Open, was due" in page
    assert "Done or dropped, please" in text_of(post(world.owner, "next_step_end", step.pk, state="later"))


def test_readers_find_nothing_to_press(world: World, visit: Visit) -> None:
    viewer = make_person(world.organisation, role=Role.VIEWER)
    world.team.memberships.create(user=viewer)
    turned(world.objective(), "Slipped", 7, 3)
    started(world)
    world.count()
    for person in (viewer, world.stranger):
        page = visit(person, "team", world.team.pk, REVIEW)[1]
        assert "running, 0 of 15 min" in page
        for words in ("End review", "Keep decision", "Write it down", "Decide<"):
            assert words not in page


@pytest.mark.parametrize("tab", ["review", "history", "review&present=1"])
def test_a_team_without_anything_says_so(world: World, visit: Visit, tab: str) -> None:
    world.count()
    status, page = visit(world.owner, "team", world.team.pk, f"?tab={tab}")
    assert status == 200
    assert "Nobody waits for us" in page or "No review yet" in page


def test_the_day_of_the_review_is_the_teams_or_everybodys(world: World, visit: Visit) -> None:
    world.count()
    assert "Weekly review every Thursday at 10:00." in visit(world.owner, "team", world.team.pk)[1]
    world.team.review_weekday, world.team.review_hour = 0, 9
    world.team.save()
    assert "Weekly review every Monday at 9:00." in visit(world.owner, "team", world.team.pk, REVIEW)[1]


def test_the_large_view_stays_large_and_leads_back(world: World) -> None:
    turned(world.objective(), "Slipped", 7, 3)
    started(world)
    world.count()
    page = text_of(post(world.owner, "decision_keep", world.team.pk, text="Stop early", present="1"))
    assert "Leave the large view" in page
    assert 'class="rail"' not in page
    assert "Stop early" in page


def test_nothing_of_another_organisation(world: World, visit: Visit) -> None:
    other = make_world()
    review = start_review(team=other.team, by=other.owner, at=NOW)
    end_review(review=review, by=other.owner, at=NOW)
    client = Client()
    client.force_login(world.administrator)
    for team in (other.team, world.team):
        assert client.get(reverse("review_minutes", args=[team.pk, review.pk])).status_code == 404
    assert visit(world.administrator, "team", other.team.pk, REVIEW)[0] == 404


@pytest.mark.parametrize("rows", [1, 12])
def test_statements_stay_the_same(world: World, rows: int) -> None:
    """Twelve of the page itself, five of the session and the frame."""
    review = started(world)
    for place in range(rows):
        objective = world.objective(title=f"Objective {place}")
        key_result = turned(objective, "Slipped", 8, 3, win=f"Win {place}")
        steps = make_key_result(objective, kind=KeyResultKind.MILESTONES, owner=world.owner, steps=())
        make_milestones(steps, [("One", 1)])
        make_check_in(steps, value=None, confidence=9, author=world.owner, observed_on=BEFORE)
        make_check_in(steps, value=None, confidence=3, author=world.owner)
        facts = {"team": world.team, "by": world.owner, "at": NOW, "key_result": key_result, "review": review}
        keep_decision(text=f"Decision {place}", **facts)
        say_next_step(text=f"Step {place}", owner=world.contributor, **facts)
        Ask.objects.create(
            organisation=world.organisation, objective=objective, key_result=key_result, text="Help?",
            asked_by=world.owner, asked_of=world.stranger, created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        thanks = Thanks.objects.create(
            organisation=world.organisation, objective=objective, author=world.owner, text="Thanks",
            created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        thanks.receiver_rows.create(user=world.contributor)
    world.count()
    client = Client()
    client.force_login(world.team_mate)
    counts = []
    for query in (REVIEW, f"{REVIEW}&present=1", "?tab=history"):
        address = reverse("team", args=[world.team.pk]) + query
        client.get(address)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(address).status_code == 200
        counts.append(len(statements))
    assert counts[0] <= 17, counts
    assert counts[1] <= 17
    assert counts[2] <= 9
