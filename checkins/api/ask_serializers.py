"""The bodies of asks, and the shapes of their answers."""

from __future__ import annotations

from rest_framework import serializers

from checkins.rules.asks import MOST_OPTIONS
from checkins.rules.kinds import AskKind, AskState
from common.api.fields import (
    DayField,
    FlagField,
    IdField,
    Input,
    Named,
    Output,
    TextField,
    Titled,
    WholeField,
    WordsField,
    choices,
)


class Ask(Output):
    """A question for help or a decision. `age` counts the receiver's working days until it ended."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices(AskKind))
    text = serializers.CharField()
    options = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(choices(AskState))
    objective = Titled()
    key_result = Titled(allow_null=True)
    check_in_id = serializers.UUIDField(allow_null=True)
    asked_by = Named()
    asked_of = Named()
    answer_by_on = serializers.DateField(allow_null=True)
    age = serializers.IntegerField(min_value=0)
    answer = serializers.CharField(allow_null=True)
    chosen_option = serializers.IntegerField(allow_null=True, min_value=0)
    answered_by = Named(allow_null=True)
    created_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()


class Options(serializers.ListField):
    """The choices of a decision."""

    def __init__(self) -> None:
        super().__init__(child=TextField(), required=False, max_length=MOST_OPTIONS)


class NewAskInput(Input):
    """A question about an objective, or about one of its key results."""

    objective_id = IdField(required=False)
    key_result_id = IdField(required=False, allow_null=True)
    of_id = IdField()
    text = TextField()
    kind = serializers.ChoiceField(choices(AskKind), required=False)
    options = Options()
    answer_by_on = DayField(required=False, allow_null=True)


class AskInput(Input):
    """Better words, while nobody has answered."""

    text = TextField(required=False)
    options = Options()
    answer_by_on = DayField(required=False, allow_null=True)


class AnswerInput(Input):
    """`text` may be left out when it was answered in person, or when an option says it all."""

    text = WordsField()
    in_person = FlagField(required=False)
    chosen_option = WholeField(required=False, allow_null=True, min_value=0, max_value=MOST_OPTIONS)


class PassOnInput(Input):
    """To whom, and why."""

    of_id = IdField()
    words = WordsField()


class AskOfCheckIn(Input):
    """An ask that goes with a check-in."""

    of_id = IdField()
    text = TextField()
    answer_by_on = DayField(required=False, allow_null=True)
