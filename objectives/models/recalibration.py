"""New aims: the plan that a key result had, the one it got, and why."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from common.models import IdentifiedModel
from objectives.rules.kinds import RecalibrationState


class Recalibration(IdentifiedModel):
    """One change of target. `before` and `after` hold the numbers of the plan as JSON values.

    `easing` is the part of the way from start to target that is given up, 0..1; negative when it gets harder;
    None where the two plans cannot be held against each other.
    """

    key_result = models.ForeignKey(
        "objectives.KeyResult", on_delete=models.CASCADE, related_name="recalibrations"
    )
    state = models.CharField(
        max_length=16,
        choices=[(s.value, s.value) for s in RecalibrationState],
        default=RecalibrationState.IN_FORCE,
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    easing = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    reason = models.TextField()
    by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    asked_of = models.ForeignKey(
        "people.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="recalibrations_to_agree",
    )
    answered_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="recalibration_has_reason"),
            models.CheckConstraint(
                condition=Q(state__in=list(RecalibrationState)), name="recalibration_state_known"
            ),
            models.UniqueConstraint(
                fields=["key_result"],
                condition=Q(state=RecalibrationState.PROPOSED),
                name="recalibration_one_proposed",
            ),
        ]
        indexes = [models.Index(fields=["asked_of", "state"], name="recalibration_by_person")]

    def __str__(self) -> str:
        return f"{self.key_result_id} {self.at}"
