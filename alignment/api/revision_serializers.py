"""Versions of a priority: bodies and the shapes of their answers."""

from __future__ import annotations

from rest_framework import serializers

from alignment.rules.kinds import RevisionKind, RevisionState
from common.api.fields import DayField, Input, Named, Output, TextField, choices


class Revision(Output):
    """One version, whole; `number` counts from 1. A draft has the next number and is for leaders."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices(RevisionKind))
    state = serializers.ChoiceField(choices(RevisionState))
    title = serializers.CharField()
    narrative = serializers.CharField(allow_null=True)
    not_doing = serializers.CharField(allow_null=True)
    owner = Named(allow_null=True)
    sponsor = Named(allow_null=True)
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    rank = serializers.IntegerField()
    reason = serializers.CharField(allow_null=True)
    is_minor = serializers.BooleanField()
    answer_by_on = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    published_by = Named(allow_null=True)
    updated_at = serializers.DateTimeField()


class PublishInput(Input):
    """Why it changes; `is_minor` (only the wording) tells people and asks nobody."""

    reason = TextField()
    is_minor = serializers.BooleanField(required=False, default=False)
    answer_by_on = DayField(required=False, allow_null=True)
