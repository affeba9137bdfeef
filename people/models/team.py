"""Teams, nested, with a lead and members."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from common.models import IdentifiedModel


class Team(IdentifiedModel):
    """A group that owns objectives. A person may be in none or several."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=400, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="sub_teams"
    )
    lead = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="led_teams"
    )
    members = models.ManyToManyField("people.User", through="people.Membership", related_name="teams")
    check_in_weekday = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty: everybody's")
    check_in_hour = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty: everybody's")
    rhythm_weeks = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty: everybody's")
    rhythm_is_locked = models.BooleanField(default=False, help_text="members keep the team's day and hour")
    review_weekday = models.PositiveSmallIntegerField(null=True, blank=True, help_text="weekly review")
    review_hour = models.PositiveSmallIntegerField(null=True, blank=True)
    external_id = models.CharField(max_length=200, null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "parent", "name"],
                name="team_name_unique_in_parent",
                condition=models.Q(parent__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="team_name_unique_at_top",
                condition=models.Q(parent__isnull=True),
            ),
            models.UniqueConstraint(fields=["organisation", "external_id"], name="team_external_id_unique"),
            models.CheckConstraint(condition=~models.Q(name=""), name="team_has_name"),
            models.CheckConstraint(
                condition=models.Q(rhythm_weeks__isnull=True) | models.Q(rhythm_weeks__in=(1, 2, 4)),
                name="team_rhythm_known",
            ),
            models.CheckConstraint(
                condition=(models.Q(check_in_weekday__isnull=True) | models.Q(check_in_weekday__lte=6))
                & (models.Q(review_weekday__isnull=True) | models.Q(review_weekday__lte=6)),
                name="team_weekday_exists",
            ),
            models.CheckConstraint(
                condition=(models.Q(check_in_hour__isnull=True) | models.Q(check_in_hour__lte=23))
                & (models.Q(review_hour__isnull=True) | models.Q(review_hour__lte=23)),
                name="team_hour_exists",
            ),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="team_not_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(IdentifiedModel):
    """One person in one team."""

    team = models.ForeignKey("people.Team", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="memberships")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"
