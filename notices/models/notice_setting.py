"""What a person wants to be told, and where; a missing row means the default of the kind."""

from __future__ import annotations

from django.db import models

from common.models import IdentifiedModel
from notices.rules.kinds import Channel, NoticeKind


class NoticeSetting(IdentifiedModel):
    """One cell of the notice matrix that differs from its default."""

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="notice_settings")
    kind = models.CharField(max_length=32, choices=[(k.value, k.value) for k in NoticeKind])
    channel = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Channel])
    is_on = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "channel"], name="notice_setting_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=list(NoticeKind)), name="notice_setting_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=list(Channel)), name="notice_setting_channel_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel} for {self.user_id}"
