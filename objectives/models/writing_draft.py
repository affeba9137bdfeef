"""What a person has typed about an objective and not saved yet."""

from __future__ import annotations

from django.db import models

from common.models import IdentifiedModel


class WritingDraft(IdentifiedModel):
    """One page of writing; `fields` maps each field of the page to the values in it, as typed.

    `objective` None: a new one. Only its author ever reads it.
    """

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="writing_drafts")
    objective = models.ForeignKey(
        "objectives.Objective", null=True, blank=True, on_delete=models.CASCADE, related_name="writing_drafts"
    )
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("-saved_at", "-id")

    def __str__(self) -> str:
        return f"writing of {self.user_id}"
