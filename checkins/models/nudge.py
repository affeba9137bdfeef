"""A friendly question about a key result that has gone quiet."""

from __future__ import annotations

from django.db import models

from common.models import IdentifiedModel


class Nudge(IdentifiedModel):
    """«How is it going?», at most once in a week and key result, whoever asks."""

    key_result = models.ForeignKey("objectives.KeyResult", on_delete=models.CASCADE, related_name="nudges")
    week_on = models.DateField(help_text="Monday of the week in the organisation's zone")
    by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    to = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="nudges")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["key_result", "week_on"], name="nudge_once_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.key_result_id} {self.week_on}"
