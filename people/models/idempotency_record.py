"""What an earlier POST with the same Idempotency-Key answered."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from common.models import IdentifiedModel


class IdempotencyRecord(IdentifiedModel):
    """One keyed request of one caller, replayed for 24 hours."""

    caller = models.CharField(max_length=64, help_text="token or user id")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="digest of method, path and body")
    status = models.PositiveSmallIntegerField(null=True, blank=True, help_text="null while running")
    body = models.BinaryField(default=b"")
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
