"""Bodies of people and teams, and the shapes of their answers."""

from __future__ import annotations

from rest_framework import serializers

from common.api.fields import FlagField, IdField, Input, Named, Output, TextField, WordsField
from people.roles import Role

ROLES = [(role.value, role.value) for role in Role]


class Person(Output):
    """Somebody of the organisation; without an e-mail a name that cannot sign in."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.EmailField(allow_null=True)
    role = serializers.ChoiceField(ROLES)
    time_zone = serializers.CharField()
    teams = Named(many=True)
    is_active = serializers.BooleanField()
    external_id = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class PersonInput(Input):
    """A new person."""

    name = TextField(max_length=200)
    email = TextField(max_length=254, required=False, allow_null=True)
    role = serializers.ChoiceField(ROLES, required=False)
    external_id = TextField(max_length=200, required=False, allow_null=True)


class PersonChange(Input):
    """What may change about a person; what is left out stays."""

    name = TextField(max_length=200, required=False)
    email = TextField(max_length=254, required=False, allow_null=True)
    role = serializers.ChoiceField(ROLES, required=False)
    is_active = FlagField(required=False)
    external_id = TextField(max_length=200, required=False, allow_null=True)


class Team(Output):
    """A group that owns objectives."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    purpose = serializers.CharField(allow_null=True)
    parent_id = serializers.UUIDField(allow_null=True)
    lead_id = serializers.UUIDField(allow_null=True)
    member_ids = serializers.ListField(child=serializers.UUIDField())
    is_archived = serializers.BooleanField()
    external_id = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class TeamInput(Input):
    """A new team."""

    name = TextField(max_length=200)
    purpose = WordsField(max_length=400)
    parent_id = IdField(required=False, allow_null=True)
    lead_id = IdField(required=False, allow_null=True)
    member_ids = serializers.ListField(child=IdField(), required=False, max_length=1000)
    external_id = TextField(max_length=200, required=False, allow_null=True)


class TeamChange(Input):
    """What may change about a team; `member_ids` names all members."""

    name = TextField(max_length=200, required=False)
    purpose = WordsField(max_length=400)
    parent_id = IdField(required=False, allow_null=True)
    lead_id = IdField(required=False, allow_null=True)
    member_ids = serializers.ListField(child=IdField(), required=False, max_length=1000)
    is_archived = FlagField(required=False)
    external_id = TextField(max_length=200, required=False, allow_null=True)
