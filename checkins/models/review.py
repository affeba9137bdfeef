"""Weekly reviews of a team, the decisions kept in them, and the next steps said."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from checkins.rules.kinds import NextStepState
from common.models import IdentifiedModel


class Review(IdentifiedModel):
    """One meeting. It runs until `ended_at`; `minutes` then keeps what was shown and said, as it was."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="reviews")
    team = models.ForeignKey("people.Team", on_delete=models.CASCADE, related_name="reviews")
    cycle = models.ForeignKey(
        "objectives.Cycle", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    since = models.DateTimeField(help_text="the agenda speaks of what happened from this moment on")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    minutes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-started_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["team"], condition=Q(ended_at__isnull=True), name="review_one_running"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="review_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["team", "-started_at"], name="review_by_team")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.started_at}"


class Decision(IdentifiedModel):
    """Something decided, with its reason: in a review, or as the answer to a question with options."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="decisions"
    )
    team = models.ForeignKey(
        "people.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    review = models.ForeignKey(
        "checkins.Review", null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    ask = models.ForeignKey(
        "checkins.Ask", null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    objective = models.ForeignKey(
        "objectives.Objective", null=True, blank=True, on_delete=models.CASCADE, related_name="decisions"
    )
    key_result = models.ForeignKey(
        "objectives.KeyResult", null=True, blank=True, on_delete=models.CASCADE, related_name="decisions"
    )
    text = models.TextField()
    because = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField()
    revisit_on = models.DateField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-decided_at", "-id")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="decision_has_text")]
        indexes = [
            models.Index(fields=["team", "-decided_at"], name="decision_by_team"),
            models.Index(fields=["organisation", "-decided_at"], name="decision_by_moment"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class NextStep(IdentifiedModel):
    """What somebody said they would do until the next review."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="next_steps"
    )
    team = models.ForeignKey("people.Team", on_delete=models.CASCADE, related_name="next_steps")
    review = models.ForeignKey(
        "checkins.Review", null=True, blank=True, on_delete=models.SET_NULL, related_name="next_steps"
    )
    objective = models.ForeignKey(
        "objectives.Objective", null=True, blank=True, on_delete=models.CASCADE, related_name="next_steps"
    )
    key_result = models.ForeignKey(
        "objectives.KeyResult", null=True, blank=True, on_delete=models.CASCADE, related_name="next_steps"
    )
    owner = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="next_steps"
    )
    text = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in NextStepState], default=NextStepState.OPEN
    )
    outcome = models.TextField(blank=True)
    said_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="next_step_has_text"),
            models.CheckConstraint(condition=Q(state__in=list(NextStepState)), name="next_step_state_known"),
        ]
        indexes = [models.Index(fields=["team", "state"], name="next_step_by_team")]

    def __str__(self) -> str:
        return self.text[:80]
