"""Conversation: comments with versions and mentions, and reactions that are words."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from checkins.rules.kinds import Reactable, ReactionWord
from common.models import IdentifiedModel, KeptManager


class Comment(IdentifiedModel):
    """Words on an objective, one of its key results, a check-in or an ask; `text` is a subset of Markdown."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="comments")
    objective = models.ForeignKey("objectives.Objective", on_delete=models.CASCADE, related_name="comments")
    key_result = models.ForeignKey(
        "objectives.KeyResult", null=True, blank=True, on_delete=models.CASCADE, related_name="comments"
    )
    check_in = models.ForeignKey(
        "checkins.CheckIn", null=True, blank=True, on_delete=models.CASCADE, related_name="comments"
    )
    ask = models.ForeignKey(
        "checkins.Ask", null=True, blank=True, on_delete=models.CASCADE, related_name="comments"
    )
    author = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="comments"
    )
    text = models.TextField()
    mentions = models.ManyToManyField("people.User", related_name="+", blank=True)
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
        ordering = ("created_at", "id")
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_has_text")]
        indexes = [
            models.Index(fields=["objective", "created_at"], name="comment_by_objective"),
            models.Index(fields=["organisation", "updated_at", "id"], name="comment_by_update"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class CommentVersion(IdentifiedModel):
    """What a comment said before an edit."""

    comment = models.ForeignKey("checkins.Comment", on_delete=models.CASCADE, related_name="versions")
    text = models.TextField()
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("replaced_at", "id")

    def __str__(self) -> str:
        return f"{self.comment_id} until {self.replaced_at}"


class Reaction(IdentifiedModel):
    """One word of one person on one thing. `objective` says who may see it; news of a priority has none."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    subject_type = models.CharField(max_length=16, choices=[(r.value, r.value) for r in Reactable])
    subject_id = models.UUIDField()
    objective = models.ForeignKey(
        "objectives.Objective", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    author = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="reactions")
    word = models.CharField(max_length=16, choices=[(w.value, w.value) for w in ReactionWord])
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("created_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "author", "word"], name="reaction_once"
            ),
            models.CheckConstraint(
                condition=Q(subject_type__in=list(Reactable)), name="reaction_subject_known"
            ),
            models.CheckConstraint(condition=Q(word__in=list(ReactionWord)), name="reaction_word_known"),
        ]

    def __str__(self) -> str:
        return f"{self.word} on {self.subject_type} {self.subject_id}"
