"""Recognition: specific thanks between peers, and good things told. Nobody is counted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from common.models import IdentifiedModel, KeptManager


class Thanks(IdentifiedModel):
    """Thanks for something, tied to a goal. Who prefers it in private receives it unseen by others."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="thanks")
    objective = models.ForeignKey("objectives.Objective", on_delete=models.CASCADE, related_name="thanks")
    key_result = models.ForeignKey(
        "objectives.KeyResult", null=True, blank=True, on_delete=models.CASCADE, related_name="thanks"
    )
    check_in = models.ForeignKey(
        "checkins.CheckIn", null=True, blank=True, on_delete=models.SET_NULL, related_name="thanks"
    )
    ask = models.ForeignKey(
        "checkins.Ask", null=True, blank=True, on_delete=models.SET_NULL, related_name="thanks"
    )
    author = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="thanks_given"
    )
    text = models.TextField()
    receivers = models.ManyToManyField(
        "people.User", through="checkins.ThanksReceiver", related_name="thanks_received"
    )
    is_private = models.BooleanField(default=False, help_text="the author wrote it to the receivers alone")
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField()

    objects = KeptManager()
    everything = models.Manager()

    class Meta:
        ordering = ("-created_at", "-id")
        base_manager_name = "everything"
        default_manager_name = "objects"
        verbose_name_plural = "thanks"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="thanks_has_text")]
        indexes = [
            models.Index(fields=["organisation", "updated_at", "id"], name="thanks_by_update"),
            models.Index(fields=["objective", "created_at"], name="thanks_by_objective"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ThanksReceiver(IdentifiedModel):
    """One person thanked. `is_private` keeps what the person preferred at that time."""

    thanks = models.ForeignKey("checkins.Thanks", on_delete=models.CASCADE, related_name="receiver_rows")
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="+")
    is_private = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thanks", "user"], name="thanks_receiver_once")]

    def __str__(self) -> str:
        return f"{self.thanks_id} to {self.user_id}"


class Win(IdentifiedModel):
    """One good thing told on My week that belongs to no single key result; a check-in keeps its own in `win`."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="wins")
    team = models.ForeignKey(
        "people.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="wins"
    )
    author = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="wins"
    )
    text = models.TextField()
    on = models.DateField()
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = KeptManager()
    everything = models.Manager()

    class Meta:
        ordering = ("-created_at", "-id")
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="win_has_text")]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="win_by_moment")]

    def __str__(self) -> str:
        return self.text[:80]
