"""`manage.py check_worker`: for health checks of containers and process managers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from activity.models import OutboxJob
from activity.queries.worker_heartbeat import seconds_since_heartbeat
from common import clock


class Command(BaseCommand):
    help = "Exit 0 when a background worker has worked lately, else 1; tells of work that was given up."

    def handle(self, *args: Any, **options: Any) -> None:
        seconds = seconds_since_heartbeat(at=clock.now())
        dead = OutboxJob.objects.dead().count()
        if dead:
            self.stderr.write(f"{dead} jobs were given up; see last_error in activity_outboxjob.")
        if seconds is None:
            raise CommandError("No worker has ever been seen.")
        if seconds > settings.HEARTBEAT_LIMIT_SECONDS:
            raise CommandError(f"No worker has been seen for {seconds:.0f} s.")
        self.stdout.write(f"A worker was seen {seconds:.0f} s ago.")
