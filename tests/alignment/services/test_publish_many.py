"""Publishing above 2,000 objectives: the whole closure is asked within a minute, nothing outside it, never twice."""

from __future__ import annotations

import pytest

from alignment.models import Reconfirmation
from benchmarks import publish

pytestmark = [pytest.mark.django_db]


def test_two_thousand_are_asked_within_a_minute() -> None:
    lines = publish.run(None)  # type: ignore[arg-type]

    assert [line for line in lines if line.met is not True] == []
    assert Reconfirmation.objects.count() == publish.OBJECTIVES
    assert not Reconfirmation.objects.filter(objective__links_up__isnull=True).exists()
