"""What was answered to a dependency, each answer kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alignment.rules.kinds import LinkState
from common.models import IdentifiedModel


class LinkAnswer(IdentifiedModel):
    """One move in the talk about a `depends_on` link: accepted, declined, renegotiated, or requested again."""

    link = models.ForeignKey("alignment.AlignmentLink", on_delete=models.CASCADE, related_name="answers")
    state = models.CharField(max_length=16, choices=[(s.value, s.value) for s in LinkState])
    words = models.TextField(blank=True)
    by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("declined", "renegotiated")) | ~Q(words=""),
                name="link_answer_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.state}"
