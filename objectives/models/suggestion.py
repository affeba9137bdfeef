"""Wordings offered by others: shown as redline, taken only by whoever may edit the objective."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from common.models import IdentifiedModel
from objectives.rules.kinds import SuggestionState


class Suggestion(IdentifiedModel):
    """Another wording for one field of an objective, or of one of its key results."""

    FIELDS = ("title", "why")

    objective = models.ForeignKey(
        "objectives.Objective", on_delete=models.CASCADE, related_name="suggestions"
    )
    key_result = models.ForeignKey(
        "objectives.KeyResult", null=True, blank=True, on_delete=models.CASCADE, related_name="suggestions"
    )
    field = models.CharField(max_length=16, choices=[(name, name) for name in FIELDS])
    before = models.TextField(blank=True, help_text="the wording that it was written for")
    after = models.TextField()
    reason = models.TextField(blank=True)
    state = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in SuggestionState], default=SuggestionState.OPEN
    )
    by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(after=""), name="suggestion_has_words"),
            models.CheckConstraint(condition=Q(field__in=("title", "why")), name="suggestion_field_known"),
            models.CheckConstraint(
                condition=Q(state__in=list(SuggestionState)), name="suggestion_state_known"
            ),
        ]
        indexes = [models.Index(fields=["objective", "state"], name="suggestion_by_objective")]

    def __str__(self) -> str:
        return self.after[:80]
