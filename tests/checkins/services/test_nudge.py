"""«How is it going?»: once a week, to whoever looks after it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.models import Event
from checkins.models import Nudge
from checkins.services.nudge import nudge
from common.errors import InvalidInput, NotAllowed, RuleConflict
from notices.models import Notice
from objectives.models import KeyResult
from tests.checkins.services.ask_world import AskWorld
from tests.checkins.services.ask_world import world as world
from tests.factories import NOW, make_key_result


def test_the_owner_of_the_key_result_is_asked(world: AskWorld) -> None:
    key_result = make_key_result(world.objective, owner=world.other)
    row = nudge(key_result=key_result, by=world.receiver, at=NOW)
    assert (row.to, row.by) == (world.other, world.receiver)
    [notice] = Notice.objects.filter(user=world.other, kind="nudged")
    assert (notice.subject_type, notice.subject_id) == ("key_result", key_result.pk)
    assert Event.objects.filter(verb="key_result.nudged", objective_id=world.objective.pk).count() == 1


def test_without_an_owner_that_of_the_objective(world: AskWorld) -> None:
    key_result = make_key_result(world.objective, owner=None)
    assert nudge(key_result=key_result, by=world.receiver, at=NOW).to == world.asker


def test_once_a_week_whoever_asks(world: AskWorld) -> None:
    nudge(key_result=world.key_result, by=world.receiver, at=NOW)
    with pytest.raises(RuleConflict, match=r"by Maren\. Once a week") as found:
        nudge(key_result=world.key_result, by=world.other, at=NOW + timedelta(hours=1))
    assert found.value.code == "asked_already"
    nudge(key_result=world.key_result, by=world.other, at=NOW + timedelta(days=7))
    assert Nudge.objects.count() == 2


def test_who_does_not_nudge(world: AskWorld) -> None:
    with pytest.raises(NotAllowed):
        nudge(key_result=world.key_result, by=world.viewer, at=NOW)
    hidden = make_key_result(world.private, owner=world.asker)
    with pytest.raises(NotAllowed):
        nudge(key_result=hidden, by=world.other, at=NOW)


@pytest.mark.parametrize(("who", "code"), [("receiver", "yourself"), ("gone", "deactivated")])
def test_whom_nobody_nudges(world: AskWorld, who: str, code: str) -> None:
    key_result = make_key_result(world.objective, owner=getattr(world, who))
    with pytest.raises(InvalidInput) as found:
        nudge(key_result=key_result, by=world.receiver, at=NOW)
    assert found.value.problems[0].code == code


def test_nobody_looks_after_it(world: AskWorld) -> None:
    world.objective.owner = None
    world.objective.save(update_fields=["owner"])
    key_result = make_key_result(world.objective, owner=None)
    with pytest.raises(InvalidInput) as found:
        nudge(key_result=key_result, by=world.receiver, at=NOW)
    assert found.value.problems[0].code == "no_owner"


def test_what_takes_no_check_ins_is_not_asked_for(world: AskWorld) -> None:
    KeyResult.objects.filter(pk=world.key_result.pk).update(state="closed")
    world.key_result.refresh_from_db()
    with pytest.raises(RuleConflict):
        nudge(key_result=world.key_result, by=world.receiver, at=NOW)
