"""Days on which a person is away."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from common.models import IdentifiedModel


class Absence(IdentifiedModel):
    """Check-ins rest from `starts_on` to `ends_on`, both included; asks go to `stand_in` meanwhile."""

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()
    stand_in = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_on", "id")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start"),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("user")), name="absence_other_stand_in"
            ),
        ]
        indexes = [models.Index(fields=["user", "ends_on"], name="absence_by_end")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts_on} to {self.ends_on}"
