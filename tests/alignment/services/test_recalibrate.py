"""New aims: at once with a reason, or after the sponsor's word when they ease much and late."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from activity.models import Event
from alignment.services.answer_recalibration import agree_to_aim, decline_aim
from alignment.services.recalibrate import preview_aim, recalibrate
from common.errors import InvalidInput, NotAllowed, RuleConflict, StaleVersion
from notices.models import Notice
from notices.rules.kinds import NoticeKind
from objectives.models import KeyResult, Recalibration
from objectives.rules.kinds import KeyResultKind, ObjectiveState, RecalibrationState
from objectives.services.edit_key_result import edit_key_result
from people.models import User
from people.roles import Role
from tests.factories import (
    NOW,
    TODAY,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_person,
    make_priority,
)

pytestmark = pytest.mark.django_db
WHY = "The supplier comes in July."


@pytest.fixture
def owner() -> User:
    return make_person()


@pytest.fixture
def sponsor(owner: User) -> User:
    return make_person(owner.organisation, role=Role.LEADER)


@pytest.fixture
def key_result(owner: User, sponsor: User) -> KeyResult:
    """Three quarters of its cycle have passed."""
    cycle = make_cycle(
        owner.organisation, starts_on=TODAY - timedelta(days=74), ends_on=TODAY + timedelta(days=25)
    )
    objective = make_objective(cycle, owner=owner)
    make_link(objective, make_priority(owner.organisation, owner=owner, sponsor=sponsor))
    return make_key_result(objective, kind=KeyResultKind.INCREASE, owner=owner)


def test_a_harder_or_slightly_easier_aim_counts_at_once(owner: User, key_result: KeyResult) -> None:
    for target in (120, 110):
        made = recalibrate(key_result=key_result, by=owner, at=NOW, reason=WHY, target_value=Decimal(target))
        assert made.state == RecalibrationState.IN_FORCE
    key_result.refresh_from_db()
    assert key_result.target_value == Decimal(110)
    assert [one.before["target_value"] for one in key_result.recalibrations.all()] == ["100", "120"]
    assert Event.objects.filter(verb="key_result.recalibrated").count() == 2
    assert not Notice.objects.filter(kind=NoticeKind.PROPOSED).exists()


def test_much_and_late_asks_the_sponsor_and_the_old_aim_counts(
    owner: User, sponsor: User, key_result: KeyResult
) -> None:
    key_result.refresh_from_db()
    preview = preview_aim(key_result=key_result, by=owner, at=NOW, changes={"target_value": Decimal(75)})
    made = recalibrate(key_result=key_result, by=owner, at=NOW, reason=WHY, target_value=Decimal(75))

    assert (preview.easing, preview.sponsor) == (Decimal("0.25"), sponsor)
    assert (made.state, made.easing, made.asked_of) == (RecalibrationState.PROPOSED, Decimal("0.25"), sponsor)
    key_result.refresh_from_db()
    assert key_result.target_value == Decimal(100)
    assert Notice.objects.get(kind=NoticeKind.PROPOSED).user == sponsor


def test_the_sponsors_word_brings_it_into_force(owner: User, sponsor: User, key_result: KeyResult) -> None:
    made = recalibrate(key_result=key_result, by=owner, at=NOW, reason=WHY, target_value=Decimal(75))

    agreed = agree_to_aim(proposal=made, by=sponsor, at=NOW, answer=" Fair. ")

    assert (agreed.state, agreed.answer, agreed.answered_by) == (
        RecalibrationState.IN_FORCE,
        "Fair.",
        sponsor,
    )
    key_result.refresh_from_db()
    assert key_result.target_value == Decimal(75)
    with pytest.raises(RuleConflict):
        decline_aim(proposal=made, by=sponsor, at=NOW, answer="No.")


def test_declining_needs_a_reason_and_keeps_the_old_aim(
    owner: User, sponsor: User, key_result: KeyResult
) -> None:
    made = recalibrate(key_result=key_result, by=owner, at=NOW, reason=WHY, target_value=Decimal(75))
    with pytest.raises(InvalidInput):
        decline_aim(proposal=made, by=sponsor, at=NOW, answer=" ")

    decline_aim(proposal=made, by=sponsor, at=NOW, answer="The supplier can be pushed.")

    key_result.refresh_from_db()
    assert key_result.target_value == Decimal(100)
    assert Recalibration.objects.get().state == RecalibrationState.DECLINED


def test_a_later_aim_takes_the_place_of_the_waiting_one(owner: User, key_result: KeyResult) -> None:
    first = recalibrate(key_result=key_result, by=owner, at=NOW, reason=WHY, target_value=Decimal(75))
    second = recalibrate(key_result=key_result, by=owner, at=NOW, reason=WHY, target_value=Decimal(80))

    first.refresh_from_db()
    assert (first.state, second.state) == (RecalibrationState.WITHDRAWN, RecalibrationState.PROPOSED)


def test_a_plan_that_changed_meanwhile_is_not_overwritten(
    owner: User, sponsor: User, key_result: KeyResult
) -> None:
    made = recalibrate(key_result=key_result, by=owner, at=NOW, reason=WHY, target_value=Decimal(75))
    edit_key_result(key_result=key_result, by=owner, at=NOW, target_value=Decimal(130))

    with pytest.raises(RuleConflict, match="changed after"):
        agree_to_aim(proposal=made, by=sponsor, at=NOW)
    key_result.refresh_from_db()
    assert key_result.target_value == Decimal(130)


def test_nobody_agrees_to_their_own_and_strangers_to_nothing(
    owner: User, sponsor: User, key_result: KeyResult
) -> None:
    made = recalibrate(key_result=key_result, by=owner, at=NOW, reason=WHY, target_value=Decimal(75))
    for person in (owner, make_person(owner.organisation), make_person()):
        with pytest.raises(NotAllowed):
            agree_to_aim(proposal=made, by=person, at=NOW)


def test_without_late_or_without_a_cycle_nobody_is_asked(owner: User, sponsor: User) -> None:
    for ends_on in (TODAY + timedelta(days=300), None):
        cycle = make_cycle(owner.organisation, name=f"to {ends_on}", starts_on=TODAY, ends_on=ends_on)
        row = make_key_result(make_objective(cycle, owner=owner), kind=KeyResultKind.INCREASE, owner=owner)
        made = recalibrate(key_result=row, by=owner, at=NOW, reason=WHY, target_value=Decimal(10))
        assert made.state == RecalibrationState.IN_FORCE


def test_what_is_refused(owner: User, key_result: KeyResult) -> None:
    with pytest.raises(InvalidInput):
        recalibrate(key_result=key_result, by=owner, at=NOW, reason=" ", target_value=Decimal(110))
    with pytest.raises(InvalidInput):
        recalibrate(key_result=key_result, by=owner, at=NOW, reason=WHY, target_value=Decimal(0))
    with pytest.raises(InvalidInput):
        recalibrate(key_result=key_result, by=owner, at=NOW, reason=WHY, lower_bound=Decimal(5))
    with pytest.raises(RuleConflict):
        recalibrate(key_result=key_result, by=owner, at=NOW, reason=WHY, target_value=Decimal(100))
    with pytest.raises(StaleVersion):
        recalibrate(
            key_result=key_result, by=owner, at=NOW, reason=WHY, target_value=Decimal(110), expected_version=9
        )
    with pytest.raises(NotAllowed):
        recalibrate(key_result=key_result, by=make_person(), at=NOW, reason=WHY, target_value=Decimal(110))
    key_result.objective.state = ObjectiveState.CANCELLED
    key_result.objective.save()
    with pytest.raises(RuleConflict):
        recalibrate(key_result=key_result, by=owner, at=NOW, reason=WHY, target_value=Decimal(110))
