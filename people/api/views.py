"""REST addresses of people and teams."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from common.api.openapi import page_of
from common.api.parameters import Accepted, Parameter
from common.api.references import all_referred, at_address, referred, require_known
from people.api import serializers as shapes
from people.api.access import require_scope
from people.api.base import ApiView
from people.models import Team, User
from people.permissions import visible_people, visible_teams
from people.queries.person_resource import list_people, read_person
from people.queries.team_resource import list_teams, read_team
from people.roles import Role, Scope
from people.services.archive_team import archive_team, restore_team
from people.services.create_person import create_person
from people.services.create_team import create_team
from people.services.deactivate_person import deactivate_person
from people.services.edit_person import edit_person
from people.services.edit_team import edit_team
from people.services.reactivate_person import reactivate_person
from people.services.set_members import set_members

SEARCH = Parameter("search", "text", "Words in the name.")
UPDATED_SINCE = Parameter("updated_since", "moment", "Only what changed at or after this moment.")


class PeopleView(ApiView):
    shows_past = False
    write_scopes = (Scope.ADMIN,)
    accepts: ClassVar = {
        "GET": Accepted(
            (
                SEARCH,
                Parameter("role", "choice", "Only this role.", choices=[role.value for role in Role]),
                Parameter("team", "id", "Only members of this team."),
                Parameter("is_active", "flag", "Only people who may sign in, or only those who left."),
                UPDATED_SINCE,
            ),
            has_pages=True,
        )
    }

    @extend_schema(responses=page_of(shapes.Person))
    def get(self, request: Request) -> HttpResponse:
        """People of the organisation."""
        if "team" in self.query:
            require_known(visible_teams(self.caller), [self.query["team"]], "team")
        return self.list_response(lambda page: list_people(self.caller, page, **self.query))

    @extend_schema(request=shapes.PersonInput, responses={201: shapes.Person})
    def post(self, request: Request) -> HttpResponse:
        """Add a person; without an e-mail a placeholder. Administrators only."""
        person = create_person(by=self.caller, at=self.at, **self.read(shapes.PersonInput))
        return self.created(read_person(self.caller, person.pk) or {}, f"/api/v1/people/{person.pk}/")


class PersonView(ApiView):
    shows_past = False
    write_scopes = (Scope.ADMIN,)

    @extend_schema(responses=shapes.Person)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """One person."""
        return self.one(self._row(id))

    @extend_schema(request=shapes.PersonChange, responses=shapes.Person)
    def patch(self, request: Request, id: UUID) -> HttpResponse:
        """Change a person, or end and restore their access with is_active. Administrators only."""
        person = at_address(visible_people(self.caller), id)
        changes = self.read(shapes.PersonChange, partial=True)
        self.guard(lambda: self._row(id))
        self._change(person, changes)
        return self.one(self._row(id))

    @transaction.atomic
    def _change(self, person: User, changes: dict[str, Any]) -> None:
        is_active = changes.pop("is_active", None)
        edit_person(person=person, by=self.caller, at=self.at, **changes)
        if is_active is True:
            reactivate_person(person=person, by=self.caller, at=self.at)
        elif is_active is False:
            deactivate_person(person=person, by=self.caller, at=self.at)

    def _row(self, person_id: UUID) -> dict[str, Any]:
        row = read_person(self.caller, person_id)
        if row is None:
            raise Http404
        return row


class TeamsView(ApiView):
    shows_past = False
    write_scopes = (Scope.ADMIN,)
    accepts: ClassVar = {
        "GET": Accepted(
            (SEARCH, Parameter("parent", "id", "Only teams inside this one."), UPDATED_SINCE), has_pages=True
        )
    }

    @extend_schema(responses=page_of(shapes.Team))
    def get(self, request: Request) -> HttpResponse:
        """Teams of the organisation."""
        if "parent" in self.query:
            require_known(visible_teams(self.caller), [self.query["parent"]], "parent")
        return self.list_response(lambda page: list_teams(self.caller, page, **self.query))

    @extend_schema(request=shapes.TeamInput, responses={201: shapes.Team})
    def post(self, request: Request) -> HttpResponse:
        """Create a team. Administrators only."""
        fields, members = read_team_fields(self, self.read(shapes.TeamInput))
        with transaction.atomic():
            team = create_team(by=self.caller, at=self.at, **fields)
            if members:
                set_members(team=team, by=self.caller, at=self.at, people=members)
        return self.created(read_team(self.caller, team.pk) or {}, f"/api/v1/teams/{team.pk}/")


class TeamView(ApiView):
    shows_past = False
    write_scopes = (Scope.ADMIN, Scope.WRITE)

    @extend_schema(responses=shapes.Team)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """One team."""
        return self.one(self._row(id))

    @extend_schema(request=shapes.TeamChange, responses=shapes.Team)
    def patch(self, request: Request, id: UUID) -> HttpResponse:
        """Change a team. Administrators, with the scope admin; its lead chooses the members, with the scope write."""
        team = at_address(visible_teams(self.caller), id)
        body = self.read(shapes.TeamChange, partial=True)
        if team.lead_id != self.caller.pk or set(body) != {"member_ids"}:
            require_scope(request, Scope.ADMIN)
        is_archived = body.pop("is_archived", None)
        fields, members = read_team_fields(self, body)
        self.guard(lambda: self._row(id))
        self._change(team, fields, members, is_archived)
        return self.one(self._row(id))

    @transaction.atomic
    def _change(
        self, team: Team, fields: dict[str, Any], members: list[User] | None, is_archived: bool | None
    ) -> None:
        if fields or members is None:
            edit_team(team=team, by=self.caller, at=self.at, **fields)
        if members is not None:
            set_members(team=team, by=self.caller, at=self.at, people=members)
        if is_archived is not None:
            (archive_team if is_archived else restore_team)(team=team, by=self.caller, at=self.at)

    def _row(self, team_id: UUID) -> dict[str, Any]:
        row = read_team(self.caller, team_id)
        if row is None:
            raise Http404
        return row


def read_team_fields(view: ApiView, body: dict[str, Any]) -> tuple[dict[str, Any], list[User] | None]:
    """The body with rows in place of ids, and the members apart (None when they are not named)."""
    members: list[User] | None = None
    if "member_ids" in body:
        keys = list(dict.fromkeys(body.pop("member_ids")))
        members = all_referred(visible_people(view.caller), keys, "member_ids")
    if "parent_id" in body:
        body["parent"] = referred(visible_teams(view.caller), body.pop("parent_id"), "parent_id")
    if "lead_id" in body:
        body["lead"] = referred(visible_people(view.caller), body.pop("lead_id"), "lead_id")
    return body, members
