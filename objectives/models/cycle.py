"""Cycles: any dates, nested, overlapping."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from common.models import IdentifiedModel
from objectives.rules.kinds import CycleState


class Cycle(IdentifiedModel):
    """A stretch of time that objectives are set for. Dates may be unknown in imported history."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="cycles")
    name = models.CharField(max_length=200)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in CycleState], default=CycleState.PLANNING
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="inner_cycles"
    )
    external_id = models.CharField(max_length=400, null=True, blank=True)
    source_fields = models.JSONField(
        default=dict, blank=True, help_text="what an import said and has no field"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        ordering = ("-starts_on", "name", "id")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "external_id"], name="cycle_external_id_unique"),
            models.CheckConstraint(condition=~models.Q(name=""), name="cycle_has_name"),
            models.CheckConstraint(condition=models.Q(state__in=list(CycleState)), name="cycle_state_known"),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="cycle_ends_after_start",
            ),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="cycle_not_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name
