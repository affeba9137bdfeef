"""Make a big organisation for benchmarks."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.clock import day_in, now
from dashboards.demo.scale import ScaleSpec, write_scale
from people.models import Organisation

LEAST_PEOPLE = 2
MOST_WEEKS = 104


class Command(BaseCommand):
    help = "Make a big organisation of invented people, objectives, key results and weekly check-ins."
    requires_system_checks = ()  # filling tables needs no pages

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=500)
        parser.add_argument("--objectives", type=int, default=4000)
        parser.add_argument("--key-results", type=int, default=16000)
        parser.add_argument("--weeks", type=int, default=12, help="check-ins per key result, one a week")
        parser.add_argument("--organisation", default="Scale", help="its name")
        parser.add_argument("--seed", type=int, default=1, help="another seed, another organisation")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["people"] < LEAST_PEOPLE or options["objectives"] < 1 or options["key_results"] < 0:
            raise CommandError("At least 2 people, 1 objective and 0 key results.")
        if not 0 <= options["weeks"] <= MOST_WEEKS:
            raise CommandError(f"Between 0 and {MOST_WEEKS} weeks.")
        if Organisation.objects.filter(name=options["organisation"]).exists():
            raise CommandError(f"{options['organisation']} is in this database already.")
        spec = ScaleSpec(
            name=options["organisation"],
            people=options["people"],
            objectives=options["objectives"],
            key_results=options["key_results"],
            weeks=options["weeks"],
            seed=options["seed"],
        )
        write_scale(spec=spec, today=day_in("UTC", now()), tell=self.stdout.write)
