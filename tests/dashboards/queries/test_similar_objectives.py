"""What is already close to a title that is being written."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dashboards.queries.similar_objectives import similar_objectives
from objectives.rules.kinds import Visibility
from people.permissions import remember_teams
from tests.factories import make_cycle, make_objective, make_person

pytestmark = pytest.mark.django_db


def test_the_closest_first_and_only_what_is_visible() -> None:
    writer = make_person()
    cycle = make_cycle(writer.organisation)
    for title in (
        "New colleagues are confident in 30 days",
        "Colleagues stay past spring",
        "Less waste in garden",
        "Spring in the garden",
    ):
        make_objective(cycle, title=title)
    make_objective(cycle, title="Colleagues stay past summer", visibility=Visibility.PRIVATE)
    make_objective(title="Colleagues stay past spring")
    remember_teams(writer, [])
    own = make_objective(cycle, title="New colleagues want to stay past their first spring")
    with CaptureQueriesContext(connection) as seen:
        found = similar_objectives(writer, own.title, but=own.pk)
    assert [row.title for row in found] == [
        "Colleagues stay past spring",
        "New colleagues are confident in 30 days",
    ]
    assert len(seen) == 1


@pytest.mark.parametrize("title", ["", "   ", "the and for", "a b"])
def test_words_that_say_nothing_find_nothing(title: str) -> None:
    writer = make_person()
    make_objective(make_cycle(writer.organisation), title="The one and only")
    with CaptureQueriesContext(connection) as seen:
        assert similar_objectives(writer, title) == ()
    assert len(seen) == 0
