"""The tenant: every row of the product belongs to one organisation."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from common.models import IdentifiedModel


class Organisation(IdentifiedModel):
    """An organisation, with the rhythm and the time zone that its numbers are counted in."""

    name = models.CharField(max_length=200, unique=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    locale = models.CharField(max_length=16, default="en-gb")
    check_in_weekday = models.PositiveSmallIntegerField(default=3, help_text="0 is Monday")
    check_in_hour = models.PositiveSmallIntegerField(default=8)
    rhythm_weeks = models.PositiveSmallIntegerField(default=1)
    rhythm_is_locked = models.BooleanField(default=False, help_text="teams and people keep this day and hour")
    review_weekday = models.PositiveSmallIntegerField(default=3, help_text="weekly review; 0 is Monday")
    review_hour = models.PositiveSmallIntegerField(default=10)
    review_minutes = models.PositiveSmallIntegerField(default=15)
    strategic_review_months = models.PositiveSmallIntegerField(
        default=3, help_text="months between two strategic reviews"
    )
    allows_private = models.BooleanField(default=True)
    reference_pace = models.FloatField(default=0.65, help_text="learned from closed key results (RULES 5)")
    forecast_scale = models.FloatField(default=1.0, help_text="learned from closed key results (RULES 5)")
    expected_on = models.DateField(null=True, blank=True, help_text="day that stored expected values are for")
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="organisation_has_name"),
            models.CheckConstraint(
                condition=models.Q(check_in_weekday__lte=6, review_weekday__lte=6),
                name="organisation_weekday_exists",
            ),
            models.CheckConstraint(
                condition=models.Q(check_in_hour__lte=23, review_hour__lte=23),
                name="organisation_hour_exists",
            ),
            models.CheckConstraint(
                condition=models.Q(rhythm_weeks__in=(1, 2, 4)), name="organisation_rhythm_known"
            ),
            models.CheckConstraint(
                condition=models.Q(strategic_review_months__gte=1, strategic_review_months__lte=12),
                name="organisation_strategic_review_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
