"""Tables of an evening that somebody looked at: kept, because the past does not change."""

from __future__ import annotations

from django.db import models


class PastCopy(models.Model):
    """The rows of one table as they were at the end of one day, in a form that the database reads back quickly.

    A cache and nothing more: deleting any of it is harmless.
    """

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    table = models.CharField(max_length=64)
    columns = models.TextField(
        help_text="names of the columns, in the order of the rows; another order: made anew"
    )
    rows = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "day", "table"], name="past_copy_once"),
        ]

    def __str__(self) -> str:
        return f"{self.table} on {self.day}"
