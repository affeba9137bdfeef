"""Key results: how we will know, and the stored copy of where they stand."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Now

from common.models import IdentifiedModel, KeptManager
from objectives.rules.kinds import KeyResultKind, KeyResultState, Status, ValueSource

VALUE: dict[str, Any] = {"max_digits": 18, "decimal_places": 6, "null": True, "blank": True}


class KeyResult(IdentifiedModel):
    """One sign by which an objective is judged.

    The fields from `current_value` to `stale_until` are stored copies; `checkins.services.refresh_key_result`
    is their one writer. They say what the check-ins say, never more.
    """

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="key_results"
    )
    objective = models.ForeignKey(
        "objectives.Objective", on_delete=models.CASCADE, related_name="key_results"
    )
    title = models.TextField()
    kind = models.CharField(
        max_length=16, choices=[(k.value, k.value) for k in KeyResultKind], default=KeyResultKind.PERCENT_DONE
    )
    unit = models.CharField(max_length=100, blank=True)
    start_value = models.DecimalField(**VALUE)
    target_value = models.DecimalField(**VALUE)
    lower_bound = models.DecimalField(**VALUE)
    upper_bound = models.DecimalField(**VALUE)
    weight = models.DecimalField(max_digits=12, decimal_places=6, default=1)
    state = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in KeyResultState], default=KeyResultState.ACTIVE
    )
    state_reason = models.TextField(blank=True)
    owner = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_key_results"
    )
    owner_label = models.CharField(max_length=400, blank=True, help_text="owner as an import wrote it")
    cadence_days = models.PositiveSmallIntegerField(default=7)
    value_source = models.CharField(
        max_length=24, choices=[(s.value, s.value) for s in ValueSource], default=ValueSource.MANUAL
    )
    position = models.PositiveIntegerField(default=0)
    activated_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    external_id = models.CharField(max_length=400, null=True, blank=True)
    source_fields = models.JSONField(
        default=dict, blank=True, help_text="what an import said and has no field"
    )

    current_value = models.DecimalField(**VALUE)
    progress = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    raw_progress = models.DecimalField(max_digits=30, decimal_places=4, null=True, blank=True)
    expected = models.DecimalField(
        max_digits=5, decimal_places=4, null=True, blank=True, help_text="on Organisation.expected_on"
    )
    has_data = models.BooleanField(default=False)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in Status], default=Status.NO_DATA
    )
    forecast_mean = models.DecimalField(max_digits=30, decimal_places=4, null=True, blank=True)
    forecast_low = models.DecimalField(max_digits=30, decimal_places=4, null=True, blank=True)
    forecast_high = models.DecimalField(max_digits=30, decimal_places=4, null=True, blank=True)
    forecast_chance = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    forecast_because = models.CharField(max_length=300, blank=True)
    last_check_in_at = models.DateTimeField(null=True, blank=True)
    last_heard_on = models.DateField(null=True, blank=True, help_text="last check-in of a person")
    skipped_until = models.DateField(null=True, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
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
                fields=["organisation", "external_id"], name="key_result_external_id_unique"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="key_result_has_title"),
            models.CheckConstraint(
                condition=models.Q(kind__in=list(KeyResultKind)), name="key_result_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=list(KeyResultState)), name="key_result_state_known"
            ),
            models.CheckConstraint(condition=models.Q(weight__gte=0), name="key_result_weight_not_negative"),
            models.CheckConstraint(
                condition=models.Q(cadence_days__gte=1), name="key_result_cadence_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(progress__isnull=True) | models.Q(progress__gte=0, progress__lte=1),
                name="key_result_progress_is_ratio",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__isnull=True) | models.Q(confidence__gte=1, confidence__lte=10),
                name="key_result_confidence_one_to_ten",
            ),
        ]
        indexes = [
            models.Index(fields=["objective", "position"], name="key_result_by_objective"),
            models.Index(fields=["organisation", "updated_at", "id"], name="key_result_by_update"),
            models.Index(fields=["owner", "next_due_on"], name="key_result_by_due"),
            models.Index(
                fields=["organisation", "forecast_chance", "id", "objective"],
                condition=models.Q(
                    state=KeyResultState.ACTIVE,
                    status__in=(Status.OFF_TRACK, Status.AT_RISK),
                    forecast_mean__isnull=False,
                    deleted_at__isnull=True,
                ),
                name="key_result_by_trouble",
            ),
            models.Index(
                fields=["organisation", "due_until"],
                condition=models.Q(state=KeyResultState.ACTIVE, deleted_at__isnull=True),
                name="key_result_by_silence",
            ),
        ]

    def __str__(self) -> str:
        return self.title[:80]
