"""Shapes of objectives and key results."""

from __future__ import annotations

from rest_framework import serializers

from alignment.api.serializers import Link
from checkins.api.serializers import CheckIn, Forecast
from common.api.fields import (
    DayField,
    Input,
    JsonNumberField,
    Named,
    NumberField,
    Output,
    RatioField,
    TextField,
    Titled,
    choices,
)
from objectives.api.serializers import PlannedValue
from objectives.rules.kinds import (
    Freshness,
    KeyResultKind,
    KeyResultState,
    ObjectiveKind,
    ObjectiveState,
    RecalibrationState,
    Status,
    ValueSource,
    Visibility,
)


class StatusCounts(Output):
    """How many of each status."""

    on_track = serializers.IntegerField()
    at_risk = serializers.IntegerField()
    off_track = serializers.IntegerField()
    achieved = serializers.IntegerField()
    too_early = serializers.IntegerField()
    no_data = serializers.IntegerField()


class SkipInput(Input):
    """Why it waits, and the day it comes back."""

    reason = TextField()
    until = DayField()


class RecalibrateInput(Input):
    """A new aim: only the numbers that its kind uses, and why."""

    reason = TextField()
    target_value = NumberField(required=False)
    lower_bound = NumberField(required=False)
    upper_bound = NumberField(required=False)
    planned_values = PlannedValue(many=True, required=False, max_length=400)  # type: ignore[call-arg]


class Recalibration(Output):
    """`easing`: the share of the way that is given up, negative when it is harder; null where it cannot be told."""

    id = serializers.UUIDField()
    key_result_id = serializers.UUIDField()
    state = serializers.ChoiceField(choices(RecalibrationState))
    before = serializers.DictField()
    after = serializers.DictField()
    easing = RatioField(allow_null=True)
    reason = serializers.CharField()
    asked_of = Named(allow_null=True)
    at = serializers.DateTimeField()


class MilestoneRow(Output):
    """A named step."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    weight = JsonNumberField()
    due_on = serializers.DateField(allow_null=True)
    done = serializers.BooleanField()


class PlannedValueRow(Output):
    """Where the key result should stand on a day."""

    on = serializers.DateField()
    value = JsonNumberField()


class ValueOrigin(Output):
    """Where an automatic value comes from."""

    kind = serializers.ChoiceField(choices(ValueSource))
    name = serializers.CharField()
    last_success_at = serializers.DateTimeField(allow_null=True)
    last_error = serializers.CharField(allow_null=True)


class KeyResult(Output):
    """A sign by which an objective is judged; `check_ins` only where expanded, the 12 latest."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    objective_id = serializers.UUIDField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices(KeyResultKind))
    unit = serializers.CharField(allow_null=True)
    start_value = JsonNumberField(allow_null=True)
    target_value = JsonNumberField(allow_null=True)
    lower_bound = JsonNumberField(allow_null=True)
    upper_bound = JsonNumberField(allow_null=True)
    milestones = MilestoneRow(many=True)
    planned_values = PlannedValueRow(many=True)
    current_value = JsonNumberField(allow_null=True)
    weight = JsonNumberField()
    progress = RatioField(allow_null=True)
    raw_progress = JsonNumberField(allow_null=True)
    expected = RatioField(allow_null=True)
    has_data = serializers.BooleanField()
    confidence = serializers.IntegerField(allow_null=True, min_value=1, max_value=10)
    status = serializers.ChoiceField(choices(Status))
    freshness = serializers.ChoiceField(choices(Freshness), allow_null=True)
    forecast = Forecast(allow_null=True)
    cadence_days = serializers.IntegerField()
    next_due_on = serializers.DateField(allow_null=True)
    owner = Named(allow_null=True)
    owner_label = serializers.CharField(allow_null=True)
    state = serializers.ChoiceField(choices(KeyResultState))
    score = JsonNumberField(allow_null=True)
    last_check_in_at = serializers.DateTimeField(allow_null=True)
    value_source = serializers.ChoiceField(choices(ValueSource))
    source = ValueOrigin(allow_null=True)  # type: ignore[assignment]
    external_id = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    check_ins = CheckIn(many=True, required=False)


class Objective(Output):
    """What should be different; `key_results`, `links` and `check_ins` only where expanded."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    title = serializers.CharField()
    why = serializers.CharField(allow_null=True)
    kind = serializers.ChoiceField(choices(ObjectiveKind))
    state = serializers.ChoiceField(choices(ObjectiveState))
    visibility = serializers.ChoiceField(choices(Visibility))
    cycle = Named()
    team = Named(allow_null=True)
    owner = Named(allow_null=True)
    owner_label = serializers.CharField(allow_null=True)
    contributors = Named(many=True)
    priorities = Titled(many=True)
    progress = RatioField(allow_null=True)
    expected = RatioField(allow_null=True)
    status = serializers.ChoiceField(choices(Status))
    status_counts = StatusCounts()
    freshness = serializers.ChoiceField(choices(Freshness), allow_null=True)
    confidence_mean = JsonNumberField(allow_null=True)
    score = JsonNumberField(allow_null=True)
    suggested_score = JsonNumberField(allow_null=True)
    key_result_count = serializers.IntegerField()
    counts_when_private = serializers.BooleanField()
    keeps_us_running = serializers.CharField(allow_null=True)
    external_id = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    key_results = KeyResult(many=True, required=False)
    links = Link(many=True, required=False)
    check_ins = CheckIn(many=True, required=False)
