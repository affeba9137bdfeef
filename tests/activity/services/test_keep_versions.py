"""Every write leaves the whole row as it was from then on."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from activity.models import RowVersion
from activity.services.keep_versions import keep_versions
from alignment.services.write_links import create_link, delete_link
from checkins.models import CheckIn
from checkins.services.record_check_in import record_check_in
from objectives.models import Objective
from objectives.services.close_objective import close_objective
from objectives.services.create_objective import create_objective
from objectives.services.delete_objective import delete_objective
from objectives.services.edit_objective import edit_objective
from people.roles import Role
from tests.factories import (
    NOW,
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
)

pytestmark = pytest.mark.django_db


def versions_of(row: object) -> list[RowVersion]:
    return list(RowVersion.objects.filter(subject_id=row.pk).order_by("number"))  # type: ignore[attr-defined]


def test_an_edit_keeps_the_earlier_words_and_the_contributors() -> None:
    owner = make_person(make_organisation())
    helper = make_person(owner.organisation, name="Bo")
    cycle = make_cycle(owner.organisation)
    row = create_objective(cycle=cycle, title="Old words", by=owner, at=NOW, owner=owner)
    edit_objective(
        objective=row, by=owner, at=NOW + timedelta(days=1), title="New words", contributors=[helper]
    )
    first, second = versions_of(row)
    assert (first.row["title"], first.row["contributors"], first.known_at) == ("Old words", [], NOW)
    assert second.row["title"] == "New words"
    assert [one["user_id"] for one in second.row["contributors"]] == [str(helper.pk)]
    assert second.event is not None
    assert second.event.verb == "objective.edited"


def test_closing_keeps_the_key_results_with_their_last_numbers() -> None:
    owner = make_person(make_organisation())
    objective = make_objective(owner=owner)
    key_result = make_key_result(objective)
    record_check_in(key_result_id=key_result.pk, value=Decimal(40), confidence=6, by=owner, at=NOW)
    close_objective(objective=objective, by=owner, at=NOW + timedelta(hours=1))
    key_result.refresh_from_db()
    latest = versions_of(key_result)[-1]
    assert latest.row["state"] == "closed"
    assert latest.row["progress"] == str(key_result.progress)
    assert versions_of(objective)[-1].row["progress"] == str(Objective.objects.get(pk=objective.pk).progress)


def test_a_check_in_copies_nothing() -> None:
    owner = make_person(make_organisation())
    key_result = make_key_result(make_objective(owner=owner))
    record_check_in(key_result_id=key_result.pk, value=Decimal(40), confidence=6, by=owner, at=NOW)
    assert CheckIn.objects.count() == 1
    assert not RowVersion.objects.exists()


def test_a_removed_link_is_gone_and_says_what_it_was() -> None:
    leader = make_person(make_organisation(), role=Role.LEADER)
    objective = make_objective(owner=leader)
    priority = make_priority(leader.organisation)
    link = create_link(child=objective, parent=priority, by=leader, at=NOW)
    pk = link.pk
    delete_link(link=link, by=leader, at=NOW + timedelta(days=1))
    made, gone = RowVersion.objects.filter(subject_id=pk).order_by("number")
    assert (made.is_gone, gone.is_gone) == (False, True)
    assert gone.row["priority_id"] == str(priority.pk)
    assert gone.known_at == NOW + timedelta(days=1)


def test_deleting_an_objective_tells_of_its_key_results() -> None:
    owner = make_person(make_organisation())
    key_result = make_key_result(make_objective(owner=owner))
    delete_objective(objective=key_result.objective, by=owner, at=NOW)
    assert versions_of(key_result)[-1].row["deleted_at"] == NOW.isoformat()


def test_what_says_nothing_new_is_not_kept_and_moments_never_go_back() -> None:
    objective = make_objective()

    def keep(at: object) -> int:
        return keep_versions(
            "objective", [objective.pk], organisation_id=objective.organisation_id, known_at=lambda _: at
        )

    assert keep(NOW) == 1
    assert keep(NOW + timedelta(days=1)) == 0
    Objective.objects.filter(pk=objective.pk).update(title="Later words", progress="0.5000")
    assert keep(NOW - timedelta(seconds=1)) == 1
    assert [one.known_at for one in versions_of(objective)] == [NOW, NOW]
