"""The feed: every kind of entry, from where, what is new, and what a reader may not see."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activity.models import Event
from alignment.models import StrategicPriority
from alignment.services.draft_revision import save_draft
from alignment.services.post_news import post_news
from alignment.services.publish_revision import publish_revision
from alignment.services.write_links import create_link
from alignment.services.write_priorities import activate_priority, create_priority, edit_priority
from checkins.models import CheckIn, Comment, Decision
from checkins.rules.kinds import AskKind
from checkins.services.answer_ask import answer_ask
from checkins.services.ask_person import ask_person
from checkins.services.delete_comment import delete_comment
from checkins.services.edit_check_in import delete_check_in
from checkins.services.give_thanks import give_thanks
from checkins.services.keep_decision import keep_decision
from checkins.services.take_back_decision import take_back_decision
from checkins.services.tell_win import tell_win
from checkins.services.withdraw_ask import withdraw_ask
from checkins.services.write_comment import write_comment
from common.ids import new_id
from objectives.models import Objective
from objectives.rules.kinds import Visibility
from objectives.services import pause_objective
from people.models import User
from people.roles import Role
from tests.dashboards.page_world import World, visit, world
from tests.factories import NOW, make_check_in, make_key_result, make_objective, make_person

__all__ = ["visit", "world"]
pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def read(user: User, query: str = "") -> str:
    """The page in plain words, tags left out."""
    return plain(page(user, query))


def page(user: User, query: str = "") -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(reverse("feed") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).replace("\u00a0", " ").split())


def entries(markup: str) -> list[str]:
    """Each entry's words."""
    return [plain(part) for part in re.findall(r"<li[^>]*data-row.*?</li>", markup, re.S)]


def new_counts(markup: str) -> dict[str, str]:
    """The menu on the left: words to number."""
    menu = markup.split('aria-label="Show"')[1].split("</nav>")[0]
    return {
        plain(words): plain(count).split()[0]
        for words, count in re.findall(r"<li><a[^>]*>(.*?)<b class=\"num\">(.*?)</b>", menu, re.S)
    }


def reword(priority: StrategicPriority, *, by: User, **words: Any) -> None:
    draft = save_draft(priority=priority, by=by, at=LATER, **words)
    assert draft is not None
    publish_revision(revision=draft, by=by, at=LATER, reason="So that nobody stops half way")


@pytest.fixture
def leader(world: World) -> User:
    return make_person(world.organisation, name="Amara", role=Role.LEADER)


@pytest.fixture
def told(world: World, leader: User) -> Objective:
    """One of every kind, by others than Caro, on the objective that she contributes to."""
    objective = world.objective()
    key_result = make_key_result(objective, owner=world.owner, title="Full list found")
    make_check_in(key_result, value=30, confidence=5, author=world.owner, note="Two planners are missing.")
    make_check_in(key_result, value=31, source="api", author=None, confidence=None)
    priority = create_priority(title="Easiest place", by=leader, at=NOW)
    create_link(child=objective, parent=priority, by=world.owner, at=NOW)
    post_news(priority=priority, text="Maps outrun the planners.", by=leader, at=NOW)
    reword(priority, by=leader, title="Easiest place to finish")
    give_thanks(
        objective=objective,
        receivers=[world.contributor],
        text="You had the maps ready.",
        by=world.owner,
        at=NOW,
    )
    tell_win(text="Not one lost customer.", team=world.team, by=world.owner, at=NOW)
    keep_decision(team=world.team, text="Dark stores first.", because="they wait", by=world.owner, at=NOW)
    write_comment(objective=objective, text="Could the *aisles* wait?", by=world.team_mate, at=NOW)
    ask = ask_person(objective=objective, asked_of=leader, text="Two planners?", by=world.contributor, at=NOW)
    answer_ask(ask=ask, text="Yes, from Monday.", by=leader, at=LATER)
    needed = make_objective(world.cycle, owner=world.stranger, title="Aisle map interface")
    create_link(child=objective, parent=needed, kind="depends_on", by=world.owner, at=NOW)
    pause_objective(objective=needed, reason="Waiting for the vendor.", by=world.stranger, at=LATER)
    world.count()
    return objective


