"""Named steps of a milestone key result."""

from __future__ import annotations

from django.db import models

from common.models import IdentifiedModel


class Milestone(IdentifiedModel):
    """One step; the key result's progress is the done share of all weight."""

    key_result = models.ForeignKey(
        "objectives.KeyResult", on_delete=models.CASCADE, related_name="milestones"
    )
    title = models.TextField()
    weight = models.DecimalField(max_digits=12, decimal_places=6, default=1)
    due_on = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    done_on = models.DateField(null=True, blank=True, help_text="stored copy; the latest check-in decides")

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="milestone_has_title"),
            models.CheckConstraint(condition=models.Q(weight__gte=0), name="milestone_weight_not_negative"),
        ]

    def __str__(self) -> str:
        return self.title[:80]

    @property
    def is_done(self) -> bool:
        return self.done_on is not None
