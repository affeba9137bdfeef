"""Asks: a challenge put to a person with a day to answer by; decisions are asks with options."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from checkins.rules.kinds import WAITING, AskKind, AskState
from common.models import IdentifiedModel


class AskQuerySet(models.QuerySet["Ask"]):
    """Asks by whether somebody waits."""

    def waiting(self) -> AskQuerySet:
        return self.filter(state__in=list(WAITING))


class Ask(IdentifiedModel):
    """Who sees the objective sees the ask. `asked_of` is whoever has it now; earlier ones are in the steps."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="asks")
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in AskKind], default=AskKind.ASK)
    objective = models.ForeignKey("objectives.Objective", on_delete=models.CASCADE, related_name="asks")
    key_result = models.ForeignKey(
        "objectives.KeyResult", null=True, blank=True, on_delete=models.CASCADE, related_name="asks"
    )
    check_in = models.ForeignKey(
        "checkins.CheckIn",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="asks",
        help_text="the check-in that it was written in",
    )
    asked_by = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="asks_made")
    asked_of = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="asks_received")
    text = models.TextField()
    options = models.JSONField(default=list, blank=True, help_text="a decision's choices, as sentences")
    answer_by_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=24, choices=[(s.value, s.value) for s in AskState], default=AskState.OPEN
    )
    answer = models.TextField(blank=True)
    chosen_option = models.PositiveSmallIntegerField(null=True, blank=True, help_text="index into options")
    answered_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True, help_text="by whoever has it now")
    ended_at = models.DateTimeField(null=True, blank=True)
    answer_seen_at = models.DateTimeField(null=True, blank=True, help_text="by the asker")
    updated_at = models.DateTimeField()

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="ask_has_text"),
            models.CheckConstraint(condition=Q(kind__in=list(AskKind)), name="ask_kind_known"),
            models.CheckConstraint(condition=Q(state__in=list(AskState)), name="ask_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(WAITING), ended_at__isnull=True)
                | (~Q(state__in=sorted(WAITING)) & Q(ended_at__isnull=False)),
                name="ask_ended_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_of", "state", "created_at"], name="ask_by_receiver"),
            models.Index(fields=["asked_by", "state"], name="ask_by_asker"),
            models.Index(fields=["objective", "created_at"], name="ask_by_objective"),
            models.Index(fields=["organisation", "updated_at", "id"], name="ask_by_update"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class AskStep(IdentifiedModel):
    """What happened to an ask: asked, seen, passed_on, answered, answered_in_person, withdrawn, reopened."""

    ask = models.ForeignKey("checkins.Ask", on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    action = models.CharField(max_length=24)
    to = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.action} {self.ask_id}"
