"""Versions of a priority: what it said, who changed it, and why."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alignment.rules.kinds import RevisionKind, RevisionState
from common.models import IdentifiedModel


class PriorityRevision(IdentifiedModel):
    """One version, whole. `number` counts the published ones from 1; the one draft of a priority has the next."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="priority_revisions"
    )
    priority = models.ForeignKey(
        "alignment.StrategicPriority", on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in RevisionKind])
    state = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in RevisionState], default=RevisionState.DRAFT
    )
    title = models.TextField()
    narrative = models.TextField(blank=True)
    not_doing = models.TextField(blank=True)
    owner = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sponsor = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    rank = models.PositiveIntegerField(default=1)
    reason = models.TextField(blank=True, help_text="why it changed, in the author's words")
    is_minor = models.BooleanField(
        default=False, help_text="only the wording: people are told, nobody is asked"
    )
    answer_by_on = models.DateField(null=True, blank=True)
    author = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, help_text="grows each time the draft is saved")

    class Meta:
        ordering = ("-number", "-id")
        constraints = [
            models.UniqueConstraint(fields=["priority", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["priority"], condition=Q(state=RevisionState.DRAFT), name="revision_one_draft"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="revision_has_title"),
            models.CheckConstraint(condition=Q(kind__in=list(RevisionKind)), name="revision_kind_known"),
            models.CheckConstraint(
                condition=Q(state=RevisionState.DRAFT, published_at__isnull=True)
                | Q(state=RevisionState.PUBLISHED, published_at__isnull=False),
                name="revision_published_has_moment",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-published_at"], name="revision_by_moment")]

    def __str__(self) -> str:
        return f"{self.priority_id} version {self.number}"
