"""Check-in reminders: one row per person, kind and period, planned once and sent at least once."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from common.models import IdentifiedModel


class Reminder(IdentifiedModel):
    """A digest of what is due for one person on one local day."""

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=32, default="check_in_due")
    period_on = models.DateField(help_text="first day of the rhythm period in the person's zone")
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="nothing was due any more")
    message_id = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("due_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "period_on"], name="reminder_once_a_period")
        ]
        indexes = [models.Index(fields=["sent_at", "due_at"], name="reminder_to_send")]

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id} {self.period_on}"
