"""Shapes of answers that show a whole cycle, and of the caller's own account."""

from __future__ import annotations

from rest_framework import serializers

from alignment.api.serializers import Link
from alignment.rules.kinds import PriorityState
from common.api.fields import JsonNumberField, Named, Output, RatioField, choices
from dashboards.api.serializers import StatusCounts
from objectives.api.serializers import Cycle
from objectives.rules.kinds import (
    Freshness,
    KeyResultKind,
    KeyResultState,
    ObjectiveKind,
    ObjectiveState,
    Status,
)
from people.roles import Role, Scope


class TreePriority(Output):
    """A priority in the tree, with its standing in the cycle."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    state = serializers.ChoiceField(choices(PriorityState))
    rank = serializers.IntegerField()
    owner = Named(allow_null=True)
    progress = RatioField(allow_null=True)
    expected = RatioField(allow_null=True)
    status_counts = StatusCounts()
    confidence_mean = JsonNumberField(allow_null=True)
    objective_count = serializers.IntegerField()
    key_result_count = serializers.IntegerField()


class TreeObjective(Output):
    """An objective in the tree."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices(ObjectiveKind))
    state = serializers.ChoiceField(choices(ObjectiveState))
    cycle_id = serializers.UUIDField()
    team = Named(allow_null=True)
    owner = Named(allow_null=True)
    progress = RatioField(allow_null=True)
    expected = RatioField(allow_null=True)
    status = serializers.ChoiceField(choices(Status))
    status_counts = StatusCounts()
    freshness = serializers.ChoiceField(choices(Freshness), allow_null=True)
    confidence_mean = JsonNumberField(allow_null=True)
    key_result_count = serializers.IntegerField()


class TreeKeyResult(Output):
    """A key result in the tree."""

    id = serializers.UUIDField()
    objective_id = serializers.UUIDField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices(KeyResultKind))
    state = serializers.ChoiceField(choices(KeyResultState))
    unit = serializers.CharField(allow_null=True)
    current_value = JsonNumberField(allow_null=True)
    weight = JsonNumberField()
    owner = Named(allow_null=True)
    progress = RatioField(allow_null=True)
    expected = RatioField(allow_null=True)
    status = serializers.ChoiceField(choices(Status))
    freshness = serializers.ChoiceField(choices(Freshness), allow_null=True)
    confidence = serializers.IntegerField(allow_null=True, min_value=1, max_value=10)


class Tree(Output):
    """The whole graph of a cycle."""

    cycle = Cycle()
    priorities = TreePriority(many=True)
    objectives = TreeObjective(many=True)
    key_results = TreeKeyResult(many=True)
    links = Link(many=True)
    unaligned_objective_ids = serializers.ListField(child=serializers.UUIDField())
    empty_priority_ids = serializers.ListField(child=serializers.UUIDField())


class ProgressRow(Output):
    """How something stands in a cycle."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    progress = RatioField(allow_null=True)
    expected = RatioField(allow_null=True)
    change_7d = JsonNumberField(allow_null=True)
    objective_count = serializers.IntegerField()
    key_result_count = serializers.IntegerField()
    status_counts = StatusCounts()
    confidence_mean = JsonNumberField(allow_null=True)
    stale_count = serializers.IntegerField()


class Progress(Output):
    """The dashboard feed of a cycle."""

    cycle = Named()
    as_of = serializers.DateField()
    elapsed = RatioField(allow_null=True)
    organisation = ProgressRow()
    priorities = ProgressRow(many=True)
    teams = ProgressRow(many=True)


class HistoryPoint(Output):
    """A number on a day."""

    on = serializers.DateField()
    progress = RatioField(allow_null=True)
    expected = RatioField(allow_null=True)
    confidence_mean = JsonNumberField(allow_null=True)


class History(Output):
    """A history line, oldest point first."""

    points = HistoryPoint(many=True)


class OwnOrganisation(Output):
    """The caller's organisation."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    time_zone = serializers.CharField()


class DueKeyResult(Output):
    """A key result that waits for a check-in of the caller."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    objective_id = serializers.UUIDField()
    next_due_on = serializers.DateField()


class OwnToken(Output):
    """What the token of this request may do."""

    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(choices(Scope)))
    is_service = serializers.BooleanField()
    expires_at = serializers.DateTimeField(allow_null=True)


class Me(Output):
    """Who calls, and what waits for them."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.EmailField(allow_null=True)
    role = serializers.ChoiceField(choices(Role))
    time_zone = serializers.CharField()
    organisation = OwnOrganisation()
    today = serializers.DateField()
    teams = Named(many=True)
    due = DueKeyResult(many=True)
    waiting_asks = serializers.IntegerField(min_value=0)
    token = OwnToken(allow_null=True)
