"""Local hours as moments, in every zone there is."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

import pytest

from notices.rules.zones import moment_of, next_full_hour

MONDAYS = [date(2024, 1, 1) + timedelta(weeks=week) for week in range(260)]
WEEK, TOLERANCE = timedelta(days=7), timedelta(hours=3)


@pytest.mark.parametrize("hour", [0, 9])
def test_mondays_are_a_week_apart_in_every_zone(hour: int) -> None:
    zones = sorted(available_timezones() - {"localtime"})
    assert len(zones) > 400
    for zone in zones:
        moments = [moment_of(monday, hour, zone) for monday in MONDAYS]
        steps = {later - earlier for earlier, later in pairwise(moments)}
        assert all(abs(step - WEEK) <= TOLERANCE for step in steps), zone


@pytest.mark.parametrize(
    ("zone", "day", "hour", "expected"),
    [
        ("Europe/Brussels", date(2026, 3, 29), 2, datetime(2026, 3, 29, 1, tzinfo=UTC)),  # 02 → 03 CEST
        ("America/New_York", date(2026, 3, 8), 2, datetime(2026, 3, 8, 7, tzinfo=UTC)),  # 02 → 03 EDT
        ("Australia/Lord_Howe", date(2026, 10, 4), 2, datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),  # 02:30
        ("America/Santiago", date(2026, 9, 6), 0, datetime(2026, 9, 6, 4, tzinfo=UTC)),  # 00 → 01
        ("Africa/Cairo", date(2026, 4, 24), 0, datetime(2026, 4, 23, 22, tzinfo=UTC)),  # 00 → 01
    ],
)
def test_a_skipped_hour_moves_forward(zone: str, day: date, hour: int, expected: datetime) -> None:
    assert moment_of(day, hour, zone) == expected


@pytest.mark.parametrize(
    ("zone", "day", "hour", "expected"),
    [
        ("Europe/Brussels", date(2026, 10, 25), 2, datetime(2026, 10, 25, 0, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), 1, datetime(2026, 11, 1, 5, tzinfo=UTC)),
        ("America/Havana", date(2026, 11, 1), 0, datetime(2026, 11, 1, 4, tzinfo=UTC)),
    ],
)
def test_of_a_repeated_hour_the_first_counts(zone: str, day: date, hour: int, expected: datetime) -> None:
    assert moment_of(day, hour, zone) == expected


def test_the_next_full_hour_is_today_or_tomorrow() -> None:
    noon = datetime(2026, 5, 20, 12, tzinfo=UTC)
    assert next_full_hour(noon, 12, "UTC") == noon
    assert next_full_hour(noon, 8, "UTC") == datetime(2026, 5, 21, 8, tzinfo=UTC)
