"""Objectives: what should be different, for whom, and the stored copy of their rolled-up numbers."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from common.models import IdentifiedModel, KeptManager
from objectives.rules.kinds import ObjectiveKind, ObjectiveState, Status, Visibility


class Objective(IdentifiedModel):
    """A goal of a team, a person or the whole organisation, in one cycle.

    The fields from `progress` to `stale_until` are stored copies; `alignment.services.roll_up` is their one
    writer. Ratios have four decimals; None means that there is nothing to say yet.
    """

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="objectives"
    )
    cycle = models.ForeignKey("objectives.Cycle", on_delete=models.PROTECT, related_name="objectives")
    title = models.TextField()
    why = models.TextField(blank=True)
    kind = models.CharField(
        max_length=16, choices=[(k.value, k.value) for k in ObjectiveKind], default=ObjectiveKind.ASPIRATIONAL
    )
    state = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in ObjectiveState], default=ObjectiveState.DRAFT
    )
    state_reason = models.TextField(blank=True, help_text="why it was paused, cancelled or reopened")
    visibility = models.CharField(
        max_length=16, choices=[(v.value, v.value) for v in Visibility], default=Visibility.ORGANISATION
    )
    counts_when_private = models.BooleanField(default=False)
    keeps_us_running = models.TextField(blank=True, help_text="why it rightly leads to no priority")
    team = models.ForeignKey(
        "people.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="objectives"
    )
    owner = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_objectives"
    )
    owner_label = models.CharField(max_length=400, blank=True, help_text="owner as an import wrote it")
    contributors = models.ManyToManyField("people.User", related_name="contributed_objectives", blank=True)
    is_written_by_team = models.BooleanField(
        null=True,
        blank=True,
        help_text="whether its author belonged to its team; None without a team or author",
    )
    position = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    activated_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    score_reason = models.TextField(blank=True)
    suggested_score = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    closing_children = models.JSONField(
        default=dict,
        blank=True,
        help_text="objectives that counted when it was closed: id to weight and progress",
    )
    external_id = models.CharField(max_length=400, null=True, blank=True)
    source_fields = models.JSONField(
        default=dict, blank=True, help_text="what an import said and has no field"
    )

    progress = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    expected = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    confidence_mean = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    status = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in Status], default=Status.NO_DATA
    )
    status_counts = models.JSONField(default=dict, blank=True)
    key_result_count = models.PositiveIntegerField(default=0)
    forecast_mean = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    forecast_low = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    forecast_high = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    last_heard_on = models.DateField(null=True, blank=True)
    fresh_until = models.DateField(null=True, blank=True)
    due_until = models.DateField(null=True, blank=True)
    stale_until = models.DateField(null=True, blank=True)

    version = models.PositiveIntegerField(default=1, help_text="grows with every edit by a person")
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = KeptManager()
    everything = models.Manager()

    class Meta:
        ordering = ("position", "id")
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "external_id"], name="objective_external_id_unique"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="objective_has_title"),
            models.CheckConstraint(
                condition=models.Q(state__in=list(ObjectiveState)), name="objective_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=list(ObjectiveKind)), name="objective_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(visibility__in=list(Visibility)), name="objective_visibility_known"
            ),
            models.CheckConstraint(
                condition=models.Q(progress__isnull=True) | models.Q(progress__gte=0, progress__lte=1),
                name="objective_progress_is_ratio",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "cycle", "id"], name="objective_by_cycle"),
            models.Index(fields=["organisation", "updated_at", "id"], name="objective_by_update"),
        ]

    def __str__(self) -> str:
        return self.title[:80]
