"""REST addresses of alignment links."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from alignment.api import serializers as shapes
from alignment.models import AlignmentLink
from alignment.permissions import visible_links, visible_priorities
from alignment.queries.link_resource import list_links, read_link
from alignment.rules.kinds import LinkKind, LinkState, ParentType
from alignment.services.answer_dependency import answer_dependency
from alignment.services.write_links import create_link, delete_link, edit_link
from common.api.openapi import page_of
from common.api.parameters import Accepted, Parameter
from common.api.references import at_address, needed, require_known
from objectives.permissions import visible_cycles, visible_key_results, visible_objectives
from people.api.base import ApiView

FILTERS = (
    Parameter("child", "id", "Only from these objectives.", many=True),
    Parameter("priority", "id", "Only to these priorities.", many=True),
    Parameter("objective", "id", "Only to these objectives.", many=True),
    Parameter("key_result", "id", "Only to these key results.", many=True),
    Parameter("cycle", "id", "Only from objectives of these cycles.", many=True),
    Parameter("kind", "choice", "Only these kinds.", [kind.value for kind in LinkKind], True),
    Parameter("state", "choice", "Only these states.", [state.value for state in LinkState], True),
    Parameter("updated_since", "moment", "Only what changed at or after this moment."),
)
KNOWN: dict[str, Any] = {
    "child": visible_objectives,
    "priority": visible_priorities,
    "objective": visible_objectives,
    "key_result": visible_key_results,
    "cycle": visible_cycles,
}


class LinksView(ApiView):
    accepts: ClassVar = {"GET": Accepted(FILTERS, has_pages=True)}

    @extend_schema(responses=page_of(shapes.Link))
    def get(self, request: Request) -> HttpResponse:
        """Links of which the caller may see both ends."""
        for name, rows in KNOWN.items():
            if name in self.query:
                require_known(rows(self.caller), self.query[name], name)
        return self.list_response(lambda page: list_links(self.caller, page, **self.query))

    @extend_schema(request=shapes.LinkInput, responses={201: shapes.Link})
    def post(self, request: Request) -> HttpResponse:
        """Say where an objective leads. Whoever may edit the objective."""
        body = self.read(shapes.LinkInput)
        child = needed(visible_objectives(self.caller), body.pop("child_id"), "child_id")
        parents = KNOWN[ParentType(body.pop("parent_type")).value]
        parent = needed(parents(self.caller), body.pop("parent_id"), "parent_id")
        link = create_link(child=child, parent=parent, by=self.caller, at=self.at, **body)
        return self.created(row_of(self, link.pk), f"/api/v1/alignment-links/{link.pk}/")


class LinkView(ApiView):
    @extend_schema(responses=shapes.Link)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """One link."""
        return self.one(row_of(self, id))

    @extend_schema(request=shapes.LinkChange, responses=shapes.Link)
    def patch(self, request: Request, id: UUID) -> HttpResponse:
        """Change kind, weight or reason of a link, or answer a dependency with `state`; for other ends, link anew."""
        link = self._link(id)
        changes = self.read(shapes.LinkChange, partial=True)
        answer = {name: changes.pop(name) for name in ("state", "words") if name in changes}
        self.guard(lambda: row_of(self, id))
        with transaction.atomic():
            if changes or not answer:
                edit_link(link=link, by=self.caller, at=self.at, **changes)
            if answer:
                answer_dependency(
                    link=link,
                    by=self.caller,
                    at=self.at,
                    state=answer.get("state", ""),
                    words=answer.get("words", ""),
                )
        return self.one(row_of(self, id))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> HttpResponse:
        """Take a link away."""
        link = self._link(id)
        self.guard(lambda: row_of(self, id))
        delete_link(link=link, by=self.caller, at=self.at)
        return HttpResponse(status=204)

    def _link(self, link_id: UUID) -> AlignmentLink:
        return at_address(visible_links(self.caller).select_related("child"), link_id)


def row_of(view: ApiView, link_id: UUID) -> dict[str, Any]:
    """The link as the caller reads it; Http404 when the caller may not know of it."""
    row = read_link(view.caller, link_id)
    if row is None:
        raise Http404
    return row
