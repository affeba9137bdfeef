"""Dated notes on an objective: an author's words, and numbers that are kept as they were said."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from common.models import IdentifiedModel


class ObjectiveNote(IdentifiedModel):
    """Something said about a whole objective. It never moves a number. `on` is None when the source has no date."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="objective_notes"
    )
    objective = models.ForeignKey("objectives.Objective", on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_label = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    value_max = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    value_text = models.CharField(max_length=400, blank=True)
    status_text = models.CharField(max_length=400, blank=True)
    on = models.DateField(null=True, blank=True)
    known_at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True, blank=True)
    external_id = models.CharField(max_length=400, null=True, blank=True)
    source_fields = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-on", "-known_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "external_id"], name="objective_note_external_id_unique"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
