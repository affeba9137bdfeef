"""Bodies of priorities and links, and the shapes of their answers."""

from __future__ import annotations

from rest_framework import serializers

from alignment.rules.kinds import LinkKind, LinkState, ParentType, PriorityState
from common.api.fields import (
    DayField,
    IdField,
    Input,
    JsonNumberField,
    Named,
    NumberField,
    Output,
    RatioField,
    TextField,
    WholeField,
    WordsField,
    choices,
)
from common.words import TITLE_LIMIT
from objectives.rules.kinds import Status
from objectives.rules.left_out import LeftOutReason


class PriorityDraft(Output):
    """What a leader has written and not published yet."""

    title = serializers.CharField()
    narrative = serializers.CharField(allow_null=True)
    not_doing = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()


class Priority(Output):
    """A choice of direction that objectives can lead to; rank 1 matters most.

    `revision` is the number of the version in force; `draft` the next one, for leaders and administrators.
    """

    id = serializers.UUIDField()
    title = serializers.CharField()
    narrative = serializers.CharField(allow_null=True)
    not_doing = serializers.CharField(allow_null=True)
    owner = Named(allow_null=True)
    sponsor = Named(allow_null=True)
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    rank = serializers.IntegerField()
    state = serializers.ChoiceField(choices(PriorityState))
    revision = serializers.IntegerField()
    draft = PriorityDraft(allow_null=True)
    external_id = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class PriorityInput(Input):
    """A priority as its leaders state it; a new one is active unless `state` says draft."""

    title = TextField(max_length=TITLE_LIMIT)
    narrative = WordsField()
    not_doing = WordsField()
    owner_id = IdField(required=False, allow_null=True)
    sponsor_id = IdField(required=False, allow_null=True)
    starts_on = DayField(required=False, allow_null=True)
    ends_on = DayField(required=False, allow_null=True)
    external_id = TextField(max_length=400, required=False, allow_null=True)


class NewPriorityInput(PriorityInput):
    """A new priority, ranked last."""

    state = serializers.ChoiceField([("draft", "draft"), ("active", "active")], required=False)


class PriorityChange(PriorityInput):
    """What may change about a priority; `state` active starts a draft. The words of an active one go into its draft."""

    rank = WholeField(required=False, min_value=1, max_value=100_000)
    state = serializers.ChoiceField([("active", "active")], required=False)


class RetireInput(Input):
    """Why the organisation no longer pursues it."""

    reason = TextField()


class Link(Output):
    """Where an objective leads."""

    id = serializers.UUIDField()
    child_id = serializers.UUIDField()
    parent_type = serializers.ChoiceField(choices(ParentType))
    parent_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices(LinkKind))
    weight = JsonNumberField()
    state = serializers.ChoiceField(choices(LinkState))
    reason = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class LinkInput(Input):
    """A new link. To a priority it contributes, elsewhere it supports, unless said otherwise."""

    child_id = IdField()
    parent_type = serializers.ChoiceField(choices(ParentType))
    parent_id = IdField()
    kind = serializers.ChoiceField(choices(LinkKind), required=False)
    weight = NumberField(required=False, least=0)
    reason = WordsField()


class LinkChange(Input):
    """What may change about a link."""

    kind = serializers.ChoiceField(choices(LinkKind), required=False)
    weight = NumberField(required=False, least=0)
    reason = WordsField()
    state = serializers.ChoiceField(choices(LinkState), required=False, help_text="answers a dependency")
    words = WordsField(help_text="the answer in a sentence; needed unless it is accepted")


class ExplainedPart(Output):
    """A part that counts; `id` is null where the caller may only know that it is there."""

    type = serializers.ChoiceField([("key_result", "key_result"), ("objective", "objective")])
    id = serializers.UUIDField(allow_null=True)
    title = serializers.CharField()
    weight = JsonNumberField()
    share = RatioField()
    progress = RatioField()
    contribution = RatioField()
    status = serializers.ChoiceField(choices(Status))


class LeftOut(Output):
    """A part that does not count, and why."""

    type = serializers.ChoiceField([("key_result", "key_result"), ("objective", "objective")])
    id = serializers.UUIDField(allow_null=True)
    title = serializers.CharField()
    reason = serializers.ChoiceField(choices(LeftOutReason))
    words = serializers.CharField()


class Likely(Output):
    """The value at close, with its 80 % band."""

    mean = JsonNumberField()
    low = JsonNumberField()
    high = JsonNumberField()


class Explained(Output):
    """A rolled-up number taken apart; the contributions add up to `value` exactly."""

    value = RatioField(allow_null=True)
    rule = serializers.CharField()
    parts = ExplainedPart(many=True)
    left_out = LeftOut(many=True)
    expected = RatioField(allow_null=True)
    forecast = Likely(allow_null=True)
    sentence = serializers.CharField()
