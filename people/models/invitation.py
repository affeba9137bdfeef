"""An invitation link: opens one account, once, until it expires."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from common.models import IdentifiedModel
from people.roles import Role


class Invitation(IdentifiedModel):
    """A link by which one person joins, or claims the placeholder that carries their name."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="invitations"
    )
    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254, blank=True)
    role = models.CharField(max_length=16, choices=[(r.value, r.value) for r in Role], default=Role.MEMBER)
    team = models.ForeignKey("people.Team", null=True, blank=True, on_delete=models.SET_NULL)
    placeholder = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.CASCADE, related_name="claims"
    )
    invited_by = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="invitations_sent")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations_accepted"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=list(Role)), name="invitation_role_known")
        ]

    def __str__(self) -> str:
        return self.email or str(self.id)
