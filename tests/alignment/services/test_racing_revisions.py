"""Two leaders publish at once; a team adapts while the priority is retired: a clear answer to both, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from alignment.models import PriorityRevision, Reconfirmation
from alignment.rules.kinds import RevisionState
from alignment.services import (
    Adapting,
    answer_reconfirmation,
    create_priority,
    publish_revision,
    retire_priority,
    save_draft,
)
from common.errors import RuleConflict
from objectives.models import Objective
from people.roles import Role
from tests.factories import NOW, make_link, make_objective, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[str]:
    """Run each in a thread of its own, all starting together; "" or what each was refused with, in order."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> str:
        try:
            start.wait(timeout=10)
            work()
            return ""
        except RuleConflict as refused:
            return refused.message
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_two_leaders_publish_at_once() -> None:
    kofi = make_person(role=Role.LEADER, name="Kofi")
    maren = make_person(kofi.organisation, role=Role.LEADER, name="Maren")
    priority = create_priority(by=kofi, at=NOW, title="Halve our carbon")
    make_link(make_objective(owner=kofi), priority)
    for turn in range(3):
        draft = save_draft(priority=priority, by=kofi, at=NOW, title=f"Halve it, {turn}")
        assert draft is not None

        outcome = at_once(
            *(
                lambda by=by, draft=draft: publish_revision(
                    revision=draft, by=by, at=NOW, reason=f"{by.name} says why"
                )
                for by in (kofi, maren)
            )
        )

        published = PriorityRevision.objects.filter(state=RevisionState.PUBLISHED).latest("number")
        winner = published.published_by
        assert winner is not None
        assert published.reason == f"{winner.name} says why"
        assert sorted(map(bool, outcome)) == [False, True]
        assert f"{winner.name} published version {turn + 2}" in max(outcome)
        assert Reconfirmation.objects.filter(revision=published, state="open").count() == 1
        assert Reconfirmation.objects.filter(state="open").count() == 1


def test_a_team_adapts_while_the_priority_is_retired() -> None:
    leader = make_person(role=Role.LEADER, name="Amara")
    owner = make_person(leader.organisation)
    for _ in range(3):
        priority = create_priority(by=leader, at=NOW, title="Easiest place")
        objective = make_objective(owner=owner, title="Advice")
        make_link(objective, priority)
        draft = save_draft(priority=priority, by=leader, at=NOW, title="Easiest place to finish")
        assert draft is not None
        version = publish_revision(revision=draft, by=leader, at=NOW, reason="Why")
        question = Reconfirmation.objects.get(revision=version)

        adapted, retired = at_once(
            lambda question=question: answer_reconfirmation(
                reconfirmation=question, by=owner, at=NOW, answer="adapted", adapting=Adapting(title="Lists")
            ),
            lambda priority=priority: retire_priority(priority=priority, by=leader, at=NOW, reason="Reached"),
        )

        assert retired == ""
        question.refresh_from_db()
        title = Objective.objects.get(pk=objective.pk).title
        if adapted:
            assert "Amara retired" in adapted
            assert (question.state, title) == ("released", "Advice")
        else:
            assert (question.state, title) == ("adapted", "Lists")
        assert Reconfirmation.objects.get(revision__kind="retired", objective=objective).state == "open"
