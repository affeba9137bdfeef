"""The work below a key result."""

from __future__ import annotations

import pytest

from activity.models import Event
from common.errors import InvalidInput, NotAllowed, RuleConflict
from objectives.models import Initiative
from objectives.rules.kinds import CycleState, InitiativeState
from objectives.services import create_initiative, delete_initiative, edit_initiative
from tests.factories import NOW, make_cycle, make_initiative, make_key_result, make_objective, make_person

pytestmark = pytest.mark.django_db


def test_made_edited_and_deleted_with_a_trace() -> None:
    owner = make_person()
    key_result = make_key_result(make_objective(owner=owner))
    make_initiative(key_result, position=2)

    made = create_initiative(
        key_result=key_result, by=owner, at=NOW, title=" Ask ", url="https://example.com/1"
    )
    assert (made.title, made.state, made.position) == ("Ask", InitiativeState.PLANNED, 3)
    edit_initiative(initiative=made, by=owner, at=NOW, state=InitiativeState.DONE, title="Ask")
    made.refresh_from_db()
    assert made.state == InitiativeState.DONE
    delete_initiative(initiative=made, by=owner, at=NOW)

    assert not Initiative.objects.filter(pk=made.pk).exists()
    created, edited, deleted = Event.objects.order_by("id")
    assert [event.verb.split(".")[1] for event in (created, edited, deleted)] == [
        "created",
        "edited",
        "deleted",
    ]
    assert created.payload["key_result_id"] == str(key_result.pk)
    assert {event.objective_id for event in (created, edited, deleted)} == {key_result.objective_id}
    assert edited.payload["changes"] == {"state": ["planned", "done"]}
    assert deleted.payload["was"]["url"] == "https://example.com/1"


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    owner = make_person()
    initiative = make_initiative(make_key_result(make_objective(owner=owner)), title="Ask")

    edit_initiative(initiative=initiative, by=owner, at=NOW, title="Ask ")

    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"title": ""}, ("title", "required")),
        ({"url": "javascript:alert(1)"}, ("url", "not_an_address")),
        ({"state": "someday"}, ("state", "unknown")),
    ],
)
def test_what_cannot_be_taken(fields: dict, problem: tuple[str, str]) -> None:
    owner = make_person()
    key_result = make_key_result(make_objective(owner=owner))

    with pytest.raises(InvalidInput) as refused:
        create_initiative(key_result=key_result, by=owner, at=NOW, **{"title": "A", **fields})

    assert [(one.field, one.code) for one in refused.value.problems] == [problem]


def test_gone_is_gone_and_closed_is_closed() -> None:
    owner = make_person()
    initiative = make_initiative(make_key_result(make_objective(owner=owner)))
    delete_initiative(initiative=initiative, by=owner, at=NOW)
    past = make_objective(make_cycle(owner.organisation, name="Q1", state=CycleState.CLOSED), owner=owner)

    with pytest.raises(RuleConflict, match="deleted"):
        delete_initiative(initiative=initiative, by=owner, at=NOW)
    with pytest.raises(RuleConflict, match="Q1"):
        create_initiative(key_result=make_key_result(past), by=owner, at=NOW, title="A")


def test_a_stranger_may_not() -> None:
    stranger = make_person()
    initiative = make_initiative(make_key_result(make_objective(make_cycle(stranger.organisation))))

    with pytest.raises(NotAllowed):
        create_initiative(key_result=initiative.key_result, by=stranger, at=NOW, title="A")
    with pytest.raises(NotAllowed):
        edit_initiative(initiative=initiative, by=stranger, at=NOW, title="A")
    with pytest.raises(NotAllowed):
        delete_initiative(initiative=initiative, by=stranger, at=NOW)
