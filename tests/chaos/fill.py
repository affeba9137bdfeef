"""`python -m tests.chaos.fill 4000 4`: people who wait for reminders, in so many waves that are let loose later."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

NOON = 12


def main(people: int, waves: int) -> None:
    """Everybody owns one key result that is due; the hour of asking was midnight where it is about noon now."""
    import django

    django.setup()
    from objectives.models import Cycle, KeyResult, Objective
    from people.models import Organisation, User

    now = datetime.now(UTC)
    ahead = NOON - now.hour
    zone = f"Etc/GMT{-ahead:+d}" if ahead else "UTC"
    today = (now + timedelta(hours=ahead)).date()
    long_ago = now - timedelta(days=20)
    organisation = Organisation.objects.create(
        name="Harbour & Pine",
        time_zone=zone,
        check_in_weekday=today.weekday(),
        check_in_hour=0,
        expected_on=today,
    )
    cycle = Cycle.objects.create(
        organisation=organisation,
        name="Now",
        starts_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=60),
        state="active",
    )
    objective = Objective.objects.create(
        organisation=organisation, cycle=cycle, title="Shelves full", state="active", activated_at=long_ago
    )
    made = User.objects.bulk_create(
        User(
            organisation=organisation,
            name=f"Person {number}",
            email=f"person{number}@chaos.example",
            working_days="0123456",
            quiet_from_hour=0,
            quiet_until_hour=0,
            password="!",
        )
        for number in range(people)
    )
    KeyResult.objects.bulk_create(
        KeyResult(
            organisation=organisation,
            objective=objective,
            owner=person,
            position=number % waves,
            title="Something to say",
            state="active" if number % waves == 0 else "paused",
            activated_at=long_ago,
            next_due_on=today - timedelta(days=1),
            fresh_until=today - timedelta(days=1),
            due_until=today + timedelta(days=6),
            stale_until=today + timedelta(days=13),
        )
        for number, person in enumerate(made)
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
