"""Organisations, people and teams for tests."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

from people.models import Membership, Organisation, Team, User
from people.roles import Role

_number = count(1)
PASSWORD = "a long enough password"


def make_organisation(name: str | None = None, **fields: Any) -> Organisation:
    """An organisation in UTC; names are unique by themselves."""
    return Organisation.objects.create(name=name or f"Harbour & Pine {next(_number)}", **fields)


def make_person(
    organisation: Organisation | None = None,
    *,
    role: Role = Role.MEMBER,
    name: str | None = None,
    email: str | None = "",
    can_sign_in: bool = False,
    **fields: Any,
) -> User:
    """A person of `organisation` (a new one when left out).

    `email` "" invents an address, None makes a placeholder. `can_sign_in` sets PASSWORD, which takes a while.
    """
    number = next(_number)
    person = User(
        organisation=organisation or make_organisation(),
        role=role,
        name=name or f"Person {number}",
        email=f"person{number}@example.com" if email == "" else email,
        **fields,
    )
    if can_sign_in:
        person.set_password(PASSWORD)
    else:
        person.set_unusable_password()
    person.save()
    return person


def make_team(
    organisation: Organisation | None = None,
    *,
    lead: User | None = None,
    members: Iterable[User] = (),
    name: str | None = None,
    parent: Team | None = None,
    **fields: Any,
) -> Team:
    """A team; its organisation is that of the lead, the first member or the parent when left out."""
    members = list(members)
    if organisation is None:
        known = lead or next(iter(members), None) or parent
        organisation = known.organisation if known is not None else make_organisation()
    team = Team.objects.create(
        organisation=organisation, name=name or f"Team {next(_number)}", lead=lead, parent=parent, **fields
    )
    Membership.objects.bulk_create([Membership(team=team, user=person) for person in members])
    return team
