"""Rows written plainly are the rows that the framework would have written."""

from datetime import date
from decimal import Decimal

import pytest

from common.write_rows import BATCH, insert_row, update_rows
from objectives.models import KeyResult, Objective
from tests.factories import make_check_in, make_cycle, make_key_result, make_objective

pytestmark = pytest.mark.django_db
COLUMNS = ("progress", "status_counts", "last_heard_on", "status")


def test_values_of_every_kind_and_nothing() -> None:
    cycle = make_cycle()
    told, silent, untouched = (
        make_objective(cycle),
        make_objective(cycle),
        make_objective(cycle, status="at_risk"),
    )
    told.progress, told.status_counts = Decimal("0.1250"), {"on_track": 2}
    told.last_heard_on, told.status = date(2026, 2, 23), "on_track"
    silent.status_counts = {}
    update_rows(Objective, [told, silent], COLUMNS)
    rows = {row.pk: tuple(getattr(row, name) for name in COLUMNS) for row in Objective.objects.all()}
    assert rows == {
        told.pk: (Decimal("0.1250"), {"on_track": 2}, date(2026, 2, 23), "on_track"),
        silent.pk: (None, {}, None, "no_data"),
        untouched.pk: (None, {}, None, "at_risk"),
    }


def test_a_column_of_nothing_but_nulls() -> None:
    row = make_objective(make_cycle(), progress=Decimal("0.5"), last_heard_on=date(2026, 2, 23))
    row.progress = row.last_heard_on = None
    update_rows(Objective, [row], ("progress", "last_heard_on"))
    row.refresh_from_db()
    assert (row.progress, row.last_heard_on) == (None, None)


def test_many_rows_in_few_statements(django_assert_num_queries) -> None:
    objective = make_objective(make_cycle())
    rows = [
        KeyResult(organisation=objective.organisation, objective=objective, title="K")
        for _ in range(BATCH + 1)
    ]
    KeyResult.objects.bulk_create(rows)
    for row in rows:
        row.progress = Decimal("0.25")
    with django_assert_num_queries(2):
        update_rows(KeyResult, rows, ("progress",))
    assert KeyResult.objects.filter(progress=Decimal("0.25")).count() == len(rows)


def test_no_rows_no_statement(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        update_rows(KeyResult, [], ("progress",))


def test_a_new_row_holds_what_was_on_it() -> None:
    said = make_check_in(make_key_result(make_objective(make_cycle())), value=Decimal("12.5"))
    model = type(said)
    columns = model.objects.filter(pk=said.pk).values().get()
    said.delete()
    said.pk = columns["id"]
    said._state.adding = True
    insert_row(said)
    assert model.objects.filter(pk=said.pk).values().get() == columns
    assert not said._state.adding
