"""REST address of the feed of changes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from activity.rules.change_lines import TYPES, Action
from activity.services.number_events import number_events
from common.api.fields import Named, Output, choices
from common.api.parameters import Accepted, bad_page, read_page
from common.pagination import UnknownCursor
from common.plain import plain_moment
from dashboards.queries.resources.change_cursor import START, Place, seal, unseal
from dashboards.queries.resources.change_feed import ChangeRow, change_page, last_place
from people.api.base import ApiView

LATEST = "latest"
UNKNOWN = "Take the cursor from `next_cursor` or from a row; without one the feed begins at its beginning."


class ChangeLine(Output):
    """One row was created, changed or deleted; `cursor` goes on after it."""

    cursor = serializers.CharField()
    at = serializers.DateTimeField()
    type = serializers.ChoiceField(sorted(TYPES.values()))
    id = serializers.UUIDField()
    action = serializers.ChoiceField(choices(Action))
    by = Named(allow_null=True)


class Changes(Output):
    """A stretch of the feed, oldest first."""

    results = ChangeLine(many=True)
    next_cursor = serializers.CharField()
    has_more = serializers.BooleanField()


class ChangesView(ApiView):
    shows_past = False
    accepts: ClassVar = {"GET": Accepted(has_pages=True)}

    @extend_schema(responses=Changes)
    def get(self, request: Request) -> HttpResponse:
        """Every create, change and delete since a cursor, in commit order: none missing, none twice.

        Without `cursor` from the beginning; `cursor=latest` gives the place after all that happened so far.
        """
        query = request.query_params.copy()
        text = query.pop("cursor", [""])[-1]
        size = read_page(query).size
        number_events(self.caller.organisation_id)
        if text == LATEST:
            place = last_place(self.caller)
            return self.one({"results": [], "next_cursor": self._sealed(place), "has_more": False})
        page = change_page(self.caller, self._place_of(text), size=size)
        return self.one(
            {
                "results": [self._row(row) for row in page.rows],
                "next_cursor": self._sealed(page.next),
                "has_more": page.has_more,
            }
        )

    def _place_of(self, text: str) -> Place:
        if not text:
            return START
        try:
            return unseal(text, self.caller.organisation_id)
        except UnknownCursor as error:
            raise bad_page("cursor", UNKNOWN) from error

    def _sealed(self, place: Place) -> str:
        return seal(place, self.caller.organisation_id)

    def _row(self, row: ChangeRow) -> dict[str, Any]:
        return {
            "cursor": self._sealed(row.place),
            "at": plain_moment(row.at),
            "type": row.type,
            "id": row.id,
            "action": row.action,
            "by": {"id": row.by.pk, "name": row.by.name} if row.by else None,
        }
