"""One number a day for history lines."""

from __future__ import annotations

from django.db import models

from common.models import IdentifiedModel


class ProgressSnapshot(IdentifiedModel):
    """Where something stood at the end of a day in the organisation's time zone.

    `subject_type` is `objective`, `priority`, `team` or `organisation`; priorities, teams and the organisation are
    counted within `cycle`.
    """

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="snapshots"
    )
    cycle = models.ForeignKey("objectives.Cycle", on_delete=models.CASCADE, related_name="snapshots")
    subject_type = models.CharField(max_length=16)
    subject_id = models.UUIDField()
    on = models.DateField()
    progress = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    expected = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    confidence_mean = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ("on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "cycle", "on"], name="snapshot_once_a_day"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "cycle", "on"], name="snapshot_by_day")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id} {self.on}"
