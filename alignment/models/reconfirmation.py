"""A change above asks every objective below: keep, adapt or stop?"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alignment.rules.kinds import ReconfirmationState
from common.models import IdentifiedModel


class Reconfirmation(IdentifiedModel):
    """One objective asked about one published version. A newer version of the priority releases the open ones.

    `path` is how the change reaches it, from the objective up: `[{"type": ..., "id": ...}, …]`, the priority last.
    """

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="reconfirmations"
    )
    revision = models.ForeignKey(
        "alignment.PriorityRevision", on_delete=models.CASCADE, related_name="reconfirmations"
    )
    objective = models.ForeignKey(
        "objectives.Objective", on_delete=models.CASCADE, related_name="reconfirmations"
    )
    state = models.CharField(
        max_length=16,
        choices=[(s.value, s.value) for s in ReconfirmationState],
        default=ReconfirmationState.OPEN,
    )
    path = models.JSONField(default=list, blank=True)
    share = models.DecimalField(
        max_digits=5,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="of the priority, when it contributes",
    )
    asked_of = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="reconfirmations"
    )
    asked_at = models.DateTimeField()
    answer_by_on = models.DateField(null=True, blank=True)
    remind_on = models.DateField(null=True, blank=True, help_text="asked to be reminded on that day")
    answered_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="one sentence for whoever changed the priority")
    helps_before = models.TextField(blank=True)
    helps_after = models.TextField(blank=True)
    changes = models.JSONField(
        default=dict, blank=True, help_text="what adapting changed: field to [old, new]"
    )
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("asked_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["revision", "objective"], name="reconfirmation_asked_once"),
            models.CheckConstraint(
                condition=Q(state__in=list(ReconfirmationState)), name="reconfirmation_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("kept", "adapted", "stopped")) | Q(answered_at__isnull=False),
                name="reconfirmation_answer_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"], name="reconfirmation_by_state"),
            models.Index(fields=["asked_of", "state"], name="reconfirmation_by_person"),
            models.Index(fields=["objective", "-asked_at"], name="reconfirmation_by_objective"),
        ]

    def __str__(self) -> str:
        return f"{self.objective_id} {self.state}"
