"""Lines of a retrospective: what went well, what did not, what to try."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from common.models import IdentifiedModel


class Retrospective(IdentifiedModel):
    """One learning of a team at the end of a cycle."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="retrospectives"
    )
    cycle = models.ForeignKey("objectives.Cycle", on_delete=models.CASCADE, related_name="retrospectives")
    team = models.ForeignKey(
        "people.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    section = models.CharField(max_length=100, help_text="GOOD, BAD, TRY, as the source names it")
    text = models.TextField()
    external_id = models.CharField(max_length=400, null=True, blank=True)
    source_fields = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("cycle", "section", "id")
        verbose_name_plural = "retrospectives"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "external_id"], name="retrospective_external_id_unique"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
