"""Numbers by which a priority itself is judged, beside what rolls up to it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from common.models import IdentifiedModel


class HealthMetric(IdentifiedModel):
    """A number of the priority's own, with the band it should stay in; either bound may be missing."""

    priority = models.ForeignKey(
        "alignment.StrategicPriority", on_delete=models.CASCADE, related_name="health_metrics"
    )
    title = models.TextField()
    unit = models.CharField(max_length=100, blank=True)
    lower_bound = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    upper_bound = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    source = models.TextField(blank=True, help_text="where the number comes from")
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="health_metric_has_title"),
            models.CheckConstraint(
                condition=Q(lower_bound__isnull=True)
                | Q(upper_bound__isnull=True)
                | Q(upper_bound__gte=F("lower_bound")),
                name="health_metric_band_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title[:80]


class HealthValue(IdentifiedModel):
    """What the metric stood at on a day. The latest one recorded for a day counts."""

    metric = models.ForeignKey("alignment.HealthMetric", on_delete=models.CASCADE, related_name="values")
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=6)
    recorded_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-recorded_at", "-id")
        indexes = [models.Index(fields=["metric", "-on", "-recorded_at"], name="health_value_latest")]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"