def test_tells_every_kind_of_thing(world: World, told: Objective) -> None:
    words = read(world.contributor)
    for expected in (
        "Leila checked in on Customers find it in one visit",
        "“Two planners are missing.”",
        "1 automatic value",
        "Amara wrote about Easiest place to finish",
        "Amara reworded Easiest place to finish",
        "You have thanks from Leila",
        "Win in Store Operations",
        "Decision in Store Operations",
        "Because they wait",
        "Vikram wrote about Customers find it in one visit",
        "Amara answered you",
        "“Yes, from Monday.”",
        "Aisle map interface is paused. Customers find it in one visit depends on it",
        "“Waiting for the vendor.”",
    ):
        assert expected in words, expected
    assert "<em>aisles</em>" in page(world.contributor)


@pytest.mark.parametrize(
    ("show", "count"),
    [
        ("check_ins", 1),
        ("wins", 2),
        ("decisions", 1),
        ("priorities", 3),
        ("asks", 2),
        ("comments", 1),
        ("dependencies", 1),
        ("automatic", 1),
    ],
)
def test_one_kind_alone(world: World, told: Objective, show: str, count: int) -> None:
    markup = page(world.contributor, f"?show={show}")
    assert len(entries(markup)) == count


def test_counts_what_is_new_as_it_shows_it(world: World, told: Objective) -> None:
    markup = page(world.contributor)
    counts = new_counts(markup)
    automatic = 1  # folded, without a dot
    assert int(counts["Everything"]) == markup.count('class="newdot"') + automatic
    assert counts["Around me"] == counts["Everything"]
    assert counts["Asks and answers"] == "1", "one's own ask is nothing new"
    for words, show in (
        ("Decisions", "decisions"),
        ("Comments", "comments"),
        ("Priority changes", "priorities"),
    ):
        assert int(counts[words]) == page(world.contributor, f"?show={show}").count('class="newdot"')


def test_a_stranger_finds_it_under_everyone_alone(world: World, told: Objective) -> None:
    other = make_person(world.organisation, name="Jun")
    assert entries(page(other)) == []
    assert "Nothing around you yet" in read(other)
    assert len(entries(page(other, "?from=everyone"))) >= 8
    counts = new_counts(page(other))
    assert (counts["Around me"], counts["Teams I follow"]) == ("0", "0")
    assert int(counts["Everyone"]) >= 8


def test_teams_that_one_follows(world: World, told: Objective) -> None:
    other = make_person(world.organisation, name="Jun")
    other.followed_teams.add(world.team)
    words = read(other, "?from=teams")
    assert "Leila checked in on" in words
    assert "Dark stores first." in words
    assert "Aisle map interface" not in words


def test_up_to_date_is_what_the_page_showed(world: World, told: Objective) -> None:
    client = Client()
    client.force_login(world.contributor)
    client.post(reverse("feed_seen"), {"at": NOW.isoformat()})
    world.contributor.refresh_from_db()
    assert world.contributor.feed_seen_at == NOW
    markup = page(world.contributor)
    assert "You were here on" in plain(markup)
    assert 0 < markup.count('class="newdot"') < len(entries(markup))
    client.post(reverse("feed_seen"), {"at": (NOW - timedelta(days=2)).isoformat()})
    world.contributor.refresh_from_db()
    assert world.contributor.feed_seen_at == NOW, "an older page takes nothing back"
    client.post(reverse("feed_seen"), {"at": "2999-01-01T00:00:00Z"})
    world.contributor.refresh_from_db()
    assert world.contributor.feed_seen_at is not None
    assert world.contributor.feed_seen_at.year < 2999


