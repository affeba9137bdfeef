"""Stating, ranking and retiring priorities, and their news."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from activity.models import Event
from alignment.models import PriorityNews, StrategicPriority
from alignment.rules.kinds import PriorityState
from alignment.services import (
    activate_priority,
    create_priority,
    edit_priority,
    post_news,
    rank_priorities,
    retire_priority,
)
from common.errors import InvalidInput, NotAllowed, RuleConflict, StaleVersion
from people.models import User
from people.roles import Role
from tests.factories import NOW, make_organisation, make_person, make_priority

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader() -> User:
    return make_person(role=Role.LEADER)


def test_a_new_one_is_active_and_ranked_last(leader: User) -> None:
    make_priority(leader.organisation, rank=3)
    make_priority(leader.organisation, rank=9, state=PriorityState.RETIRED)

    made = create_priority(
        by=leader,
        at=NOW,
        title=" Return ",
        narrative="Why now",
        not_doing="A third shop",
        owner=leader,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )

    made.refresh_from_db()
    assert (made.title, made.state, made.rank, made.activated_at) == ("Return", PriorityState.ACTIVE, 4, NOW)
    assert (made.owner, made.not_doing) == (leader, "A third shop")
    assert Event.objects.get().verb == "priority.created"


def test_a_draft_is_published_once(leader: User) -> None:
    draft = create_priority(by=leader, at=NOW, title="Return", state=PriorityState.DRAFT)
    assert draft.activated_at is None

    active = activate_priority(priority=draft, by=leader, at=NOW)
    assert (active.state, active.activated_at, active.revision) == (PriorityState.ACTIVE, NOW, 1)
    assert activate_priority(priority=draft, by=leader, at=NOW).revision == 1


def test_an_edit_of_a_draft_counts_up_and_refuses_a_stale_one(leader: User) -> None:
    priority = make_priority(leader.organisation, title="Return", state=PriorityState.DRAFT)

    edited = edit_priority(priority=priority, by=leader, at=NOW, expected_version=1, title="Come back")
    assert (edited.title, edited.revision, edited.updated_at) == ("Come back", 2, NOW)
    assert edit_priority(priority=priority, by=leader, at=NOW, title="Come back").revision == 2
    assert Event.objects.get().payload == {"changes": {"title": ["Return", "Come back"]}}
    with pytest.raises(StaleVersion):
        edit_priority(priority=priority, by=leader, at=NOW, expected_version=1, title="Stay")


def test_an_active_one_keeps_its_words_and_takes_other_ids_at_once(leader: User) -> None:
    priority = make_priority(leader.organisation, title="Return")

    edited = edit_priority(priority=priority, by=leader, at=NOW, title="Come back", external_id="P-1")

    assert (edited.title, edited.external_id, edited.revision) == ("Return", "P-1", 1)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"title": " "}, ("title", "required")),
        ({"narrative": "x" * 20_001}, ("narrative", "too_long")),
        ({"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)}, ("ends_on", "before_start")),
        ({"external_id": "P-1"}, ("external_id", "taken")),
    ],
)
def test_what_cannot_be_taken(leader: User, fields: dict, problem: tuple[str, str]) -> None:
    make_priority(leader.organisation, external_id="P-1")

    with pytest.raises(InvalidInput) as refused:
        create_priority(by=leader, at=NOW, **{"title": "Return", **fields})

    assert [(one.field, one.code) for one in refused.value.problems] == [problem]


def test_owners_come_from_the_organisation_and_are_at_work(leader: User) -> None:
    for owner, code in (
        (make_person(), "not_found"),
        (make_person(leader.organisation, is_active=False), "inactive"),
    ):
        with pytest.raises(InvalidInput) as refused:
            create_priority(by=leader, at=NOW, title="Return", owner=owner)
        assert [(one.field, one.code) for one in refused.value.problems] == [("owner", code)]


def test_a_new_one_is_not_retired(leader: User) -> None:
    with pytest.raises(InvalidInput):
        create_priority(by=leader, at=NOW, title="Return", state=PriorityState.RETIRED)


def test_retiring_needs_a_reason_and_ends_editing(leader: User) -> None:
    priority = make_priority(leader.organisation, title="Old aim")

    with pytest.raises(InvalidInput):
        retire_priority(priority=priority, by=leader, at=NOW, reason=" ")
    retired = retire_priority(priority=priority, by=leader, at=NOW, reason="Reached")
    assert (retired.state, retired.state_reason, retired.retired_at) == (
        PriorityState.RETIRED,
        "Reached",
        NOW,
    )
    with pytest.raises(RuleConflict, match="Old aim"):
        edit_priority(priority=priority, by=leader, at=NOW, title="New aim")
    with pytest.raises(RuleConflict, match="Old aim"):
        post_news(priority=priority, by=leader, at=NOW, text="Still here")
    again = activate_priority(priority=priority, by=leader, at=NOW)
    assert (again.state, again.state_reason, again.retired_at) == (PriorityState.ACTIVE, "", None)


def test_ranking_puts_the_named_first_and_the_retired_last(leader: User) -> None:
    old = make_priority(leader.organisation, title="Old", rank=1, state=PriorityState.RETIRED)
    a, b, c = (
        make_priority(leader.organisation, title=title, rank=rank)
        for rank, title in enumerate("ABC", start=2)
    )

    ranked = rank_priorities(ordered_ids=[c.pk, a.pk], by=leader, at=NOW)

    assert [row.title for row in ranked] == ["C", "A", "B"]
    everything = StrategicPriority.objects.filter(organisation=leader.organisation)
    assert list(everything.values_list("title", "rank")) == [("C", 1), ("A", 2), ("B", 3), ("Old", 4)]
    assert b.title == "B"
    for pk in (old.pk, make_priority().pk):
        with pytest.raises(InvalidInput, match="no such priority"):
            rank_priorities(ordered_ids=[pk], by=leader, at=NOW)


def test_members_viewers_and_strangers_state_nothing(leader: User) -> None:
    member = make_person(leader.organisation)
    priority = make_priority(leader.organisation, owner=member)
    viewer = make_person(leader.organisation, role=Role.VIEWER)
    stranger = make_person(role=Role.ADMINISTRATOR)

    for person in (member, viewer):
        with pytest.raises(NotAllowed):
            create_priority(by=person, at=NOW, title="Mine")
        with pytest.raises(NotAllowed):
            rank_priorities(ordered_ids=[priority.pk], by=person, at=NOW)
    for person in (member, viewer, stranger):
        with pytest.raises(NotAllowed):
            edit_priority(priority=priority, by=person, at=NOW, title="Mine")
        with pytest.raises(NotAllowed):
            activate_priority(priority=priority, by=person, at=NOW)
        with pytest.raises(NotAllowed):
            retire_priority(priority=priority, by=person, at=NOW, reason="r")


def test_the_owner_writes_news_dated_with_the_organisations_day() -> None:
    organisation = make_organisation(time_zone="Pacific/Auckland")
    owner = make_person(organisation)
    priority = make_priority(organisation, owner=owner)
    late = datetime(2026, 5, 20, 22, 0, tzinfo=UTC)

    news = post_news(priority=priority, by=owner, at=late, text=" We opened\nthe second shop. ")
    post_news(
        priority=priority, by=make_person(organisation, role=Role.LEADER), at=late, text="Earlier stays."
    )

    assert (news.text, news.author, news.on) == ("We opened the second shop.", owner, date(2026, 5, 21))
    assert PriorityNews.objects.count() == 2
    assert set(Event.objects.values_list("verb", flat=True)) == {"priority.news_posted"}


def test_news_is_one_line_by_those_who_may(leader: User) -> None:
    priority = make_priority(leader.organisation)

    for text in (" ", "x" * 301):
        with pytest.raises(InvalidInput):
            post_news(priority=priority, by=leader, at=NOW, text=text)
    for person in (make_person(leader.organisation), make_person(role=Role.LEADER)):
        with pytest.raises(NotAllowed):
            post_news(priority=priority, by=person, at=NOW, text="News")
