"""Strategic priorities: what the organisation wants most, stated by its leaders."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from alignment.rules.kinds import PriorityState
from common.models import IdentifiedModel


class StrategicPriority(IdentifiedModel):
    """A choice of direction that objectives can lead to. `rank` 1 matters most."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="priorities"
    )
    title = models.TextField()
    narrative = models.TextField(blank=True, help_text="why now")
    not_doing = models.TextField(blank=True, help_text="what we will not do")
    owner = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_priorities"
    )
    sponsor = models.ForeignKey(
        "people.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sponsored_priorities",
        help_text="agrees to what teams propose for it; without one, the owner does",
    )
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    rank = models.PositiveIntegerField(default=1)
    state = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in PriorityState], default=PriorityState.ACTIVE
    )
    state_reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    activated_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    external_id = models.CharField(max_length=400, null=True, blank=True)
    source_fields = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("rank", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "external_id"], name="priority_external_id_unique"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="priority_has_title"),
            models.CheckConstraint(
                condition=models.Q(state__in=list(PriorityState)), name="priority_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="priority_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "rank"], name="priority_by_rank")]

    def __str__(self) -> str:
        return self.title[:80]


class PriorityNews(IdentifiedModel):
    """One dated line by the owner of a priority, shown on the strategy page; history is kept."""

    priority = models.ForeignKey("alignment.StrategicPriority", on_delete=models.CASCADE, related_name="news")
    text = models.TextField()
    author = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-on", "-created_at", "-id")
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="priority_news_has_text")]
        indexes = [models.Index(fields=["priority", "-on"], name="priority_news_latest")]

    def __str__(self) -> str:
        return self.text[:80]
