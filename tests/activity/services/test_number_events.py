"""Places in the feed: given once, to what is there, in the order of insertion."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity.models import Event
from activity.services import number_events as numbering
from activity.services import record_event
from activity.services.number_events import number_all_events, number_events
from activity.tasks import place_events
from common.ids import new_id
from people.models import Organisation, Team
from tests.factories import NOW, make_organisation

pytestmark = pytest.mark.django_db


def happen(organisation: Organisation, count: int = 1) -> list[Event]:
    return [
        record_event(
            verb="team.created",
            subject=Team(pk=new_id()),
            organisation_id=organisation.pk,
            by=None,
            at=NOW - timedelta(days=place),
        )
        for place in range(count)
    ]


def places(organisation: Organisation) -> list[int | None]:
    """In the order of the moments, oldest first: the other way round than they were written."""
    return list(organisation.events.order_by("at").values_list("position", flat=True))


def test_insertion_counts_and_not_the_moment() -> None:
    organisation = make_organisation()
    happen(organisation, 3)
    assert number_events(organisation.pk) == 3
    assert places(organisation) == [3, 2, 1]
    happen(organisation)
    assert number_events(organisation.pk) == 1
    assert sorted(places(organisation)) == [1, 2, 3, 4]


def test_each_organisation_counts_alone() -> None:
    one, other = make_organisation(), make_organisation()
    for organisation in (one, other, one):
        happen(organisation)
    number_events(one.pk)
    assert (sorted(places(one)), places(other)) == ([1, 2], [None])
    assert number_all_events() == 1
    assert places(other) == [1]


def test_many_are_placed_a_batch_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbering, "BATCH", 2)
    organisation = make_organisation()
    happen(organisation, 5)
    assert number_events(organisation.pk) == 5
    assert places(organisation) == [5, 4, 3, 2, 1]


def test_rows_made_in_bulk_keep_their_order() -> None:
    organisation = make_organisation()
    made = [
        Event(
            organisation=organisation, at=NOW, verb="team.created", subject_type="team", subject_id=new_id()
        )
        for _ in range(50)
    ]
    Event.objects.bulk_create(made)
    number_events(organisation.pk)
    assert list(Event.objects.order_by("position").values_list("pk", flat=True)) == [one.pk for one in made]


def test_nothing_to_place_costs_one_statement() -> None:
    organisation = make_organisation()
    with CaptureQueriesContext(connection) as caught:
        assert number_events(organisation.pk) == 0
    assert len(caught) == 1


def test_the_minute_places_what_nobody_reads() -> None:
    organisation = make_organisation()
    happen(organisation)
    place_events(at=NOW)
    assert places(organisation) == [1]
