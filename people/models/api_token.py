"""Bearer tokens of people and of services. Only a peppered digest is stored."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from common.models import IdentifiedModel


class ApiToken(IdentifiedModel):
    """A secret that acts as its owner, within its scopes."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="tokens")
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4, help_text="last four characters of the secret")
    scopes = models.JSONField(default=list)
    is_service = models.BooleanField(default=False, help_text="a machine: its check-ins are not a person's")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "id")

    def __str__(self) -> str:
        return f"{self.name} …{self.hint}"