def test_hidden_things_are_in_no_entry_and_no_count(world: World, leader: User) -> None:
    """Before and after, the stranger's page is the same but for what she may see."""
    before = page(world.stranger, "?from=everyone")
    hidden = world.objective("Quiet plan", visibility=Visibility.PRIVATE)
    key_result = make_key_result(hidden, owner=world.owner, title="Secret number")
    make_check_in(key_result, value=30, confidence=5, author=world.owner, note="Hush.")
    write_comment(objective=hidden, text="Hush hush.", by=world.owner, at=NOW)
    keep_decision(team=world.team, text="Hidden decision.", objective=hidden, by=world.owner, at=NOW)
    create_priority(title="Draft direction", state="draft", by=leader, at=NOW)
    open_one = world.objective("Open plan")
    ask = ask_person(objective=open_one, asked_of=leader, text="Never mind?", by=world.owner, at=NOW)
    withdraw_ask(ask=ask, by=world.owner, at=LATER)
    give_thanks(
        objective=open_one,
        receivers=[world.contributor],
        text="Between us.",
        is_private=True,
        by=world.owner,
        at=NOW,
    )
    world.count()
    after = page(world.stranger, "?from=everyone")
    assert entries(after) == entries(before) == []
    assert new_counts(after) == new_counts(before)
    client = Client()
    client.force_login(world.stranger)
    assert client.get(reverse("feed_count")).content.strip() == b""
    assert "Between us." in read(world.contributor)
    assert (
        "Hush hush." in read(world.team_mate, "?from=everyone")
        or world.team_mate not in hidden.contributors.all()
    )


def test_walking_back_tells_everything_once(world: World) -> None:
    objective = world.objective()
    key_result = make_key_result(objective, owner=world.owner, title="Full list found")
    for number in range(70):
        make_check_in(
            key_result,
            value=number,
            confidence=5,
            author=world.owner if number % 2 else world.team_mate,
            note=f"note {number:03}",
            observed_on=(NOW - timedelta(hours=9 * number)).date(),
            known_at=NOW - timedelta(hours=9 * number),
        )
    world.count()
    seen: list[str] = []
    query = ""
    for _ in range(12):
        markup = page(world.contributor, query)
        seen += re.findall(r"note \d{3}", plain(markup))
        addresses = re.findall(r'href="/feed/(\?[^"]*before=[^"]*)"', markup)
        found = [address for address in addresses if "as_of=" not in address]
        if not found:
            break
        query = found[0].replace("&amp;", "&")
    assert sorted(seen) == [f"note {number:03}" for number in range(70)]


def test_costs_the_same_for_ten_and_five_hundred(world: World, told: Objective) -> None:
    few = statements(world.contributor)
    key_result = told.key_results.get()
    comments, events = [], []
    for number in range(160):
        at = NOW - timedelta(minutes=number)
        make_check_in(
            key_result, value=number, confidence=5, author=world.owner, note=f"n {number}", known_at=at
        )
        for author in (world.owner, world.team_mate, world.stranger):
            row = Comment(id=new_id(), organisation=world.organisation, objective=told, author=author)
            row.text, row.created_at, row.updated_at = f"Words {number}.", at, at
            comments.append(row)
            events.append(
                Event(
                    organisation=world.organisation,
                    at=at,
                    by=author,
                    verb="comment.written",
                    subject_type="comment",
                    subject_id=row.pk,
                    objective_id=told.pk,
                )
            )
    Comment.objects.bulk_create(comments)
    Event.objects.bulk_create(events)
    many = statements(world.contributor)
    assert many <= few + 2, "everybody's are too many: the two narrower places are asked too"
    assert many <= 25


def statements(user: User) -> int:
    client = Client()
    client.force_login(user)
    client.get(reverse("feed"))
    with CaptureQueriesContext(connection) as found:
        client.get(reverse("feed"))
    return len(found)


def test_a_decision_among_options_is_told(world: World, leader: User) -> None:
    objective = world.objective()
    ask = ask_person(
        objective=objective, asked_of=leader, text="Mark down or hold?", kind=AskKind.DECISION,
        options=["Mark down now", "Hold until Friday"], by=world.owner, at=NOW,
    )  # fmt: skip
    answer_ask(ask=ask, chosen_option=1, text="The weekend decides.", by=leader, at=LATER)
    words = read(world.owner)
    assert "Hold until Friday" in words
    assert "Amara answered you" in words


@pytest.mark.parametrize(
    "query", ["?show=nonsense&from=nowhere", "?before=never", "?before=2026-99-99T00:00:00Z"]
)
def test_an_odd_address_is_the_plain_page(world: World, told: Objective, query: str) -> None:
    assert read(world.contributor, query) == read(world.contributor)


