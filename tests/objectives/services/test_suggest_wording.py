"""Suggested wordings: offered by whoever reads, taken by whoever may edit, never forced."""

from __future__ import annotations

import pytest

from common.errors import InvalidInput, NotAllowed, RuleConflict
from notices.models import Notice
from notices.rules.kinds import NoticeKind
from objectives.models import Objective, Suggestion
from objectives.rules.kinds import ObjectiveState, SuggestionState, Visibility
from objectives.services.create_objective import create_objective
from objectives.services.edit_objective import edit_objective
from objectives.services.suggest_wording import (
    accept_suggestion,
    decline_suggestion,
    suggest_wording,
    withdraw_suggestion,
)
from people.models import User
from people.roles import Role
from tests.factories import NOW, make_cycle, make_key_result, make_objective, make_person, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return make_person()


@pytest.fixture
def leader(owner: User) -> User:
    return make_person(owner.organisation, role=Role.LEADER)


@pytest.fixture
def objective(owner: User) -> Objective:
    return make_objective(owner=owner, title="Sell more", why="Because.")


def offer(objective: Objective, by: User, after: str = "Customers return", **more: object) -> Suggestion:
    return suggest_wording(objective=objective, by=by, at=NOW, field="title", after=after, **more)  # type: ignore[arg-type]


def test_the_author_takes_it(owner: User, leader: User, objective: Objective) -> None:
    made = offer(objective, leader, reason="Outcome first.")
    objective.refresh_from_db()
    assert objective.title == "Sell more"
    assert Notice.objects.get(kind=NoticeKind.PROPOSED).user == owner

    accept_suggestion(suggestion=made, by=owner, at=NOW)

    objective.refresh_from_db()
    assert objective.title == "Customers return"
    assert Suggestion.objects.get().state == SuggestionState.ACCEPTED
    assert Notice.objects.filter(kind=NoticeKind.PROPOSED, user=leader).count() == 1


def test_a_leader_does_not_take_their_own(leader: User, objective: Objective) -> None:
    made = offer(objective, leader)
    with pytest.raises(NotAllowed):
        accept_suggestion(suggestion=made, by=leader, at=NOW)
    objective.refresh_from_db()
    assert objective.title == "Sell more"


def test_declined_and_taken_back(owner: User, leader: User, objective: Objective) -> None:
    first, second = offer(objective, leader), offer(objective, leader, "Loyal customers")
    decline_suggestion(suggestion=first, by=owner, at=NOW, answer=" We mean sales. ")
    with pytest.raises(NotAllowed):
        withdraw_suggestion(suggestion=second, by=owner, at=NOW)
    withdraw_suggestion(suggestion=second, by=leader, at=NOW)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.answer) == (SuggestionState.DECLINED, "We mean sales.")
    assert second.state == SuggestionState.WITHDRAWN
    for made in (first, second):
        with pytest.raises(RuleConflict):
            accept_suggestion(suggestion=made, by=owner, at=NOW)


def test_words_that_changed_since_are_not_overwritten(
    owner: User, leader: User, objective: Objective
) -> None:
    made = offer(objective, leader)
    edit_objective(objective=objective, by=owner, at=NOW, title="Sell better")
    with pytest.raises(RuleConflict, match="changed after"):
        accept_suggestion(suggestion=made, by=owner, at=NOW)


def test_the_title_of_a_key_result_and_the_why(owner: User, leader: User, objective: Objective) -> None:
    key_result = make_key_result(objective, title="NPS")
    accept_suggestion(
        suggestion=offer(objective, leader, "NPS of returning customers", key_result=key_result),
        by=owner,
        at=NOW,
    )
    made = suggest_wording(objective=objective, by=leader, at=NOW, field="why", after="People come back.")
    accept_suggestion(suggestion=made, by=owner, at=NOW)

    key_result.refresh_from_db()
    objective.refresh_from_db()
    assert (key_result.title, objective.why) == ("NPS of returning customers", "People come back.")


def test_what_is_refused(owner: User, leader: User, objective: Objective) -> None:
    for field, after in (("title", " "), ("kind", "committed")):
        with pytest.raises(InvalidInput):
            suggest_wording(objective=objective, by=leader, at=NOW, field=field, after=after)
    with pytest.raises(RuleConflict):
        offer(objective, leader, "Sell more")
    for stranger in (make_person(), make_person(owner.organisation, role=Role.VIEWER)):
        with pytest.raises(NotAllowed):
            offer(objective, stranger)
    hidden = make_objective(objective.cycle, owner=owner, visibility=Visibility.PRIVATE)
    with pytest.raises(NotAllowed):
        offer(hidden, leader)
    with pytest.raises(RuleConflict):
        offer(make_objective(objective.cycle, owner=owner, state=ObjectiveState.CANCELLED), leader)


def test_who_wrote_it_is_kept(owner: User, leader: User) -> None:
    team = make_team(owner.organisation, name="Checkout", lead=owner)
    cycle = make_cycle(owner.organisation)

    def written(by: User, **more: object) -> bool | None:
        return create_objective(by=by, at=NOW, title="Queue", cycle=cycle, **more).is_written_by_team  # type: ignore[arg-type]

    assert (written(owner, team=team), written(leader, team=team), written(owner, owner=owner)) == (
        True,
        False,
        None,
    )
