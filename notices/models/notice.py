"""One thing that one person is told, once: the row of the inbox and the truth behind every message."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from common.models import IdentifiedModel
from notices.rules.kinds import NoticeKind


class Notice(IdentifiedModel):
    """`key` makes telling twice harmless: the rhythm period of a reminder, the id of the thing otherwise.

    `on` is the person's local day whose one message carries it. `payload` holds ids and plain facts, never words that
    the person might no longer see: words are read when the notice is shown or sent.
    """

    organisation = models.ForeignKey(
        "people.Organisation",
        on_delete=models.CASCADE,
        related_name="notices",
        db_index=False,  # everything is asked for by person
        db_constraint=False,  # the person's own constraint vouches for it; a hundred thousand look-ups less
    )
    user = models.ForeignKey(
        "people.User", on_delete=models.CASCADE, related_name="notices", db_index=False
    )  # every index below begins with it
    kind = models.CharField(max_length=32, choices=[(k.value, k.value) for k in NoticeKind])
    key = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=32, blank=True, help_text="ask, comment, thanks, key_result …")
    subject_id = models.UUIDField(null=True, blank=True)
    objective_id = models.UUIDField(
        null=True, blank=True, help_text="it is hidden from whoever may not see this objective"
    )
    payload = models.JSONField(default=dict, blank=True)
    on = models.DateField()
    due_at = models.DateTimeField(help_text="shown and sent from this moment")
    is_shown_here = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="nothing left to tell")

    class Meta:
        ordering = ("-due_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "key"], name="notice_told_once"),
            models.CheckConstraint(condition=Q(kind__in=list(NoticeKind)), name="notice_kind_known"),
        ]
        indexes = [
            models.Index(fields=["user", "-due_at"], name="notice_inbox"),
            models.Index(fields=["user", "on"], name="notice_of_day"),
            models.Index(
                fields=["user"],
                condition=Q(seen_at__isnull=True, dropped_at__isnull=True, is_shown_here=True),
                name="notice_unseen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id} {self.key}"
