"""A key result put off with a reason and a day of return."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from common.models import IdentifiedModel


class Skip(IdentifiedModel):
    """Moves the due day; changes neither value nor freshness."""

    key_result = models.ForeignKey("objectives.KeyResult", on_delete=models.CASCADE, related_name="skips")
    by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField()
    until = models.DateField(help_text="the day it comes back")
    created_at = models.DateTimeField(db_default=Now())
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="skip_has_reason")]

    def __str__(self) -> str:
        return f"{self.key_result_id} until {self.until}"
