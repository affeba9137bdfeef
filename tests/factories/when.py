"""The fixed day that tests live on: a Wednesday in week 8 of the second quarter of 2026."""

from datetime import UTC, date, datetime, time

TODAY = date(2026, 5, 20)
NOW = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)


def moment(on: date, hour: int = 9, minute: int = 30) -> datetime:
    """An aware moment of a day, in UTC."""
    return datetime.combine(on, time(hour, minute), tzinfo=UTC)
