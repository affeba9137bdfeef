"""Work to be done after a change, kept in the database until it is done: the queue that survives a crash."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from common.models import IdentifiedModel

MAX_ATTEMPTS = 8


class OutboxJobQuerySet(models.QuerySet["OutboxJob"]):
    """Jobs by what can be done with them."""

    def open(self) -> OutboxJobQuerySet:
        """Neither done nor given up."""
        return self.filter(done_at__isnull=True, died_at__isnull=True)

    def due(self, at: datetime) -> OutboxJobQuerySet:
        """Open, due, and not in the hands of a worker (a worker's claim runs out)."""
        is_free = models.Q(claimed_until__isnull=True) | models.Q(claimed_until__lte=at)
        return self.open().filter(is_free, due_at__lte=at).order_by("due_at", "id")

    def dead(self) -> OutboxJobQuerySet:
        """Given up after MAX_ATTEMPTS; kept for a person to look at."""
        return self.filter(died_at__isnull=False)


class OutboxJob(IdentifiedModel):
    """One piece of registered work (common.jobs) with what it needs to know.

    `unique_key` makes asking twice harmless. `attempts` counts claims, so work that kills its worker stops too.
    """

    name = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)
    unique_key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    died_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    objects = OutboxJobQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "id")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(done_at__isnull=True, died_at__isnull=True),
                name="outbox_job_open",
            ),
            models.Index(fields=["done_at"], name="outbox_job_done"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | models.Q(died_at__isnull=True),
                name="outbox_job_done_or_dead",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """waiting, done or dead."""
        if self.done_at is not None:
            return "done"
        return "dead" if self.died_at is not None else "waiting"


def pause_before_retry(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 5 s, 20 s, 45 s … a growing square, at most an hour."""
    return min(timedelta(seconds=5 * attempts * attempts), timedelta(hours=1))
