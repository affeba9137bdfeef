"""REST addresses of the versions of a priority."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from alignment.api import revision_serializers as revision_shapes
from alignment.api import serializers as shapes
from alignment.api.views import PriorityBase
from alignment.permissions import can_state_priorities, visible_priorities
from alignment.queries.revision_resource import list_revisions
from alignment.services.draft_revision import draft_of
from alignment.services.publish_revision import publish_revision
from common.api.openapi import page_of
from common.api.parameters import Accepted
from common.api.references import at_address
from common.errors import NotAllowed, RuleConflict
from people.api.base import ApiView


class PriorityRevisionsView(ApiView):
    accepts: ClassVar = {"GET": Accepted(has_pages=True)}

    @extend_schema(responses=page_of(revision_shapes.Revision))
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Versions of a priority, newest first; the draft is for leaders and administrators."""
        priority = at_address(visible_priorities(self.caller), id)
        return self.list_response(lambda page: list_revisions(self.caller, page, priority))


class PriorityPublishView(PriorityBase):
    @extend_schema(request=revision_shapes.PublishInput, responses=shapes.Priority)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Put the draft into force and ask every open objective below. Leaders and administrators."""
        priority = at_address(visible_priorities(self.caller), id)
        said = self.read(revision_shapes.PublishInput)
        if not can_state_priorities(self.caller):
            raise NotAllowed("Leaders and administrators state priorities.")
        draft = draft_of(priority)
        if draft is None:
            raise RuleConflict(f"“{priority.title}” has no draft to publish.", code="no_draft")
        publish_revision(revision=draft, by=self.caller, at=self.at, **said)
        return self.one(self.row(id))
