"""The append-only log: audit trail, activity stream and source of change feeds."""

from __future__ import annotations

from django.db import models

from common.models import IdentifiedModel


class Event(IdentifiedModel):
    """Something that happened: who did what to which thing, and what changed.

    `payload` holds plain values: `changes` maps a field to `[before, after]`, other keys are the facts of the verb.
    `position` is the place in the organisation's feed of changes: 1, 2, 3 … in an order in which nothing precedes what
    it depends on. It is given once the event is committed, by `services.number_events` alone (decision 0011).
    """

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="events"
    )
    on_behalf_of = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="events_on_behalf"
    )
    verb = models.CharField(max_length=64, help_text="subject.past_tense, such as objective.closed")
    subject_type = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    objective_id = models.UUIDField(null=True, blank=True, help_text="the objective whose page shows it")
    payload = models.JSONField(default=dict)
    position = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-at", "-id")
        indexes = [
            models.Index(fields=["organisation", "-at"], name="event_organisation_at"),
            models.Index(fields=["subject_type", "subject_id", "-at"], name="event_subject_at"),
            models.Index(fields=["objective_id", "-at"], name="event_objective_at"),
            models.Index(
                fields=["organisation"], condition=models.Q(position__isnull=True), name="event_not_placed"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "position"],
                condition=models.Q(position__isnull=False),
                name="event_position_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_id}"
