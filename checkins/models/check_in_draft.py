"""What a person has typed on My week and not shared yet."""

from __future__ import annotations

from django.db import models

from common.models import IdentifiedModel


class CheckInDraft(IdentifiedModel):
    """One draft per person; `rows` maps a key result id to the typed field values, as typed."""

    user = models.OneToOneField("people.User", on_delete=models.CASCADE, related_name="check_in_draft")
    rows = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draft of {self.user_id}"
