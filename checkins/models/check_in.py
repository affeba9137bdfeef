"""Check-ins: what a person or a system said about a key result, and every earlier wording of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from checkins.rules.kinds import CheckInSource
from common.models import IdentifiedModel, KeptManager
from objectives.rules.kinds import Status


class CheckIn(IdentifiedModel):
    """One dated statement. `observed_on` is the day it speaks of, `known_at` the moment the organisation knew.

    `progress`, `raw_progress` and `status` keep what the key result stood at after this statement; they are stored
    copies that `refresh_key_result` rewrites whenever an earlier check-in changes.
    """

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="check_ins"
    )
    key_result = models.ForeignKey("objectives.KeyResult", on_delete=models.CASCADE, related_name="check_ins")
    author = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="check_ins"
    )
    author_label = models.CharField(max_length=400, blank=True, help_text="author as an import wrote it")
    recorded_by = models.ForeignKey(
        "people.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="the administrator who recorded it on behalf of the author",
    )
    source = models.CharField(max_length=16, choices=[(s.value, s.value) for s in CheckInSource])
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    previous_value = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    milestones_done = models.JSONField(null=True, blank=True, help_text="ids of all steps that are done")
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    win = models.TextField(blank=True)
    challenge = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    next_step_due_on = models.DateField(null=True, blank=True)
    observed_on = models.DateField()
    recorded_at = models.DateTimeField()
    known_at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    external_id = models.CharField(max_length=400, null=True, blank=True)
    source_fields = models.JSONField(default=dict, blank=True)

    progress = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    raw_progress = models.DecimalField(max_digits=30, decimal_places=4, null=True, blank=True)
    status = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in Status], default=Status.NO_DATA
    )
    updated_at = models.DateTimeField()

    objects = KeptManager()
    everything = models.Manager()

    class Meta:
        ordering = ("-observed_on", "-recorded_at", "-id")
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "external_id"], name="check_in_external_id_unique"
            ),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__gte=1, confidence__lte=10),
                name="check_in_confidence_one_to_ten",
            ),
            models.CheckConstraint(condition=Q(source__in=list(CheckInSource)), name="check_in_source_known"),
        ]
        indexes = [
            models.Index(fields=["key_result", "observed_on", "recorded_at"], name="check_in_by_day"),
            models.Index(fields=["organisation", "updated_at", "id"], name="check_in_by_update"),
            models.Index(fields=["author", "recorded_at"], name="check_in_by_author"),
            models.Index(fields=["organisation", "-known_at"], name="check_in_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.key_result_id} {self.observed_on}"


class CheckInVersion(IdentifiedModel):
    """What a check-in said before an edit or a correction. Nothing that was said is lost."""

    check_in = models.ForeignKey("checkins.CheckIn", on_delete=models.CASCADE, related_name="versions")
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    fields = models.JSONField(help_text="field name to its earlier value")

    class Meta:
        ordering = ("replaced_at", "id")

    def __str__(self) -> str:
        return f"{self.check_in_id} until {self.replaced_at}"
