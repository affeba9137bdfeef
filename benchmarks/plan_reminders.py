"""Planning the reminders of a hundred thousand people, beside writing the same rows with one bare statement each."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks.report import Line
from benchmarks.stage import Stage

PEOPLE = 100_000
NAME = "Everybody is waited for"
THURSDAY = date(2026, 5, 21)
AT = datetime(2026, 5, 21, 8, 0, tzinfo=UTC)
MOST_SECONDS = 5.0
ROUNDS = 3

FLOOR_NOTICES = """
INSERT INTO notices_notice (id, organisation_id, user_id, kind, key, subject_type, payload, "on", due_at,
                            is_shown_here, created_at)
SELECT gen_random_uuid(), organisation_id, user_id, kind, key, '', payload, "on", due_at, is_shown_here, created_at
FROM planned_notices ON CONFLICT DO NOTHING
"""
FLOOR_DELIVERIES = """
INSERT INTO notices_delivery (id, organisation_id, user_id, channel, key, due_at, created_at, attempts, last_error)
SELECT gen_random_uuid(), organisation_id, user_id, channel, key, due_at, created_at, 0, ''
FROM planned_deliveries ON CONFLICT DO NOTHING
"""


def run(stage: Stage) -> list[Line]:
    """Seconds of planning, of planning again, and the ratio to the floor; the median of three rounds of each."""
    organisation = _fill()
    planned, floor, again, added = [], [], [], 0
    for _ in range(ROUNDS):
        _empty()
        planned.append(_seconds(lambda: _plan(organisation)))
        again.append(_seconds(lambda: _plan(organisation)))
        added = _count() - PEOPLE
        _remember()
        _empty()
        floor.append(_seconds(_write_bare))
        if _count() != PEOPLE:
            raise RuntimeError(f"the floor wrote {_count()} rows")
    whole, bare, repeat = (sorted(times)[ROUNDS // 2] for times in (planned, floor, again))
    return [
        Line(
            f"plan reminders of {PEOPLE:,} people",
            f"{whole:.2f} s  ({whole / bare:.2f} × floor of {bare:.2f} s)",
            f"≤ {MOST_SECONDS:.0f} s",
            whole <= MOST_SECONDS,
        ),
        Line("  planned again", f"{repeat:.2f} s, {added} rows more", "0 rows", added == 0),
    ]


def _seconds(work: Callable[[], Any]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def _plan(organisation: Any) -> None:
    from checkins.services.plan_reminders import plan_reminders

    plan_reminders(organisation=organisation, at=AT)


def _count() -> int:
    from notices.models import Notice

    return Notice.objects.filter(organisation__name=NAME).count()


def _execute(*statements: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _empty() -> None:
    _execute("TRUNCATE notices_notice, notices_delivery")


def _remember() -> None:
    """Keep what was planned beside the tables, as the floor's source."""
    _execute(
        "DROP TABLE IF EXISTS planned_notices, planned_deliveries",
        "CREATE TABLE planned_notices AS SELECT * FROM notices_notice",
        "CREATE TABLE planned_deliveries AS SELECT * FROM notices_delivery",
    )


def _write_bare() -> None:
    from django.db import transaction

    with transaction.atomic():
        _execute(FLOOR_NOTICES, FLOOR_DELIVERIES)


def _fill() -> Any:
    """An organisation in which everybody owns one key result that is due; zones, hours and days vary."""
    from objectives.models import Cycle, KeyResult, Objective
    from people.models import Organisation, User

    long_ago = AT - timedelta(days=20)
    organisation = Organisation.objects.create(
        name=NAME, time_zone="UTC", check_in_weekday=3, check_in_hour=7
    )
    cycle = Cycle.objects.create(
        organisation=organisation,
        name="Q2 2026",
        starts_on=THURSDAY - timedelta(days=50),
        ends_on=THURSDAY + timedelta(days=40),
        state="active",
    )
    objective = Objective.objects.create(
        organisation=organisation, cycle=cycle, title="All of us", state="active", activated_at=long_ago
    )
    person = User.objects.create(organisation=organisation, name="Person 0", email="person0@waited.example")
    key_result = KeyResult.objects.create(
        organisation=organisation,
        objective=objective,
        owner=person,
        title="Something to say",
        activated_at=long_ago,
        next_due_on=THURSDAY - timedelta(days=1),
        fresh_until=THURSDAY - timedelta(days=1),
    )
    _multiply(
        person,
        f"generate_series(1, {PEOPLE - 1}) AS more (number)",
        id="gen_random_uuid()",
        name="'Person ' || number",
        email="'person' || number || '@waited.example'",
        time_zone="(ARRAY['', 'UTC', 'Europe/Brussels', 'Europe/Athens', 'Asia/Kolkata'])[1 + number % 5]",
        check_in_hour="(ARRAY[NULL, 6, 7])[1 + number % 3]",
        quiet_until_hour="(ARRAY[6, 7])[1 + number % 2]",
    )
    others = f"people_user AS other WHERE other.organisation_id = '{organisation.pk}' AND other.id <> '{person.pk}'"
    _multiply(key_result, others, id="gen_random_uuid()", owner_id="other.id")
    _execute("VACUUM ANALYZE people_user", "VACUUM ANALYZE objectives_keyresult")
    return organisation


def _multiply(row: Any, source: str, **changed: str) -> None:
    """Copy one row as often as `source` has rows, with some columns by an expression of their own."""
    table = row._meta.db_table
    columns = [field.column for field in row._meta.concrete_fields]
    values = [changed.get(name, f"template.{name}") for name in columns]
    joined = source if " WHERE " in source else f"{source} WHERE true"
    _execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "
        f"FROM (SELECT * FROM {table} WHERE id = '{row.pk}') AS template, {joined}"
    )
