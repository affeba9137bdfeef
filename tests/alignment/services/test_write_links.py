"""Linking objectives: ends, kinds, loops, and the numbers that follow."""

from __future__ import annotations

from decimal import Decimal

import pytest

from activity.models import Event
from alignment.models import AlignmentLink, PriorityProgress
from alignment.rules.kinds import LinkKind, LinkState, PriorityState
from alignment.services import create_link, delete_link, edit_link
from alignment.services.link_ends import Parent
from common.errors import InvalidInput, NotAllowed, RuleConflict
from objectives.models import Objective
from objectives.rules.kinds import CycleState, ObjectiveState, ValueSource, Visibility
from people.models import User
from people.roles import Role
from tests.factories import (
    NOW,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_person,
    make_priority,
    make_team,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return make_person()


@pytest.fixture
def child(owner: User) -> Objective:
    return make_objective(owner=owner, title="Child", progress=Decimal("0.4"))


def test_to_a_priority_it_contributes_and_the_priority_moves(owner: User, child: Objective) -> None:
    priority = make_priority(owner.organisation)

    link = create_link(child=child, parent=priority, by=owner, at=NOW, reason=" More orders ")

    assert (link.kind, link.state, int(link.weight)) == (LinkKind.CONTRIBUTES, LinkState.ACTIVE, 1)
    assert (link.reason, link.created_by, link.updated_at) == ("More orders", owner, NOW)
    standing = PriorityProgress.objects.get(priority=priority, cycle=child.cycle)
    assert standing.progress == Decimal("0.4")
    event = Event.objects.get()
    assert (event.verb, event.subject_id, event.objective_id) == ("link.created", link.pk, child.pk)
    assert event.payload["parent_type"] == "priority"
    assert event.payload["parent_id"] == str(priority.pk)


def test_to_an_objective_or_a_key_result_it_supports(owner: User, child: Objective) -> None:
    parent = make_objective(child.cycle)

    for end in (parent, make_key_result(parent)):
        link = create_link(child=child, parent=end, by=owner, at=NOW)
        assert (link.kind, link.parent_id) == (LinkKind.SUPPORTS, end.pk)
    parent.refresh_from_db()
    assert parent.progress is None


def test_a_contribution_lifts_the_parent_by_its_weight(owner: User, child: Objective) -> None:
    parent = make_objective(child.cycle)
    other = make_objective(child.cycle, owner=owner, progress=Decimal("1"))

    link = create_link(child=child, parent=parent, by=owner, at=NOW, kind=LinkKind.CONTRIBUTES)
    create_link(child=other, parent=parent, by=owner, at=NOW, kind=LinkKind.CONTRIBUTES, weight=Decimal(3))
    parent.refresh_from_db()
    assert parent.progress == Decimal("0.85")

    edit_link(link=link, by=owner, at=NOW, weight=Decimal(3))
    parent.refresh_from_db()
    assert parent.progress == Decimal("0.7")

    delete_link(link=link, by=owner, at=NOW)
    parent.refresh_from_db()
    assert parent.progress == Decimal("1")
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["link.created", "link.created", "link.edited", "link.deleted"]
    assert Event.objects.get(verb="link.edited").payload["changes"] == {"weight": ["1", "3"]}
    assert Event.objects.get(verb="link.deleted").payload["child_id"] == str(child.pk)


def test_a_key_result_fed_by_objectives_follows_its_links(owner: User, child: Objective) -> None:
    fed = make_key_result(make_objective(child.cycle), value_source=ValueSource.ALIGNED_OBJECTIVES)

    link = create_link(child=child, parent=fed, by=owner, at=NOW, kind=LinkKind.CONTRIBUTES)
    fed.refresh_from_db()
    assert fed.progress == Decimal("0.4")

    edit_link(link=link, by=owner, at=NOW, kind=LinkKind.SUPPORTS)
    fed.refresh_from_db()
    assert fed.progress != Decimal("0.4")


def test_a_dependency_is_a_request_and_may_become_something_else(owner: User, child: Objective) -> None:
    link = create_link(
        child=child, parent=make_objective(child.cycle), by=owner, at=NOW, kind=LinkKind.DEPENDS_ON
    )
    assert link.state == LinkState.REQUESTED

    edited = edit_link(link=link, by=owner, at=NOW, kind=LinkKind.SUPPORTS)

    assert edited.state == LinkState.ACTIVE


def test_many_parents_but_each_once(owner: User, child: Objective) -> None:
    first, second = make_priority(owner.organisation), make_priority(owner.organisation)
    create_link(child=child, parent=first, by=owner, at=NOW)
    create_link(child=child, parent=second, by=owner, at=NOW)

    with pytest.raises(RuleConflict, match="already"):
        create_link(child=child, parent=first, by=owner, at=NOW)

    assert AlignmentLink.objects.count() == 2


def test_an_edit_that_changes_nothing_leaves_no_trace(owner: User, child: Objective) -> None:
    link = make_link(child, make_priority(owner.organisation))

    edit_link(link=link, by=owner, at=NOW, kind=LinkKind.CONTRIBUTES, weight=Decimal("1.0"), reason="")

    assert not Event.objects.exists()


def test_a_loop_is_refused_and_its_path_named(owner: User, child: Objective) -> None:
    middle = make_objective(child.cycle, owner=owner, title="Middle")
    top = make_objective(child.cycle, owner=owner, title="Top")
    key_result = make_key_result(top, title="Orders")
    make_link(child, middle)
    make_link(middle, key_result, kind=LinkKind.DEPENDS_ON, state=LinkState.DECLINED)

    with pytest.raises(RuleConflict, match="“Top” → “Child” → “Middle” → “Orders” → “Top”") as refused:
        create_link(child=top, parent=child, by=owner, at=NOW)

    assert refused.value.code == "loop"
    assert AlignmentLink.objects.count() == 2


def test_an_objective_leads_neither_to_itself_nor_to_its_own_key_result(
    owner: User, child: Objective
) -> None:
    key_result = make_key_result(child, title="Orders")

    with pytest.raises(RuleConflict, match="“Child” → “Child”"):
        create_link(child=child, parent=child, by=owner, at=NOW)
    with pytest.raises(RuleConflict, match="“Child” → “Orders” → “Child”"):
        create_link(child=child, parent=key_result, by=owner, at=NOW)


def test_a_loop_tells_no_title_that_the_person_may_not_see(owner: User, child: Objective) -> None:
    secret = make_objective(child.cycle, title="Secret", visibility=Visibility.PRIVATE)
    top = make_objective(child.cycle, owner=owner, title="Top")
    make_link(child, make_key_result(secret, title="Secret number"))
    make_link(secret, top)

    with pytest.raises(RuleConflict) as refused:
        create_link(child=top, parent=child, by=owner, at=NOW)

    assert "Secret" not in refused.value.message
    assert "“Top” → “Child” → a private objective → “Top”" in refused.value.message


def test_links_of_deleted_objectives_still_close_loops(owner: User, child: Objective) -> None:
    gone = make_objective(child.cycle, owner=owner, title="Gone", deleted_at=NOW)
    top = make_objective(child.cycle, owner=owner, title="Top")
    make_link(child, gone)
    make_link(gone, top)

    with pytest.raises(RuleConflict, match="a deleted objective"):
        create_link(child=top, parent=child, by=owner, at=NOW)


def test_two_ways_to_the_same_place_are_no_loop(owner: User, child: Objective) -> None:
    left = make_objective(child.cycle, owner=owner)
    right = make_objective(child.cycle, owner=owner)
    top = make_objective(child.cycle, owner=owner)
    for below, above in ((child, left), (child, right), (left, top), (right, top)):
        create_link(child=below, parent=above, by=owner, at=NOW)

    assert AlignmentLink.objects.count() == 4


def test_a_parent_that_is_not_there_for_the_person_is_not_found(owner: User, child: Objective) -> None:
    secret = make_objective(child.cycle, visibility=Visibility.PRIVATE)
    ends: list[Parent] = [
        secret,
        make_key_result(secret),
        make_objective(),
        make_priority(),
        make_priority(owner.organisation, state=PriorityState.DRAFT),
        make_objective(child.cycle, deleted_at=NOW),
    ]

    for end in ends:
        with pytest.raises(InvalidInput) as refused:
            create_link(child=child, parent=end, by=owner, at=NOW)
        assert [(one.field, one.code) for one in refused.value.problems] == [("parent", "not_found")]


def test_what_has_ended_takes_no_links(owner: User, child: Objective) -> None:
    retired = make_priority(owner.organisation, state=PriorityState.RETIRED, title="Old aim")
    closed = make_objective(child.cycle, owner=owner, state=ObjectiveState.CLOSED, title="Done")
    past = make_objective(make_cycle(owner.organisation, name="Q1", state=CycleState.CLOSED), owner=owner)

    for end, name in ((retired, "Old aim"), (closed, "Done"), (past, "Q1"), (make_key_result(past), "Q1")):
        with pytest.raises(RuleConflict, match=name):
            create_link(child=child, parent=end, by=owner, at=NOW)
    for ended in (closed, past):
        with pytest.raises(RuleConflict):
            create_link(child=ended, parent=make_priority(owner.organisation), by=owner, at=NOW)


def test_what_a_closed_cycle_counted_stays(owner: User, child: Objective) -> None:
    past = make_objective(make_cycle(owner.organisation, name="Q1", state=CycleState.CLOSED))

    for link in (make_link(child, past), make_link(past, make_priority(owner.organisation))):
        administrator = make_person(owner.organisation, role=Role.ADMINISTRATOR)
        with pytest.raises(RuleConflict, match="Q1"):
            edit_link(link=link, by=administrator, at=NOW, weight=Decimal(2))
        with pytest.raises(RuleConflict, match="Q1"):
            delete_link(link=link, by=administrator, at=NOW)


def test_gone_is_gone(owner: User, child: Objective) -> None:
    link = make_link(child, make_priority(owner.organisation))
    again = AlignmentLink.objects.get(pk=link.pk)
    delete_link(link=link, by=owner, at=NOW)

    with pytest.raises(RuleConflict, match="removed"):
        delete_link(link=again, by=owner, at=NOW)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"kind": "blocks"}, ("kind", "unknown")),
        ({"weight": Decimal(-1)}, ("weight", "negative")),
        ({"weight": Decimal("NaN")}, ("weight", "not_finite")),
        ({"weight": Decimal(10**6)}, ("weight", "too_large")),
        ({"reason": "x" * 20_001}, ("reason", "too_long")),
    ],
)
def test_what_cannot_be_taken(owner: User, child: Objective, fields: dict, problem: tuple[str, str]) -> None:
    priority = make_priority(owner.organisation)
    link = make_link(child, make_priority(owner.organisation))

    with pytest.raises(InvalidInput) as refused:
        create_link(child=child, parent=priority, by=owner, at=NOW, **fields)
    assert [(one.field, one.code) for one in refused.value.problems] == [problem]
    with pytest.raises(InvalidInput):
        edit_link(link=link, by=owner, at=NOW, **fields)


def test_team_mates_viewers_leaders_and_strangers_may_not() -> None:
    team_mate = make_person()
    organisation = team_mate.organisation
    child = make_objective(make_cycle(organisation), team=make_team(members=[team_mate]))
    priority = make_priority(organisation)
    link = make_link(child, make_priority(organisation))
    viewer = make_person(organisation, role=Role.VIEWER)
    leader = make_person(organisation, role=Role.LEADER)

    for person in (team_mate, viewer, leader, make_person()):
        with pytest.raises(NotAllowed):
            create_link(child=child, parent=priority, by=person, at=NOW)
        with pytest.raises(NotAllowed):
            edit_link(link=link, by=person, at=NOW, weight=Decimal(2))
        with pytest.raises(NotAllowed):
            delete_link(link=link, by=person, at=NOW)


def test_the_owner_of_the_parent_alone_may_not(child: Objective) -> None:
    above = make_person(child.organisation)

    with pytest.raises(NotAllowed):
        create_link(child=child, parent=make_objective(child.cycle, owner=above), by=above, at=NOW)
