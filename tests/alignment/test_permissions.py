"""Which priorities and links somebody may know of."""

from __future__ import annotations

import pytest

from alignment.permissions import can_edit_link, can_post_news, visible_links, visible_priorities
from alignment.rules.kinds import PriorityState
from objectives.rules.kinds import Visibility
from people.roles import Role
from tests.factories import NOW, make_key_result, make_link, make_objective, make_person, make_priority

pytestmark = pytest.mark.django_db


def test_drafts_are_for_leaders() -> None:
    member = make_person()
    leader = make_person(member.organisation, role=Role.LEADER)
    active = make_priority(member.organisation)
    draft = make_priority(member.organisation, state=PriorityState.DRAFT, rank=2)
    make_priority()

    assert list(visible_priorities(member)) == [active]
    assert list(visible_priorities(leader)) == [active, draft]


def test_a_link_is_seen_when_both_ends_are() -> None:
    owner = make_person()
    team_mate = make_person(owner.organisation)
    seen = make_objective(owner=owner)
    secret = make_objective(seen.cycle, owner=owner, visibility=Visibility.PRIVATE)
    gone = make_objective(seen.cycle, deleted_at=NOW)
    plain = make_link(seen, make_priority(owner.organisation))
    to_key_result = make_link(seen, make_key_result(make_objective(seen.cycle)))
    hidden = [
        make_link(secret, make_priority(owner.organisation)),
        make_link(seen, make_key_result(secret)),
    ]
    make_link(seen, make_priority(owner.organisation, state=PriorityState.DRAFT))
    make_link(gone, seen)
    make_link(make_objective(), make_priority())

    assert set(visible_links(team_mate)) == {plain, to_key_result}
    assert set(visible_links(owner)) == {plain, to_key_result, *hidden}


def test_links_and_news_belong_to_those_who_work_there() -> None:
    owner = make_person()
    viewer = make_person(owner.organisation, role=Role.VIEWER)
    team_mate = make_person(owner.organisation)
    link = make_link(make_objective(owner=owner), make_priority(owner.organisation, owner=viewer))

    assert can_edit_link(owner, link)
    assert not can_edit_link(team_mate, link)
    assert link.priority is not None
    assert not can_post_news(viewer, link.priority)
