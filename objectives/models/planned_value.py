"""Dated points that bend the expected line of a key result."""

from __future__ import annotations

from django.db import models

from common.models import IdentifiedModel


class PlannedValue(IdentifiedModel):
    """On that day the key result is planned to stand at that value."""

    key_result = models.ForeignKey(
        "objectives.KeyResult", on_delete=models.CASCADE, related_name="planned_values"
    )
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=6)

    class Meta:
        ordering = ("on", "id")
        constraints = [models.UniqueConstraint(fields=["key_result", "on"], name="planned_value_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"
