"""Many check-ins in one body, and what came of each."""

from __future__ import annotations

from rest_framework import serializers

from checkins.api.serializers import CheckIn, CheckInInput, Lift, Standing
from common.api.fields import IdField, Input, Output, TextField

MOST_ROWS = 1000


class BulkRowInput(CheckInInput):
    """One check-in; its key result by our id or by the id that another system gave it."""

    key_result_id = IdField(required=False)
    external_id = TextField(required=False, max_length=400)
    on_behalf_of_id = IdField(required=False, allow_null=True)


class BulkInput(Input):
    """At most 1,000 rows; each is judged alone."""

    rows = serializers.ListField(child=BulkRowInput(), min_length=1, max_length=MOST_ROWS)


class BulkProblem(Output):
    """What is wrong with one field of a row; `field` is empty for the row as a whole."""

    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class BulkError(Output):
    """Why a row was refused, as the refusal of a single check-in would say it."""

    code = serializers.CharField()
    detail = serializers.CharField()
    errors = BulkProblem(many=True)  # type: ignore[assignment]


class BulkCheckIn(CheckIn):
    """A check-in of the body with where its key result stands after all of them."""

    key_result = Standing()


class BulkResult(Output):
    """201 recorded, 200 an earlier value corrected or only repeated, 403, 409 or 422 refused."""

    index = serializers.IntegerField()
    status = serializers.ChoiceField([(code, str(code)) for code in (200, 201, 403, 409, 422)])
    check_in = BulkCheckIn(allow_null=True)
    error = BulkError(allow_null=True)


class BulkAnswer(Output):
    """One result a row, in order; `lifted` is what all of them moved together."""

    results = BulkResult(many=True)
    recorded = serializers.IntegerField()
    refused = serializers.IntegerField()
    lifted = Lift(many=True)
