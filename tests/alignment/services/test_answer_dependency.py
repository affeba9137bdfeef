"""Dependencies are requests; every answer is kept and told."""

from __future__ import annotations

import pytest

from activity.models import Event
from alignment.models import AlignmentLink
from alignment.rules.kinds import LinkKind, LinkState
from alignment.services import create_link
from alignment.services.answer_dependency import answer_dependency, answers_open_to
from common.errors import InvalidInput, NotAllowed, RuleConflict
from notices.models import Notice
from notices.rules.kinds import NoticeKind
from people.models import User
from people.roles import Role
from tests.factories import NOW, make_key_result, make_link, make_objective, make_person, make_priority

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker() -> User:
    return make_person()


@pytest.fixture
def receiver(asker: User) -> User:
    return make_person(asker.organisation)


@pytest.fixture
def link(asker: User, receiver: User) -> AlignmentLink:
    child = make_objective(owner=asker, title="Child")
    parent = make_objective(child.cycle, owner=receiver, title="Parent")
    return create_link(child=child, parent=parent, by=asker, at=NOW, kind=LinkKind.DEPENDS_ON)


def told(user: User) -> int:
    return Notice.objects.filter(kind=NoticeKind.DEPENDENCY, user=user, dropped_at__isnull=True).count()


def test_the_other_side_is_told_and_accepts(asker: User, receiver: User, link: AlignmentLink) -> None:
    assert (told(receiver), link.state) == (1, LinkState.REQUESTED)

    answered = answer_dependency(link=link, by=receiver, at=NOW, state="accepted")

    assert answered.state == LinkState.ACCEPTED
    assert (told(receiver), told(asker)) == (0, 1)
    assert Event.objects.filter(verb="link.accepted", objective_id=link.child_id).count() == 1


def test_declining_and_offering_need_words(receiver: User, link: AlignmentLink) -> None:
    for state in ("declined", "renegotiated"):
        with pytest.raises(InvalidInput):
            answer_dependency(link=link, by=receiver, at=NOW, state=state, words=" ")
    declined = answer_dependency(
        link=link, by=receiver, at=NOW, state="declined", words="No planner until May."
    )
    assert declined.state == LinkState.DECLINED


def test_an_offer_goes_back_and_every_answer_is_kept(
    asker: User, receiver: User, link: AlignmentLink
) -> None:
    answer_dependency(link=link, by=receiver, at=NOW, state="renegotiated", words="Half of it.")
    answer_dependency(link=link, by=asker, at=NOW, state="requested", words="Half is too late.")
    answer_dependency(link=link, by=receiver, at=NOW, state="renegotiated", words="Two thirds.")
    answer_dependency(link=link, by=asker, at=NOW, state="accepted")

    assert [answer.words for answer in link.answers.all()] == [
        "Half of it.",
        "Half is too late.",
        "Two thirds.",
        "",
    ]
    assert told(receiver) > 0


def test_who_may_say_what(asker: User, receiver: User, link: AlignmentLink) -> None:
    assert answers_open_to(asker, link) == ()
    assert answers_open_to(receiver, link) == (LinkState.ACCEPTED, LinkState.DECLINED, LinkState.RENEGOTIATED)
    for person in (asker, make_person(asker.organisation), make_person(asker.organisation, role=Role.VIEWER)):
        with pytest.raises(NotAllowed):
            answer_dependency(link=link, by=person, at=NOW, state="accepted")
    with pytest.raises(RuleConflict):
        answer_dependency(link=link, by=make_person(), at=NOW, state="accepted")


def test_key_results_and_priorities_are_depended_on_too(asker: User, receiver: User) -> None:
    child = make_objective(owner=asker)
    key_result = make_key_result(make_objective(child.cycle), owner=receiver)
    priority = make_priority(asker.organisation, owner=receiver)
    for parent in (key_result, priority):
        made = create_link(child=child, parent=parent, by=asker, at=NOW, kind=LinkKind.DEPENDS_ON)
        assert answer_dependency(link=made, by=receiver, at=NOW, state="accepted").state == LinkState.ACCEPTED


def test_other_links_are_not_answered(receiver: User, link: AlignmentLink) -> None:
    other = make_link(make_objective(link.child.cycle, owner=receiver), link.child)
    with pytest.raises(RuleConflict):
        answer_dependency(link=other, by=receiver, at=NOW, state="accepted")
    with pytest.raises(InvalidInput):
        answer_dependency(link=link, by=receiver, at=NOW, state="maybe")
