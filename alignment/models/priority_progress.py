"""The stored roll-up of a priority in a cycle."""

from __future__ import annotations

from django.db import models

from common.models import IdentifiedModel


class PriorityProgress(IdentifiedModel):
    """Where a priority stands in one cycle (and the cycles inside it). Written by `roll_up` only."""

    priority = models.ForeignKey(
        "alignment.StrategicPriority", on_delete=models.CASCADE, related_name="standings"
    )
    cycle = models.ForeignKey("objectives.Cycle", on_delete=models.CASCADE, related_name="priority_standings")
    progress = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    expected = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    confidence_mean = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    status_counts = models.JSONField(default=dict, blank=True)
    objective_count = models.PositiveIntegerField(default=0)
    key_result_count = models.PositiveIntegerField(default=0)
    forecast_mean = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    forecast_low = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    forecast_high = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["priority", "cycle"], name="priority_progress_once"),
            models.CheckConstraint(
                condition=models.Q(progress__isnull=True) | models.Q(progress__gte=0, progress__lte=1),
                name="priority_progress_is_ratio",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.priority_id} in {self.cycle_id}"
