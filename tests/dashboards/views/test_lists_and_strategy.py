"""Pages that show many rows cost the same for ten and for five hundred, and say what they should."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alignment.models import PriorityNews, StrategicPriority
from checkins.services.rebuild_numbers import rebuild_numbers
from common.clock import now
from common.days import day_in
from objectives.rules.kinds import Visibility
from people.roles import Role
from tests.factories import (
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
    make_team,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return make_person(make_organisation(), role=Role.LEADER)


@pytest.fixture
def today(leader):
    return day_in(leader.organisation.time_zone, now())


@pytest.fixture
def cycle(leader, today):
    return make_cycle(
        leader.organisation, starts_on=today.replace(month=1, day=1), ends_on=today.replace(month=12, day=31)
    )


@pytest.fixture
def signed_in(client, leader):
    client.force_login(leader)
    return client


def fill(leader, cycle, count, start=0):
    for number in range(start, start + count):
        priority = make_priority(leader.organisation, title=f"Priority {number}", rank=number + 1)
        owner = make_person(leader.organisation)
        team = make_team(leader.organisation, name=f"Team {number}", lead=owner)
        objective = make_objective(cycle, title=f"Objective {number}", owner=owner, team=team)
        make_key_result(objective)
        make_link(objective, priority)


def queries_of(client, path):
    client.get(path)  # the first request of a day brings the numbers up to it
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("name", "most"), [("objectives", 8), ("strategy", 15), ("alignment", 12), ("priorities", 8)]
)
def test_costs_the_same_for_few_and_many_rows(signed_in, leader, cycle, name, most):
    fill(leader, cycle, 3)
    few = queries_of(signed_in, reverse(name))
    fill(leader, cycle, 40, start=3)
    assert queries_of(signed_in, reverse(name)) == few
    assert few <= most


def test_strategy_shows_progress_news_gaps_and_empty_priorities(signed_in, leader, cycle, today):
    moving = make_priority(leader.organisation, title="Moving one", rank=1)
    make_priority(leader.organisation, title="Empty one", rank=2)
    PriorityNews.objects.create(priority=moving, text="It goes well.", author=leader, on=today)
    objective = make_objective(cycle, owner=leader)
    make_key_result(objective, start_value=Decimal(0), target_value=Decimal(10))
    make_link(objective, moving)
    make_objective(cycle, title="Leads nowhere", owner=leader)
    rebuild_numbers(organisation=leader.organisation, today=today)
    page = signed_in.get(reverse("strategy")).content.decode()
    for words in ("It goes well.", "No objectives yet", "Leads nowhere", "1 of 2 objectives lead"):
        assert words in page


def test_without_a_cycle_every_page_says_what_to_do(signed_in):
    for name in ("strategy", "objectives", "alignment"):
        response = signed_in.get(reverse(name))
        assert response.status_code == 200
        assert "No cycle yet" in response.content.decode()


def test_filters_that_meet_nothing_say_what_remains(signed_in, leader, cycle):
    make_objective(cycle, title="Kiosk", owner=leader)
    page = signed_in.get(reverse("objectives"), {"q": "kiosk", "status": "off_track"}).content.decode()
    assert "Nothing matches both" in page
    assert "Without <b>Off track</b>" in page
    assert "1 objective, Kiosk" in page


def test_nonsense_in_the_address_is_harmless(signed_in, cycle):
    for path in (
        "/objectives/?team=x&page=-4&sort=zz&group=%00",
        "/alignment/?gap=zz&open=x&open=all",
        "/search/?q=" + "a" * 5000,
        "/strategy/?cycle=not-an-id",
    ):
        assert signed_in.get(path).status_code == 200


def test_hidden_objectives_are_on_no_page(client, leader, cycle):
    reader = make_person(leader.organisation)
    make_objective(cycle, title="Quiet plan", owner=leader, visibility=Visibility.PRIVATE)
    client.force_login(reader)
    for name in ("strategy", "objectives", "alignment"):
        assert "Quiet plan" not in client.get(reverse(name)).content.decode()


def test_a_priority_is_written_edited_ordered_and_retired(signed_in, leader, cycle):
    signed_in.post(reverse("priority_new"), {"title": "First", "narrative": "Because"})
    signed_in.post(reverse("priority_new"), {"title": "Second", "draft": "1"})
    first, second = StrategicPriority.objects.order_by("rank")
    assert (first.state, second.state) == ("active", "draft")
    signed_in.post(reverse("priority_state", args=[second.pk]), {"action": "activate"})
    signed_in.post(reverse("priorities"), {"up": str(second.pk)})
    assert list(StrategicPriority.objects.order_by("rank").values_list("title", flat=True)) == [
        "Second",
        "First",
    ]
    signed_in.post(reverse("priority_news", args=[first.pk]), {"text": "A line"})
    assert "A line" in signed_in.get(reverse("priority", args=[first.pk])).content.decode()
    signed_in.post(reverse("priority_state", args=[first.pk]), {"action": "retire", "reason": "Done with it"})
    first.refresh_from_db()
    assert (first.state, first.state_reason) == ("retired", "Done with it")


def test_two_leaders_editing_a_priority_lose_nothing(signed_in, leader):
    priority = make_priority(leader.organisation, title="Old words")
    edit = reverse("priority_edit", args=[priority.pk])
    signed_in.post(edit, {"title": "Their words", "revision": priority.revision})
    response = signed_in.post(edit, {"title": "My words", "revision": priority.revision})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Their words" in page
    assert "My words" in page


def test_an_empty_title_keeps_what_was_typed(signed_in):
    response = signed_in.post(reverse("priority_new"), {"title": " ", "narrative": "Typed with care"})
    assert response.status_code == 422
    assert "Typed with care" in response.content.decode()


def test_members_do_not_state_priorities(client, leader):
    client.force_login(make_person(leader.organisation))
    assert client.get(reverse("priority_new")).status_code == 403
    assert client.post(reverse("priorities"), {"up": "x"}).status_code == 403


def test_linking_names_the_loop_and_keeps_the_choice(signed_in, leader, cycle):
    upper = make_objective(cycle, title="Upper", owner=leader)
    lower = make_objective(cycle, title="Lower", owner=leader)
    make_link(lower, upper)
    response = signed_in.post(
        reverse("link_new"), {"child": str(upper.pk), "parent": f"objective:{lower.pk}", "weight": "1"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Upper" in page
    assert f'value="{upper.pk}" selected' in page
    assert upper.links_up.count() == 0


def test_linking_to_what_one_may_not_see_is_refused_like_what_is_not_there(client, leader, cycle):
    member = make_person(leader.organisation)
    own = make_objective(cycle, owner=member)
    hidden = make_objective(cycle, owner=leader, visibility=Visibility.PRIVATE)
    client.force_login(member)
    answers = [
        client.post(reverse("link_new"), {"child": str(own.pk), "parent": f"objective:{pk}"}).content
        for pk in (hidden.pk, member.pk)
    ]
    assert all(b"Choose what it helps" in answer for answer in answers)
