"""The strategic review: every few months leaders ask whether the priorities still point the right way."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from common.models import IdentifiedModel


class StrategicReview(IdentifiedModel):
    """One review. It runs until `ended_at`; `minutes` then keeps the agenda and what was decided, as it was."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="strategic_reviews"
    )
    cycle = models.ForeignKey(
        "objectives.Cycle", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    since = models.DateTimeField(
        null=True, blank=True, help_text="the agenda speaks of what happened after this"
    )
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    minutes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-started_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(ended_at__isnull=True),
                name="strategic_review_one_running",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="strategic_review_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at}"


class StrategicDecision(IdentifiedModel):
    """What leaders decided about a priority, or about none of them, and why."""

    review = models.ForeignKey(
        "alignment.StrategicReview", on_delete=models.CASCADE, related_name="decisions"
    )
    priority = models.ForeignKey(
        "alignment.StrategicPriority",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="decisions",
    )
    text = models.TextField()
    because = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("decided_at", "id")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="strategic_decision_has_text")]

    def __str__(self) -> str:
        return self.text[:80]
