"""The body of a check-in, and the shapes of its answers."""

from __future__ import annotations

from rest_framework import serializers

from checkins.api.ask_serializers import AskOfCheckIn
from checkins.rules.kinds import CheckInSource
from common.api.fields import (
    DayField,
    IdField,
    Input,
    JsonNumberField,
    Named,
    NumberField,
    Output,
    RatioField,
    WholeField,
    WordsField,
    choices,
)
from objectives.rules.kinds import Status


class Forecast(Output):
    """Where it is likely to end: the middle, the 80 % band, the chance of success, and why."""

    mean = JsonNumberField()
    low = JsonNumberField()
    high = JsonNumberField()
    chance = RatioField(allow_null=True)
    because = serializers.CharField(allow_null=True)


class CheckIn(Output):
    """What somebody said about a key result."""

    id = serializers.UUIDField()
    key_result_id = serializers.UUIDField()
    value = JsonNumberField(allow_null=True)
    previous_value = JsonNumberField(allow_null=True)
    milestones_done = serializers.ListField(child=serializers.UUIDField(), allow_null=True)
    confidence = serializers.IntegerField(allow_null=True, min_value=1, max_value=10)
    note = serializers.CharField(allow_null=True)
    win = serializers.CharField(allow_null=True)
    challenge = serializers.CharField(allow_null=True)
    next_step = serializers.CharField(allow_null=True)
    next_step_due_on = serializers.DateField(allow_null=True)
    observed_on = serializers.DateField()
    recorded_at = serializers.DateTimeField()
    author = Named(allow_null=True)
    author_label = serializers.CharField(allow_null=True)
    recorded_by = Named(allow_null=True)
    source = serializers.ChoiceField(choices(CheckInSource))  # type: ignore[assignment]
    edited_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()


class Standing(Output):
    """Where the key result stands after the write."""

    progress = RatioField(allow_null=True)
    status = serializers.ChoiceField(choices(Status))
    forecast = Forecast(allow_null=True)


class Lift(Output):
    """An objective or priority whose progress the write moved."""

    type = serializers.ChoiceField([("objective", "objective"), ("priority", "priority")])
    id = serializers.UUIDField()
    title = serializers.CharField()
    progress_before = RatioField(allow_null=True)
    progress_after = RatioField(allow_null=True)


class RecordedCheckIn(CheckIn):
    """A check-in with what it did: to its key result and to everything above."""

    key_result = Standing()
    lifted = Lift(many=True)


class CheckInInput(Input):
    """A check-in on the key result in the address."""

    value = NumberField(required=False, allow_null=True)
    confidence = WholeField(required=False, allow_null=True, min_value=1, max_value=10)
    note = WordsField()
    win = WordsField()
    challenge = WordsField()
    next_step = WordsField()
    next_step_due_on = DayField(required=False, allow_null=True)
    observed_on = DayField(required=False)
    milestones_done = serializers.ListField(child=IdField(), required=False, allow_null=True, max_length=200)


class NewCheckInInput(CheckInInput):
    """A new check-in; an administrator may name the person whose words it holds."""

    on_behalf_of_id = IdField(required=False, allow_null=True)
    ask = AskOfCheckIn(required=False, allow_null=True)


class CheckInOfInput(NewCheckInInput):
    """A new check-in on any key result."""

    key_result_id = IdField()
