"""Versions of a priority: drafted, published, discarded; who is asked, who is told, and never twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.models import Event
from alignment.models import PriorityRevision, Reconfirmation, StrategicPriority
from alignment.rules.kinds import LinkKind, PriorityState, ReconfirmationState, RevisionKind
from alignment.services import (
    activate_priority,
    create_priority,
    discard_revision,
    draft_of,
    edit_priority,
    publish_revision,
    rank_priorities,
    retire_priority,
    save_draft,
)
from alignment.services.ask_reached import tell_priority_changed
from common.errors import InvalidInput, NotAllowed, RuleConflict, StaleVersion
from notices.models import Notice
from objectives.models import Objective
from objectives.rules.kinds import ObjectiveState
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
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def leader() -> User:
    return make_person(role=Role.LEADER, name="Kofi")


def _priority(leader: User, title: str = "Halve our carbon by 2030") -> StrategicPriority:
    return create_priority(by=leader, at=NOW, title=title, narrative="Why now")


def _draft(
    priority: StrategicPriority, leader: User, title: str = "Halve the carbon of our stores"
) -> PriorityRevision:
    draft = save_draft(priority=priority, by=leader, at=NOW, title=title)
    assert draft is not None
    return draft


def _publish(priority: StrategicPriority, leader: User, **how: object) -> PriorityRevision:
    draft = draft_of(priority) or _draft(priority, leader)
    return publish_revision(revision=draft, by=leader, at=TOMORROW, reason="One thing done well", **how)  # type: ignore[arg-type]


def test_stating_publishes_the_first_version(leader: User) -> None:
    version = PriorityRevision.objects.get(priority=_priority(leader))
    assert (version.number, version.kind, version.state) == (1, RevisionKind.STATED, "published")

    draft = create_priority(by=leader, at=NOW, title="Later", state=PriorityState.DRAFT)
    assert not PriorityRevision.objects.filter(priority=draft).exists()
    edit_priority(priority=draft, by=leader, at=NOW, title="Soon")
    activate_priority(priority=draft, by=leader, at=TOMORROW)
    version = PriorityRevision.objects.get(priority=draft)
    assert (version.number, version.title, version.published_at) == (1, "Soon", TOMORROW)


def test_an_edit_writes_the_one_draft_and_nothing_else(leader: User) -> None:
    priority = _priority(leader)

    edited = edit_priority(priority=priority, by=leader, at=NOW, title="Halve the carbon of our stores")

    assert (edited.title, edited.revision) == ("Halve our carbon by 2030", 1)
    draft = draft_of(priority)
    assert draft is not None
    assert (draft.number, draft.title, draft.narrative) == (2, "Halve the carbon of our stores", "Why now")
    again = save_draft(priority=priority, by=leader, at=NOW, expected_draft=1, narrative="Heating first")
    assert again is not None
    assert (again.pk, again.version, again.title) == (draft.pk, 2, "Halve the carbon of our stores")
    assert Event.objects.filter(verb="revision.drafted").count() == 2


def test_what_is_in_force_makes_no_draft(leader: User) -> None:
    priority = _priority(leader)
    assert save_draft(priority=priority, by=leader, at=NOW, title=priority.title, reason="") is None
    assert draft_of(priority) is None


def test_two_leaders_writing_the_same_draft_get_the_conflict(leader: User) -> None:
    priority = _priority(leader)
    other = make_person(leader.organisation, role=Role.LEADER)
    first = _draft(priority, leader)

    with pytest.raises(StaleVersion):
        save_draft(priority=priority, by=other, at=NOW, expected_draft=0, title="Something else")
    assert save_draft(priority=priority, by=other, at=NOW, expected_draft=0, title=first.title) == first
    _publish(priority, leader)
    with pytest.raises(StaleVersion):
        save_draft(priority=priority, by=other, at=NOW, expected_version=1, title="Something else")


def test_publishing_asks_exactly_what_contributes(leader: User) -> None:
    priority = _priority(leader)
    cycle = make_cycle(leader.organisation)
    owner, lead = make_person(leader.organisation), make_person(leader.organisation)
    team = make_team(leader.organisation, lead=lead)
    direct = make_objective(cycle, owner=owner)
    ownerless = make_objective(cycle, team=team, owner=None)
    nobody = make_objective(cycle, owner=None)
    through, supporting, depending, beside, closed, below_closed = (
        make_objective(cycle, owner=owner) for _ in range(6)
    )
    make_link(direct, priority, weight=3)
    make_link(ownerless, priority, weight=1)
    key_result = make_key_result(direct)
    make_link(through, key_result, kind=LinkKind.CONTRIBUTES)
    make_link(nobody, direct, kind=LinkKind.CONTRIBUTES)
    make_link(through, ownerless, kind=LinkKind.CONTRIBUTES)
    make_link(supporting, priority, kind=LinkKind.SUPPORTS)
    make_link(depending, direct, kind=LinkKind.DEPENDS_ON)
    make_link(beside, make_priority(leader.organisation, title="Other"))
    make_link(closed, priority)
    make_link(below_closed, closed, kind=LinkKind.CONTRIBUTES)
    Objective.objects.filter(pk=closed.pk).update(state=ObjectiveState.CLOSED, score=1, closed_at=NOW)

    version = _publish(priority, leader)

    asked = {one.objective_id: one for one in Reconfirmation.objects.filter(revision=version)}
    assert set(asked) == {direct.pk, ownerless.pk, through.pk, nobody.pk, below_closed.pk}
    assert asked[direct.pk].asked_of == owner
    assert asked[ownerless.pk].asked_of == lead
    assert asked[nobody.pk].asked_of is None
    assert (asked[direct.pk].share, asked[through.pk].share) == (round(asked[direct.pk].share, 2), None)
    assert asked[direct.pk].share == 3 * asked[ownerless.pk].share
    assert [step["type"] for step in asked[nobody.pk].path] == ["objective", "objective", "priority"]

    tell_priority_changed(revision_id=version.pk, by_id=leader.pk, at=TOMORROW)
    tell_priority_changed(revision_id=version.pk, by_id=leader.pk, at=TOMORROW)
    assert set(Notice.objects.values_list("user", flat=True)) == {owner.pk, lead.pk}
    assert Notice.objects.count() == 2


def test_publishing_again_asks_nobody_twice_and_a_newer_version_releases(leader: User) -> None:
    priority = _priority(leader)
    make_link(make_objective(make_cycle(leader.organisation)), priority)
    version = _publish(priority, leader)
    again = publish_revision(revision=version, by=leader, at=TOMORROW, reason="Again")
    assert (again.pk, again.reason) == (version.pk, "One thing done well")
    assert Reconfirmation.objects.count() == 1

    _draft(priority, leader, "Third wording")
    newest = _publish(priority, leader)

    states = dict(Reconfirmation.objects.values_list("revision__number", "state"))
    assert states == {2: ReconfirmationState.RELEASED, 3: ReconfirmationState.OPEN}
    priority.refresh_from_db()
    assert (newest.number, priority.revision, priority.title) == (3, 3, "Third wording")
    facts = Event.objects.filter(verb="priority.edited").order_by("-at", "-id").first().payload  # type: ignore[union-attr]
    assert facts["reason"] == "One thing done well"


def test_a_minor_version_tells_and_leaves_the_open_question(leader: User) -> None:
    priority = _priority(leader)
    owner = make_person(leader.organisation)
    make_link(make_objective(make_cycle(leader.organisation), owner=owner), priority)
    _publish(priority, leader)
    _draft(priority, leader, "Halve the carbon of all our stores")

    minor = _publish(priority, leader, is_minor=True)

    assert list(Reconfirmation.objects.values_list("revision__number", "state")) == [(2, "open")]
    tell_priority_changed(revision_id=minor.pk, by_id=leader.pk, at=TOMORROW)
    assert Notice.objects.get().payload["is_asked"] is False


def test_publishing_needs_a_reason_a_change_and_the_draft_that_was_seen(leader: User) -> None:
    priority = _priority(leader)
    other = make_person(leader.organisation, role=Role.LEADER, name="Maren")
    draft = _draft(priority, leader)

    with pytest.raises(InvalidInput):
        publish_revision(revision=draft, by=leader, at=NOW, reason=" ")
    with pytest.raises(StaleVersion):
        publish_revision(revision=draft, by=leader, at=NOW, reason="Why", expected_draft=7)
    with pytest.raises(NotAllowed):
        publish_revision(revision=draft, by=make_person(leader.organisation), at=NOW, reason="Why")
    _draft(priority, leader, priority.title)
    with pytest.raises(RuleConflict, match="in force already"):
        publish_revision(revision=draft, by=leader, at=NOW, reason="Why")
    _draft(priority, leader, "Other words")
    publish_revision(revision=draft, by=other, at=NOW, reason="Why")
    with pytest.raises(RuleConflict, match="Maren published version 2"):
        publish_revision(revision=draft, by=leader, at=NOW, reason="Why")


def test_a_draft_is_discarded_and_a_published_one_stays(leader: User) -> None:
    priority = _priority(leader)
    draft = _draft(priority, leader)
    discard_revision(revision=draft, by=leader, at=NOW)
    assert draft_of(priority) is None
    with pytest.raises(RuleConflict, match="no longer there"):
        publish_revision(revision=draft, by=leader, at=NOW, reason="Why")
    with pytest.raises(RuleConflict, match="stays"):
        discard_revision(revision=PriorityRevision.objects.get(), by=leader, at=NOW)


def test_retiring_asks_and_keeps_the_draft(leader: User) -> None:
    priority = make_priority(leader.organisation, title="Old aim")
    make_link(make_objective(make_cycle(leader.organisation)), priority)
    draft = _draft(priority, leader)

    retire_priority(priority=priority, by=leader, at=TOMORROW, reason="Reached")

    rows = PriorityRevision.objects.filter(priority=priority).order_by("number")
    assert list(rows.values_list("number", "kind", "state")) == [
        (1, "stated", "published"), (2, "retired", "published"), (3, "reworded", "draft"),
    ]  # fmt: skip
    assert Reconfirmation.objects.get().revision.kind == RevisionKind.RETIRED
    with pytest.raises(RuleConflict, match="retired in the meantime: Reached"):
        publish_revision(revision=draft, by=leader, at=TOMORROW, reason="Why")
    activate_priority(priority=priority, by=leader, at=TOMORROW)
    assert Reconfirmation.objects.get().state == ReconfirmationState.RELEASED


def test_a_new_order_asks_only_where_leaders_want_it(leader: User) -> None:
    a, b = (
        make_priority(leader.organisation, title=title, rank=rank) for rank, title in ((1, "A"), (2, "B"))
    )
    make_link(make_objective(make_cycle(leader.organisation)), b)

    rank_priorities(ordered_ids=[b.pk, a.pk], by=leader, at=NOW)
    assert not Reconfirmation.objects.exists()
    with pytest.raises(InvalidInput):
        rank_priorities(ordered_ids=[a.pk, b.pk], by=leader, at=NOW, asks=[b.pk])
    rank_priorities(ordered_ids=[a.pk, b.pk], by=leader, at=NOW, asks=[b.pk], reason="First things first")

    version = Reconfirmation.objects.get().revision
    assert (version.priority, version.kind, version.rank, version.reason) == (
        b,
        "ranked",
        2,
        "First things first",
    )
