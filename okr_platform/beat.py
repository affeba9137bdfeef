"""Beat that waits while nobody works: the queue never holds more than a few rings of the bell."""

from __future__ import annotations

from typing import Any

from celery.beat import ScheduleEntry, Scheduler

from common import doorbell


class PatientScheduler(Scheduler):
    """Leaves a turn out while earlier ones still wait in the queue; each of them does all the work there is."""

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        """Called for every entry that is due."""
        if not doorbell.is_crowded():
            super().apply_entry(entry, producer=producer)
