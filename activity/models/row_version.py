"""What rows said, and from when on: the history that any evening can be rebuilt from."""

from __future__ import annotations

from django.db import models


class RowVersion(models.Model):
    """One row as it was after a write, whole. Append-only; numbers grow in the order of writing.

    `row` maps column names to JSON values: ids, moments, days and decimals as text; the parts that belong to a row
    (milestones, planned values, contributors) stand in it as lists of such rows. `known_at` is the moment from which
    the organisation knew it: that of the write, or the source's date for what an import brought in.
    """

    number = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="row_versions"
    )
    subject_type = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    known_at = models.DateTimeField()
    event = models.ForeignKey(
        "activity.Event",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="row_versions",
        help_text="what happened; none for rows that came in bulk",
    )
    is_gone = models.BooleanField(default=False, help_text="the row was removed; `row` is what it said last")
    row = models.JSONField(default=dict)

    class Meta:
        ordering = ("number",)
        indexes = [
            models.Index(
                fields=["organisation", "subject_type", "subject_id", "known_at"],
                name="row_version_of_subject",
            ),
            models.Index(fields=["organisation", "known_at"], name="row_version_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id} from {self.known_at}"
