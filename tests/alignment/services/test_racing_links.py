"""Two people make the two halves of a loop at the same moment: one of them is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from alignment.models import AlignmentLink
from alignment.rules.kinds import LinkKind
from alignment.services import create_link
from common.errors import RuleConflict
from objectives.models import KeyResult, Objective
from people.models import User
from tests.factories import NOW, make_key_result, make_objective, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def link_at_once(halves: list[tuple[Objective, Objective | KeyResult]], by: User) -> list[str]:
    """Make every half in a thread of its own, all starting together; what became of each."""
    start = Barrier(len(halves))

    def make(half: tuple[Objective, Objective | KeyResult]) -> str:
        try:
            start.wait(timeout=10)
            create_link(child=half[0], parent=half[1], by=by, at=NOW, kind=LinkKind.CONTRIBUTES)
            return "made"
        except RuleConflict as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(halves)) as pool:
        return sorted(pool.map(make, halves))


def test_of_two_halves_one_wins() -> None:
    owner = make_person()
    left = make_objective(owner=owner, title="Left")
    right = make_objective(left.cycle, owner=owner, title="Right")

    for _ in range(5):
        AlignmentLink.objects.all().delete()
        assert link_at_once([(left, right), (right, left)], owner) == ["loop", "made"]
        assert AlignmentLink.objects.count() == 1


def test_of_three_parts_through_a_key_result_two_win() -> None:
    owner = make_person()
    a = make_objective(owner=owner, title="A")
    b = make_objective(a.cycle, owner=owner, title="B")
    c = make_objective(a.cycle, owner=owner, title="C")

    outcome = link_at_once([(a, make_key_result(b)), (b, c), (c, a)], owner)

    assert outcome == ["loop", "made", "made"]
    assert AlignmentLink.objects.count() == 2
