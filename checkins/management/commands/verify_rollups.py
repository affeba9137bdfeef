"""`manage.py verify_rollups`: recompute every stored number and report any that differs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from checkins.services.find_drift import find_drift
from common.clock import day_in, now
from people.models import Organisation


class Command(BaseCommand):
    help = "Recompute all roll-ups in memory and report drift; exits 1 on any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", help="name; all organisations when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        organisations = Organisation.objects.all()
        if options["organisation"]:
            organisations = organisations.filter(name=options["organisation"])
            if not organisations:
                raise CommandError(f"there is no organisation named {options['organisation']!r}")
        drifted = 0
        for organisation in organisations:
            drift = find_drift(organisation=organisation, today=day_in(organisation.time_zone, now()))
            drifted += len(drift)
            for row in drift:
                self.stdout.write(
                    f"{row.type} {row.id} {row.column}: stored {row.stored}, should be {row.right}"
                )
            self.stdout.write(f"{organisation.name}: {len(drift)} numbers drifted")
        if drifted:
            raise CommandError(
                f"{drifted} stored numbers differ; run `manage.py rebuild_numbers` to mend them"
            )
