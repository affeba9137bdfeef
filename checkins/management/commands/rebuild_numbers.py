"""`manage.py rebuild_numbers`: recompute and store every number."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from checkins.services.rebuild_numbers import rebuild_numbers
from common.clock import day_in, now
from people.models import Organisation


class Command(BaseCommand):
    help = "Recompute every stored number from the check-ins up and store what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        for organisation in Organisation.objects.all():
            rebuild_numbers(organisation=organisation, today=day_in(organisation.time_zone, now()))
            self.stdout.write(f"{organisation.name}: rebuilt")
