"""Initiatives: the work below a key result. They never count towards progress."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from common.models import IdentifiedModel
from objectives.rules.kinds import InitiativeState


class Initiative(IdentifiedModel):
    """A piece of work that should move a key result, with a link to where it is tracked."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="initiatives"
    )
    key_result = models.ForeignKey(
        "objectives.KeyResult", on_delete=models.CASCADE, related_name="initiatives"
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")
    title = models.TextField()
    url = models.URLField(max_length=2000, blank=True)
    state = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in InitiativeState], default=InitiativeState.PLANNED
    )
    owner_label = models.CharField(max_length=400, blank=True)
    position = models.PositiveIntegerField(default=0)
    external_id = models.CharField(max_length=400, null=True, blank=True)
    source_fields = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "external_id"], name="initiative_external_id_unique"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="initiative_has_title"),
            models.CheckConstraint(
                condition=models.Q(state__in=list(InitiativeState)), name="initiative_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title[:80]
