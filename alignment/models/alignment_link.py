"""Links that say where an objective leads."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from alignment.rules.kinds import LinkKind, LinkState
from common.models import IdentifiedModel


class AlignmentLink(IdentifiedModel):
    """`child` contributes to, supports or depends on exactly one parent: a priority, an objective or a key result."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="links")
    child = models.ForeignKey("objectives.Objective", on_delete=models.CASCADE, related_name="links_up")
    priority = models.ForeignKey(
        "alignment.StrategicPriority",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="links_down",
    )
    objective = models.ForeignKey(
        "objectives.Objective", null=True, blank=True, on_delete=models.CASCADE, related_name="links_down"
    )
    key_result = models.ForeignKey(
        "objectives.KeyResult", null=True, blank=True, on_delete=models.CASCADE, related_name="links_down"
    )
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in LinkKind])
    weight = models.DecimalField(max_digits=12, decimal_places=6, default=1)
    state = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in LinkState], default=LinkState.ACTIVE
    )
    reason = models.TextField(blank=True, help_text="how it helps, in a sentence")
    created_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("created_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(priority__isnull=False, objective__isnull=True, key_result__isnull=True)
                | Q(priority__isnull=True, objective__isnull=False, key_result__isnull=True)
                | Q(priority__isnull=True, objective__isnull=True, key_result__isnull=False),
                name="link_has_one_parent",
            ),
            models.CheckConstraint(condition=~Q(child=models.F("objective")), name="link_not_to_itself"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="link_weight_not_negative"),
            models.CheckConstraint(condition=Q(kind__in=list(LinkKind)), name="link_kind_known"),
            models.CheckConstraint(condition=Q(state__in=list(LinkState)), name="link_state_known"),
            models.UniqueConstraint(
                fields=["child", "priority"],
                condition=Q(priority__isnull=False),
                name="link_to_priority_once",
            ),
            models.UniqueConstraint(
                fields=["child", "objective"],
                condition=Q(objective__isnull=False),
                name="link_to_objective_once",
            ),
            models.UniqueConstraint(
                fields=["child", "key_result"],
                condition=Q(key_result__isnull=False),
                name="link_to_key_result_once",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "updated_at", "id"], name="link_by_update")]

    def __str__(self) -> str:
        return f"{self.child_id} {self.kind} {self.parent_type} {self.parent_id}"

    @property
    def parent_type(self) -> str:
        """`priority`, `objective` or `key_result`."""
        if self.priority_id is not None:
            return "priority"
        return "objective" if self.objective_id is not None else "key_result"

    @property
    def parent_id(self) -> UUID | None:
        return self.priority_id or self.objective_id or self.key_result_id
