"""Bodies of cycles, objectives and key results. Defaults are those of the services."""

from __future__ import annotations

from rest_framework import serializers

from common.api.fields import (
    DayField,
    FlagField,
    IdField,
    Input,
    NumberField,
    Output,
    RatioField,
    TextField,
    WholeField,
    WordsField,
    choices,
)
from common.words import TITLE_LIMIT
from objectives.rules.kinds import CycleState, KeyResultKind, ObjectiveKind, ValueSource, Visibility


class Cycle(Output):
    """A stretch of time that objectives are set for."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(choices(CycleState))
    parent_id = serializers.UUIDField(allow_null=True)
    elapsed = RatioField(allow_null=True)
    external_id = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class CycleInput(Input):
    """A new cycle, in planning. Overlaps are allowed."""

    name = TextField(max_length=200)
    starts_on = DayField(required=False, allow_null=True)
    ends_on = DayField(required=False, allow_null=True)
    parent_id = IdField(required=False, allow_null=True)
    external_id = TextField(max_length=400, required=False, allow_null=True)


class ObjectiveInput(Input):
    """A new objective, as a draft."""

    title = TextField(max_length=TITLE_LIMIT)
    cycle_id = IdField()
    why = WordsField()
    kind = serializers.ChoiceField(choices(ObjectiveKind), required=False)
    team_id = IdField(required=False, allow_null=True)
    owner_id = IdField(required=False, allow_null=True)
    contributor_ids = serializers.ListField(child=IdField(), required=False, max_length=200)
    visibility = serializers.ChoiceField(choices(Visibility), required=False)
    counts_when_private = FlagField(required=False)
    keeps_us_running = WordsField()
    external_id = TextField(max_length=400, required=False, allow_null=True)


class Milestone(Input):
    """A named step; `id` keeps one that exists, without it the step is new."""

    id = IdField(required=False)
    title = TextField(max_length=TITLE_LIMIT)
    weight = NumberField(required=False, least=0)
    due_on = DayField(required=False, allow_null=True)


class PlannedValue(Input):
    """Where the key result should stand on a day."""

    on = DayField()
    value = NumberField()


class KeyResultInput(Input):
    """A new key result of the objective in the address."""

    title = TextField(max_length=TITLE_LIMIT)
    kind = serializers.ChoiceField(choices(KeyResultKind), required=False)
    unit = WordsField(max_length=100)
    start_value = NumberField(required=False, allow_null=True)
    target_value = NumberField(required=False, allow_null=True)
    lower_bound = NumberField(required=False, allow_null=True)
    upper_bound = NumberField(required=False, allow_null=True)
    milestones = Milestone(many=True, required=False, max_length=200)  # type: ignore[call-arg]
    planned_values = PlannedValue(many=True, required=False, max_length=400)  # type: ignore[call-arg]
    weight = NumberField(required=False, least=0)
    owner_id = IdField(required=False, allow_null=True)
    cadence_days = WholeField(required=False, min_value=1, max_value=366)
    value_source = serializers.ChoiceField(choices(ValueSource), required=False)
    external_id = TextField(max_length=400, required=False, allow_null=True)


class KeyResultOfInput(KeyResultInput):
    """A new key result of any objective."""

    objective_id = IdField()


class PauseInput(Input):
    """Why it is set aside."""

    reason = TextField()


class CloseInput(Input):
    """A score of one's own needs a reason; without one the suggested score is taken."""

    score = NumberField(required=False, allow_null=True)
    score_reason = WordsField()
