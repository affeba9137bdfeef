"""Two people at one ask at the same moment: one of them is told what the other did."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from checkins.models import Ask, AskStep, Nudge
from checkins.services.answer_ask import answer_ask
from checkins.services.nudge import nudge
from checkins.services.pass_on_ask import pass_on_ask
from checkins.services.see_ask import see_ask
from checkins.services.withdraw_ask import withdraw_ask
from common.errors import ProductError
from tests.checkins.services.ask_world import AskWorld
from tests.checkins.services.ask_world import world as make_world
from tests.factories import NOW
from tests.factories.asks import make_ask

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
world = make_world


def together(*works: Any) -> list[str]:
    """Run all at the same moment; "done", or the words of the refusal."""
    barrier = Barrier(len(works))

    def run(work: Any) -> str:
        try:
            barrier.wait(10)
            work()
            return "done"
        except ProductError as error:
            return error.message
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(one.result() for one in [pool.submit(run, work) for work in works])


def test_of_two_answers_one_stands_and_the_other_is_told_it(world: AskWorld) -> None:
    for _ in range(5):
        ask = make_ask(world.objective, by=world.asker, of=world.receiver)
        words, done = together(
            lambda: answer_ask(ask=ask, by=world.receiver, at=NOW, text="Yes"),  # noqa: B023
            lambda: answer_ask(ask=ask, by=world.receiver, at=NOW, text="No"),  # noqa: B023
        )
        ask.refresh_from_db()
        assert (words, done) == (f"Maren has answered this: “{ask.answer}”", "done")
        assert AskStep.objects.filter(ask=ask, action="answered").count() == 1


def test_an_answer_and_a_withdrawal_or_a_passing_on_never_both_stand(world: AskWorld) -> None:
    for _ in range(5):
        ask = make_ask(world.objective, by=world.asker, of=world.receiver)
        results = together(
            lambda: answer_ask(ask=ask, by=world.receiver, at=NOW, text="Yes"),  # noqa: B023
            lambda: withdraw_ask(ask=ask, by=world.asker, at=NOW),  # noqa: B023
            lambda: pass_on_ask(ask=ask, by=world.receiver, at=NOW, to=world.other),  # noqa: B023
        )
        ask.refresh_from_db()
        endings = AskStep.objects.filter(ask=ask, action__in=("answered", "withdrawn"))
        assert endings.count() <= 1
        assert "done" in results
        assert (ask.state in ("answered", "withdrawn")) is (endings.count() == 1)


def test_it_is_seen_once(world: AskWorld) -> None:
    ask = make_ask(world.objective, by=world.asker, of=world.receiver)
    together(*[lambda: see_ask(ask=Ask.objects.get(pk=ask.pk), by=world.receiver, at=NOW)] * 4)
    assert AskStep.objects.filter(ask=ask, action="seen").count() == 1


def test_two_nudges_of_one_week_are_one(world: AskWorld) -> None:
    results = together(
        lambda: nudge(key_result=world.key_result, by=world.receiver, at=NOW),
        lambda: nudge(key_result=world.key_result, by=world.other, at=NOW),
    )
    assert results[1] == "done"
    assert results[0].startswith("Asked on ")
    assert Nudge.objects.count() == 1
