"""What was deleted over thirty days ago goes for good; nothing else does, and no number moves."""

from datetime import timedelta
from decimal import Decimal

import pytest

from activity.models import Event, OutboxJob
from activity.services.deliver_jobs import deliver_jobs
from alignment.models import AlignmentLink, ProgressSnapshot
from alignment.queries.explain import explain_objective
from alignment.rules.kinds import LinkKind
from checkins.models import CheckIn
from checkins.services.edit_check_in import delete_check_in, restore_check_in
from checkins.services.find_drift import find_drift
from checkins.services.purge_deleted import purge_deleted
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.record_check_in import record_check_in
from checkins.services.take_snapshots import take_snapshots
from checkins.tasks import PURGE_JOB, purge_job
from common.errors import RuleConflict
from objectives.models import Initiative, KeyResult, Objective
from objectives.services import close_objective, delete_key_result, delete_objective
from people.roles import Role
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_cycle,
    make_initiative,
    make_key_result,
    make_link,
    make_objective,
    make_person,
    make_priority,
)

pytestmark = pytest.mark.django_db
DAYS_30 = timedelta(days=30)
LATER = NOW + DAYS_30 + timedelta(seconds=1)


@pytest.fixture
def owner():
    return make_person(role=Role.ADMINISTRATOR)


@pytest.fixture
def cycle(owner):
    return make_cycle(owner.organisation)


def standing(objective):
    return Objective.objects.values("progress", "expected", "status", "status_counts", "version").get(
        pk=objective.pk
    )


def test_nothing_goes_before_thirty_days_are_over(owner, cycle):
    objective = make_objective(cycle, owner=owner)
    make_key_result(objective)
    delete_objective(objective=objective, by=owner, at=NOW)
    assert purge_deleted(at=NOW + DAYS_30) == 0
    assert Objective.everything.filter(pk=objective.pk).exists()


def test_an_objective_goes_with_all_that_hangs_on_it_and_its_log_stays(owner, cycle):
    objective, other = make_objective(cycle, owner=owner), make_objective(cycle, owner=owner)
    key_result = make_key_result(objective)
    make_check_in(key_result, author=owner)
    make_initiative(key_result)
    make_link(objective, make_priority(owner.organisation))
    make_link(other, key_result)
    take_snapshots(organisation=owner.organisation, on=TODAY)
    delete_objective(objective=objective, by=owner, at=NOW)
    while purge_deleted(at=LATER):
        pass
    assert list(Objective.everything.all()) == [other]
    for table in (KeyResult.everything, CheckIn.everything, Initiative.objects, AlignmentLink.objects):
        assert not table.exists()
    assert Event.objects.filter(objective_id=objective.pk, verb="objective.deleted").exists()
    assert ProgressSnapshot.objects.filter(subject_id=objective.pk, on=TODAY).exists()
    assert purge_deleted(at=LATER) == 0


def test_no_other_number_moves(owner, cycle):
    objective = make_objective(cycle, owner=owner)
    kept, gone = make_key_result(objective), make_key_result(objective)
    for key_result, value in ((kept, 40), (gone, 80)):
        record_check_in(key_result_id=key_result.pk, by=owner, at=NOW, value=Decimal(value), confidence=6)
    said = record_check_in(key_result_id=kept.pk, by=owner, at=NOW, value=Decimal(90), confidence=6)
    delete_check_in(check_in=said.check_in, by=owner, at=NOW)
    delete_key_result(key_result=gone, by=owner, at=NOW)
    rebuild_numbers(organisation=owner.organisation, today=LATER.date())
    before = standing(objective)
    assert before["progress"] == Decimal("0.4")
    assert [purge_deleted(at=LATER) for _ in range(3)] == [1, 1, 0]
    assert standing(objective) == before
    assert KeyResult.everything.count() == CheckIn.everything.count() == 1
    assert find_drift(organisation=owner.organisation, today=LATER.date()) == []


def test_a_closed_parent_still_explains_its_number(owner, cycle):
    parent, child = make_objective(cycle, owner=owner), make_objective(cycle, owner=owner)
    make_link(child, parent, kind=LinkKind.CONTRIBUTES)
    for objective in (parent, child):
        key_result = make_key_result(objective)
        record_check_in(key_result_id=key_result.pk, by=owner, at=NOW, value=Decimal(60), confidence=6)
    close_objective(objective=parent, by=owner, at=NOW)
    delete_objective(objective=child, by=owner, at=NOW)
    while purge_deleted(at=LATER):
        pass
    explained = explain_objective(owner, Objective.objects.get(pk=parent.pk))
    assert [part.title for part in explained.parts][1:] == ["a deleted objective"]
    assert sum(part.contribution for part in explained.parts) == explained.value == Decimal("0.6")


def test_the_night_asks_for_one_batch_after_the_other(owner, cycle, monkeypatch):
    for _ in range(3):
        delete_objective(objective=make_objective(cycle, owner=owner), by=owner, at=NOW)
    monkeypatch.setattr("checkins.services.purge_deleted.BATCH", 2)
    purge_job({"on": "2026-06-20"}, at=LATER)
    assert Objective.everything.count() == 1
    deliver_jobs(now=lambda: LATER)
    assert Objective.everything.count() == 0
    jobs = OutboxJob.objects.filter(name=PURGE_JOB)
    assert sorted(job.payload["batch"] for job in jobs) == [2, 3]


def test_a_check_in_comes_back_for_thirty_days_and_then_no_more(owner, cycle):
    key_result = make_key_result(make_objective(cycle, owner=owner))
    said = record_check_in(key_result_id=key_result.pk, by=owner, at=NOW, value=Decimal(90), confidence=6)
    delete_check_in(check_in=said.check_in, by=owner, at=NOW)
    with pytest.raises(RuleConflict, match="30 days"):
        restore_check_in(check_in=said.check_in, by=owner, at=LATER)
    restore_check_in(check_in=said.check_in, by=owner, at=NOW + DAYS_30)
    delete_check_in(check_in=said.check_in, by=owner, at=NOW)
    purge_deleted(at=LATER)
    with pytest.raises(RuleConflict, match="long ago"):
        restore_check_in(check_in=said.check_in, by=owner, at=LATER)
