"""A message to one person through one channel: claimed by lease, sent at least once, always under the same id."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from common.models import IdentifiedModel
from notices.rules.kinds import Channel

MAX_ATTEMPTS = 8


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries by what can be done with them."""

    def open(self) -> DeliveryQuerySet:
        """Neither sent, dropped nor given up."""
        return self.filter(sent_at__isnull=True, dropped_at__isnull=True, died_at__isnull=True)

    def closed(self) -> DeliveryQuerySet:
        """Sent, dropped or given up: nothing can be added to them."""
        return self.exclude(sent_at__isnull=True, dropped_at__isnull=True, died_at__isnull=True)

    def due(self, at: datetime) -> DeliveryQuerySet:
        """Open, due and in nobody's hands."""
        is_free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
        return self.open().filter(is_free, due_at__lte=at).order_by("due_at", "id")

    def held(self, claimed: Delivery) -> DeliveryQuerySet:
        """The row of `claimed` while the claim that it was read with still holds; empty once it was lost."""
        return self.open().filter(pk=claimed.pk, claimed_until=claimed.claimed_until)

    def dead(self) -> DeliveryQuerySet:
        """Given up after MAX_ATTEMPTS; kept for an administrator to look at."""
        return self.filter(died_at__isnull=False)


class Delivery(IdentifiedModel):
    """`key` is the person's local day for the one message of that day, or a notice's id for what is told at once."""

    organisation = models.ForeignKey(
        "people.Organisation",
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_index=False,  # everything but the dead is asked for by person
        db_constraint=False,  # as in Notice
    )
    user = models.ForeignKey(
        "people.User", on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )  # delivery_once begins with it
    channel = models.CharField(
        max_length=8, choices=[(c.value, c.value) for c in (Channel.EMAIL, Channel.CHAT)]
    )
    key = models.CharField(max_length=64)
    notice = models.ForeignKey(
        "notices.Notice",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_index=False,
        help_text="empty for the message of a day",
    )
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    died_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("due_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["user", "channel", "key"], name="delivery_once"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True, died_at__isnull=True),
                name="delivery_open",
            ),
            models.Index(
                fields=["organisation", "-died_at"],
                condition=Q(died_at__isnull=False),
                name="delivery_dead",
            ),
            models.Index(fields=["notice"], condition=Q(notice__isnull=False), name="delivery_of_notice"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.user_id} {self.key}"

    @property
    def message_id(self) -> str:
        """The same on every repeat, so that a mail program shows a repeat once."""
        return f"<{self.pk}@okr-platform.invalid>"
