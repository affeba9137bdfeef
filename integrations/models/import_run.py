"""Imports, what they did row by row, and the questions they left."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from common.models import IdentifiedModel


class ImportRun(IdentifiedModel):
    """One file or folder that was read: rehearsed, applied, taken back."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="import_runs"
    )
    by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    source_name = models.CharField(max_length=400)
    digest = models.CharField(max_length=64)
    state = models.CharField(
        max_length=16, choices=[(s, s) for s in ("rehearsed", "applied", "refused", "undone")]
    )
    upload = models.BinaryField(
        null=True, blank=True, help_text="the archive, until it is applied or a day old"
    )
    report = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.source_name


class ImportQuestion(IdentifiedModel):
    """Something the source left open: kept, flagged, and asked about; answered by a person at any time."""

    run = models.ForeignKey("integrations.ImportRun", on_delete=models.CASCADE, related_name="questions")
    row = models.CharField(max_length=200, help_text="file and line")
    subject_type = models.CharField(max_length=32, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    code = models.CharField(max_length=64)
    text = models.TextField()
    options = models.JSONField(default=list)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["run", "row", "code"], name="import_question_once")]

    def __str__(self) -> str:
        return f"{self.row}: {self.code}"
