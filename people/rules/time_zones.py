"""Which time zones a person can choose."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

AREAS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip


@cache
def time_zone_choices() -> tuple[tuple[str, str], ...]:
    """(IANA name, words) in alphabetical order, such as ("Europe/Brussels", "Europe, Brussels"); UTC comes first."""
    cities = sorted(zone for zone in available_timezones() if zone.split("/")[0] in AREAS and "/" in zone)
    return (("UTC", "UTC"), *((zone, _words(zone)) for zone in cities))


def _words(zone: str) -> str:
    return zone.replace("_", " ").replace("/", ", ")
