"""`manage.py take_snapshots`: keep today's numbers, or rebuild those of the last days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from checkins.services.backfill_snapshots import backfill_snapshots
from checkins.services.rebuild_numbers import turn_day
from checkins.services.take_snapshots import take_snapshots
from common.clock import day_in, now
from people.models import Organisation


class Command(BaseCommand):
    help = "Keep one number a day per objective, priority, team and organisation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=0, help="also rebuild this many days before today")

    def handle(self, *args: Any, **options: Any) -> None:
        for organisation in Organisation.objects.all():
            today = day_in(organisation.time_zone, now())
            turn_day(organisation=organisation, today=today)
            past = [today - timedelta(days=back) for back in range(options["days"], 0, -1)]
            written = backfill_snapshots(organisation=organisation, days=past)
            written += take_snapshots(organisation=organisation, on=today)
            self.stdout.write(f"{organisation.name}: {written} rows")