def test_what_is_deleted_or_taken_back_is_gone(world: World, told: Objective) -> None:
    check_in = CheckIn.objects.get(source="manual")
    comment, decision = Comment.objects.get(), Decision.objects.get(text="Dark stores first.")
    before = new_counts(page(world.contributor))
    delete_check_in(check_in=check_in, by=world.owner, at=LATER)
    delete_comment(comment=comment, by=world.team_mate, at=LATER)
    take_back_decision(decision=decision, by=world.owner, at=LATER)
    markup = page(world.contributor)
    words = plain(markup)
    for gone in ("Two planners are missing.", "Could the", "Dark stores first."):
        assert gone not in words
    after = new_counts(markup)
    assert int(after["Everything"]) == int(before["Everything"]) - 3
    assert (after["Comments"], after["Decisions"], after["Check-ins"]) == ("0", "0", "0")


def test_values_of_systems_are_counted_where_they_belong(world: World, leader: User) -> None:
    """One day's values are one entry, of everybody's objectives; each place counts and tells its own."""
    near, far = world.objective(), make_objective(world.cycle, owner=leader, title="Far away")
    for objective, count in ((near, 2), (far, 3)):
        for number in range(count):
            key_result = make_key_result(
                objective, owner=objective.owner, title=f"{objective.title} {number}"
            )
            make_check_in(key_result, value=number, source="api", author=None, confidence=None)
    counts = new_counts(page(world.contributor))
    assert (counts["Around me"], counts["Everyone"], counts["Automatic values"]) == ("2", "5", "2")
    assert "2 automatic values" in read(world.contributor)
    assert "5 automatic values" in read(world.contributor, "?from=everyone")


def test_many_values_of_systems_are_cut_short(world: World) -> None:
    key_result = make_key_result(world.objective(), owner=world.owner, title="Full list found")
    for number in range(45):
        make_check_in(key_result, value=number, source="api", author=None, confidence=None)
    words = read(world.contributor)
    assert "45 automatic values" in words
    assert "and 5 more" in words


def test_ones_own_objective_of_a_team_one_only_follows_is_around(world: World, leader: User) -> None:
    other = make_person(world.organisation, name="Jun")
    other.followed_teams.add(world.team)
    objective = make_objective(world.cycle, owner=other, team=world.team, title="My own plan")
    write_comment(objective=objective, text="How is it going?", by=leader, at=NOW)
    assert "How is it going?" in read(other)


def test_a_priority_edited_without_other_words_is_nothing_new(
    world: World, told: Objective, leader: User
) -> None:
    before = new_counts(page(world.contributor))
    reword(StrategicPriority.objects.get(), by=leader, owner=world.stranger)
    assert new_counts(page(world.contributor)) == before


def test_a_private_thing_is_neither_about_nor_beside_the_feed(world: World, leader: User) -> None:
    """An ask and thanks to somebody who may no longer see the objective."""
    objective = world.objective()
    ask_person(objective=objective, asked_of=world.stranger, text="Secret ask?", by=world.owner, at=NOW)
    give_thanks(
        objective=objective, receivers=[world.stranger], text="Secret thanks.", by=world.owner, at=NOW
    )
    assert "Leila asked you" in read(world.stranger)
    Objective.objects.filter(pk=objective.pk).update(visibility=Visibility.PRIVATE)
    words = read(world.stranger)
    assert "Secret" not in words
    assert "About you" not in words
    assert new_counts(page(world.stranger))["Everything"] == "0"


def test_what_a_priority_was_as_a_draft_stays_with_the_leaders(world: World, leader: User) -> None:
    draft = create_priority(title="Sell the garden shops", state="draft", by=leader, at=NOW)
    edit_priority(priority=draft, title="Renew the garden shops", by=leader, at=NOW + timedelta(seconds=1))
    activate_priority(priority=draft, by=leader, at=LATER)
    words = read(world.contributor, "?from=everyone&show=priorities")
    assert "put into force Renew the garden shops" in words
    assert "Sell the garden shops" not in words
    other_leader = make_person(world.organisation, name="Maren", role=Role.LEADER)
    assert "Sell the garden shops" in read(other_leader, "?from=everyone&show=priorities")


def test_very_long_words_keep_the_page_whole(world: World) -> None:
    long_name = make_person(world.organisation, name="N" * 200)
    objective = world.objective("T" * 600, contributors=[world.contributor, long_name])
    write_comment(objective=objective, text="W" * 2000, by=long_name, at=NOW)
    assert "N" * 200 in read(world.contributor)
