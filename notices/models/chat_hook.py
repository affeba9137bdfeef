"""An incoming webhook of a chat product: of one person, of a team's channel, or of the organisation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from common.models import IdentifiedModel
from notices.rules.kinds import ChatFormat


class ChatHook(IdentifiedModel):
    """`url` is a secret: whoever knows it can post. Pages show only its host."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="chat_hooks"
    )
    user = models.OneToOneField(
        "people.User", null=True, blank=True, on_delete=models.CASCADE, related_name="chat_hook"
    )
    team = models.OneToOneField(
        "people.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="chat_hook"
    )
    format = models.CharField(max_length=16, choices=[(f.value, f.value) for f in ChatFormat])
    url = models.URLField(max_length=2_000)
    created_at = models.DateTimeField()
    last_sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(format__in=list(ChatFormat)), name="chat_hook_format_known"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(team__isnull=False), name="chat_hook_has_home"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.pk}"
