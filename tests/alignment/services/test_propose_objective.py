"""Proposing and agreeing: the team first, then its sponsor."""

from __future__ import annotations

import pytest

from activity.models import Event
from alignment.services.propose_objective import agree_to_objective, propose_objective
from common.errors import NotAllowed, RuleConflict
from notices.models import Notice
from notices.rules.kinds import NoticeKind
from objectives.models import Objective
from objectives.rules.kinds import ObjectiveState, Visibility
from people.models import User
from people.roles import Role
from tests.factories import NOW, make_link, make_objective, make_person, make_priority

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return make_person()


@pytest.fixture
def sponsor(owner: User) -> User:
    return make_person(owner.organisation, role=Role.LEADER)


@pytest.fixture
def draft(owner: User, sponsor: User) -> Objective:
    objective = make_objective(owner=owner, state=ObjectiveState.DRAFT)
    make_link(objective, make_priority(owner.organisation, owner=sponsor))
    return objective


def told(user: User) -> int:
    return Notice.objects.filter(kind=NoticeKind.PROPOSED, user=user, dropped_at__isnull=True).count()


def test_the_sponsor_is_asked_and_agrees(owner: User, sponsor: User, draft: Objective) -> None:
    proposed = propose_objective(objective=draft, by=owner, at=NOW)
    assert (proposed.state, told(sponsor)) == (ObjectiveState.PROPOSED, 1)

    agreed = agree_to_objective(objective=draft, by=sponsor, at=NOW)

    assert (agreed.state, told(sponsor), told(owner)) == (ObjectiveState.AGREED, 0, 1)
    assert [event.verb for event in Event.objects.order_by("id")] == [
        "objective.proposed",
        "objective.agreed",
    ]


def test_both_steps_repeat_harmlessly(owner: User, sponsor: User, draft: Objective) -> None:
    for _ in range(2):
        propose_objective(objective=draft, by=owner, at=NOW)
    for _ in range(2):
        agree_to_objective(objective=draft, by=sponsor, at=NOW)
    assert (Event.objects.count(), told(owner)) == (2, 1)


def test_only_a_sponsor_or_an_administrator_agrees(owner: User, sponsor: User, draft: Objective) -> None:
    propose_objective(objective=draft, by=owner, at=NOW)
    others = (
        owner,
        make_person(owner.organisation),
        make_person(),
        make_person(owner.organisation, role=Role.VIEWER),
    )
    for person in others:
        with pytest.raises(NotAllowed):
            agree_to_objective(objective=draft, by=person, at=NOW)
    administrator = make_person(owner.organisation, role=Role.ADMINISTRATOR)
    assert agree_to_objective(objective=draft, by=administrator, at=NOW).state == ObjectiveState.AGREED


def test_a_private_one_is_not_shown_to_a_sponsor_who_may_not_see_it(owner: User, sponsor: User) -> None:
    hidden = make_objective(owner=owner, state=ObjectiveState.DRAFT, visibility=Visibility.PRIVATE)
    make_link(hidden, make_priority(owner.organisation, owner=sponsor))
    propose_objective(objective=hidden, by=owner, at=NOW)
    assert told(sponsor) == 0
    with pytest.raises(NotAllowed):
        agree_to_objective(objective=hidden, by=sponsor, at=NOW)


def test_states_that_allow_neither(owner: User, sponsor: User, draft: Objective) -> None:
    with pytest.raises(RuleConflict):
        agree_to_objective(objective=draft, by=sponsor, at=NOW)
    with pytest.raises(RuleConflict):
        propose_objective(objective=make_objective(draft.cycle, owner=owner), by=owner, at=NOW)
    with pytest.raises(NotAllowed):
        propose_objective(objective=draft, by=sponsor, at=NOW)
