"""Looking at an evening: the product itself, run on its own tables as they were then (docs/decisions/0010)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Model

from activity.models import Event, PastCopy
from activity.services.keep_versions import row_of
from alignment.models import PriorityProgress
from checkins.models import CheckIn
from checkins.services.past_check_ins import fill_check_ins
from checkins.services.past_rows import kept_rows_at, kept_tables, values_of
from checkins.services.past_visibility import hidden_now, hide_from
from checkins.services.past_words import show_words
from checkins.services.rebuild_numbers import rebuild_numbers
from common.past import looking_back
from common.twin_tables import columns_of, dump_twin, insert_values, load_twin, make_twin, settle_twins
from people.models import Organisation, User

SETTLED_AFTER = timedelta(minutes=10)
"""A write that began before midnight is stored by then."""
MOST_DAYS = 60
"""Evenings of an organisation that are kept ready; looking at another makes it anew."""
LEARNED = ("reference_pace", "forecast_scale")


def evening_of(organisation: Organisation, day: date) -> datetime:
    """The last moment of a day in the organisation's zone."""
    return datetime.combine(day, time.max, ZoneInfo(organisation.time_zone))


@contextmanager
def seen_as_of(
    *, organisation: Organisation, day: date, viewer: User | None, now: datetime
) -> Iterator[None]:
    """Inside, every query of this connection shows the end of that day to `viewer`; nothing can be written.

    What `viewer` may not see today stays hidden; None hides nothing. `day` lies before today. The first look at a day
    computes its numbers; they are kept for later looks.
    """
    until = evening_of(organisation, day)
    hidden = hidden_now(organisation, viewer) if viewer is not None else []
    if not _has_copies(organisation, day):
        copies = _made_copies(organisation, day, until)
        if now - until > SETTLED_AFTER:
            _keep(organisation, day, copies, now)
    else:
        copies = None
    with looking_back(until):
        packed: dict[str, Any] = copies or dict(
            PastCopy.objects.filter(organisation=organisation, day=day).values_list("table", "rows")
        )
        for model in _tables():
            make_twin(model)
            load_twin(model, bytes(packed[model._meta.db_table]))
        settle_twins(_tables())
        show_words(until, day.isoformat())
        if viewer is not None:
            hide_from(viewer, hidden)
        yield


def _tables() -> list[type[Model]]:
    return [Organisation, *kept_tables(), PriorityProgress, CheckIn]


def _columns(model: type[Model]) -> str:
    return " ".join(columns_of(model))


def _has_copies(organisation: Organisation, day: date) -> bool:
    kept = dict(PastCopy.objects.filter(organisation=organisation, day=day).values_list("table", "columns"))
    return all(kept.get(model._meta.db_table) == _columns(model) for model in _tables())


def _made_copies(organisation: Organisation, day: date, until: datetime) -> dict[str, bytes]:
    """Every table of that evening, its numbers computed as a replay until then would."""
    rows = kept_rows_at(organisation, until)
    learned = _learned_before(organisation, until)
    with looking_back(until):
        for model in _tables():
            make_twin(model)
        then = {**row_of(organisation), **learned, "expected_on": None}
        insert_values(Organisation, [values_of(Organisation, then)])
        for model, values in rows.items():
            insert_values(model, values)
        fill_check_ins(organisation, until)
        settle_twins(_tables())
        rebuild_numbers(organisation=Organisation.objects.get(pk=organisation.pk), today=day)
        return {model._meta.db_table: dump_twin(model) for model in _tables()}


def _learned_before(organisation: Organisation, until: datetime) -> dict[str, float]:
    """The experience that forecasts were made with then; the log says what later lessons replaced."""
    lessons = Event.objects.filter(
        organisation=organisation, verb="organisation.forecasts_learned", at__gt=until
    ).order_by("-at", "-id")
    before: dict[str, float] = {}
    for payload in lessons.values_list("payload", flat=True):
        before |= {name: change[0] for name, change in payload.get("changes", {}).items() if name in LEARNED}
    return before


@transaction.atomic
def _keep(organisation: Organisation, day: date, copies: dict[str, bytes], now: datetime) -> None:
    PastCopy.objects.filter(organisation=organisation, day=day).delete()
    PastCopy.objects.bulk_create(
        [
            PastCopy(
                organisation=organisation,
                day=day,
                table=model._meta.db_table,
                columns=_columns(model),
                rows=copies[model._meta.db_table],
                made_at=now,
            )
            for model in _tables()
        ],
        ignore_conflicts=True,
    )
    days = (
        PastCopy.objects.filter(organisation=organisation).order_by("-made_at").values_list("day", flat=True)
    )
    beyond = list(dict.fromkeys(days))[MOST_DAYS:]
    PastCopy.objects.filter(organisation=organisation, day__in=beyond).delete()
