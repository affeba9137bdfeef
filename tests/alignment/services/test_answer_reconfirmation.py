"""Keep, adapt or stop: who may, what changes, what stays, and answers that come too late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from activity.models import Event
from alignment.models import AlignmentLink, Reconfirmation, StrategicPriority
from alignment.rules.kinds import LinkKind, ReconfirmationState
from alignment.services import (
    Adapting,
    answer_reconfirmation,
    create_priority,
    publish_revision,
    put_off_reconfirmation,
    retire_priority,
    save_draft,
)
from common.errors import InvalidInput, NotAllowed, RuleConflict, StaleVersion
from objectives.models import KeyResult, Objective
from people.models import User
from people.roles import Role
from tests.factories import NOW, TODAY, make_key_result, make_link, make_objective, make_person, make_priority

pytestmark = pytest.mark.django_db


@dataclass
class Asked:
    leader: User
    owner: User
    priority: StrategicPriority
    objective: Objective
    key_result: KeyResult
    question: Reconfirmation


@pytest.fixture
def asked() -> Asked:
    owner = make_person(name="Sofia")
    leader = make_person(owner.organisation, role=Role.LEADER, name="Amara")
    priority = create_priority(by=leader, at=NOW, title="Be the easiest place to shop")
    objective = make_objective(owner=owner, title="Advice people trust")
    key_result = make_key_result(objective, title="Customers with a photo")
    make_link(objective, priority, reason="Good advice")
    publish(priority, leader, "Be the easiest place to finish a project")
    return Asked(leader, owner, priority, objective, key_result, Reconfirmation.objects.get())


def publish(priority: StrategicPriority, leader: User, title: str) -> None:
    draft = save_draft(priority=priority, by=leader, at=NOW, title=title)
    assert draft is not None
    publish_revision(
        revision=draft, by=leader, at=NOW, reason="For the shelf", answer_by_on=TODAY + timedelta(days=14)
    )


def answer(asked: Asked, how: str, words: str = "", **adapting: object) -> Reconfirmation:
    change = Adapting(**adapting) if adapting else None  # type: ignore[arg-type]
    return answer_reconfirmation(
        reconfirmation=asked.question, by=asked.owner, at=NOW, answer=how, words=words, adapting=change
    )


def test_keeping_may_say_anew_how_it_helps(asked: Asked) -> None:
    kept = answer(asked, "kept", "That is what we do", helps="A list for every project")

    assert (kept.state, kept.answered_by, kept.words) == ("kept", asked.owner, "That is what we do")
    assert (kept.helps_before, kept.helps_after) == ("Good advice", "A list for every project")
    assert AlignmentLink.objects.get().reason == "A list for every project"
    assert Event.objects.get(verb="reconfirmation.answered").objective_id == asked.objective.pk


def test_adapting_changes_title_and_key_result_through_the_usual_edits(asked: Asked) -> None:
    adapted = answer(
        asked,
        "adapted",
        "From January we advise on Saturdays",
        title="Advice for whole projects",
        version=asked.objective.version,
        key_result=asked.key_result,
        key_result_title="Customers with a complete list",
        key_result_version=asked.key_result.version,
    )

    assert adapted.changes["title"] == ["Advice people trust", "Advice for whole projects"]
    assert adapted.changes["key_result.title"] == ["Customers with a photo", "Customers with a complete list"]
    asked.objective.refresh_from_db()
    asked.key_result.refresh_from_db()
    assert asked.objective.title == "Advice for whole projects"
    assert asked.key_result.title == "Customers with a complete list"
    assert Event.objects.filter(verb__in=["objective.edited", "key_result.edited"]).count() == 2


def test_adapting_says_what_changes_and_meets_the_conflict_of_every_edit(asked: Asked) -> None:
    with pytest.raises(InvalidInput):
        answer(asked, "adapted", "Hm")
    with pytest.raises(StaleVersion):
        answer(asked, "adapted", title="Other", version=asked.objective.version + 1)
    assert answer(asked, "adapted", helps="In other words").changes["helps"] == [
        "Good advice",
        "In other words",
    ]


def test_stopping_needs_words_and_can_be_taken_back(asked: Asked) -> None:
    with pytest.raises(InvalidInput):
        answer(asked, "stopped")
    answer(asked, "stopped", "Nobody asks twice; we learned to listen")
    asked.objective.refresh_from_db()
    assert (asked.objective.state, asked.objective.state_reason) == (
        "cancelled",
        "Nobody asks twice; we learned to listen",
    )

    answer(asked, "kept")

    asked.objective.refresh_from_db()
    assert asked.objective.state == "active"


def test_who_may_not_edit_may_not_answer(asked: Asked) -> None:
    stranger = make_person(asked.owner.organisation)
    with pytest.raises(NotAllowed):
        answer_reconfirmation(reconfirmation=asked.question, by=stranger, at=NOW, answer="kept")
    with pytest.raises(InvalidInput):
        answer(asked, "released")


def test_an_answer_changes_until_its_day(asked: Asked) -> None:
    answer(asked, "kept")
    late = NOW + timedelta(days=15)
    with pytest.raises(RuleConflict, match="stands"):
        answer_reconfirmation(
            reconfirmation=asked.question, by=asked.owner, at=late, answer="stopped", words="x"
        )


def test_a_newer_version_or_an_end_of_the_priority_releases(asked: Asked) -> None:
    retire_priority(priority=asked.priority, by=asked.leader, at=NOW, reason="Reached")

    with pytest.raises(RuleConflict, match="Amara retired “Be the easiest place to finish a project”"):
        answer(asked, "adapted", title="Lost?")

    asked.objective.refresh_from_db()
    assert asked.objective.title == "Advice people trust"
    newest = Reconfirmation.objects.get(state=ReconfirmationState.OPEN)
    other = make_priority(asked.owner.organisation, title="Shelves full")
    relinked = answer_reconfirmation(
        reconfirmation=newest, by=asked.owner, at=NOW, answer="adapted", adapting=Adapting(priority=other)
    )
    assert relinked.changes["priority"] == ["Be the easiest place to finish a project", "Shelves full"]
    link = AlignmentLink.objects.get()
    assert (link.priority, link.kind) == (other, LinkKind.CONTRIBUTES)


def test_put_off_until_a_day_ahead(asked: Asked) -> None:
    monday = TODAY + timedelta(days=5)
    put_off_reconfirmation(reconfirmation=asked.question, by=asked.owner, at=NOW, remind_on=monday)
    asked.question.refresh_from_db()
    assert (asked.question.remind_on, asked.question.state) == (monday, "open")
    with pytest.raises(InvalidInput):
        put_off_reconfirmation(reconfirmation=asked.question, by=asked.owner, at=NOW, remind_on=TODAY)
