"""Beat that begins at once, and waits while nobody works: the queue never holds more than a few rings of the bell."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from celery.beat import ScheduleEntry, Scheduler

from common import doorbell

LONG_AGO = timedelta(minutes=5)
"""Longer than any turn of the schedule takes."""


class PatientScheduler(Scheduler):
    """Leaves a turn out while earlier ones still wait in the queue; each of them does all the work there is."""

    def setup_schedule(self) -> None:
        """Everything is due as soon as beat starts: it may have been away for long, and once more is harmless."""
        super().setup_schedule()
        for entry in self.schedule.values():
            entry.last_run_at -= LONG_AGO

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        """Called for every entry that is due."""
        if not doorbell.is_crowded():
            super().apply_entry(entry, producer=producer)
