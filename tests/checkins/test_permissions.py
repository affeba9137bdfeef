"""Who may change what was said."""

import pytest

from checkins.permissions import can_edit_check_in
from people.roles import Role
from tests.factories import (
    make_check_in,
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
)

pytestmark = pytest.mark.django_db


def test_a_check_in_is_changed_by_its_author_and_administrators():
    organisation = make_organisation()
    owner, author = make_person(organisation), make_person(organisation)
    objective = make_objective(make_cycle(organisation), owner=owner)
    said = make_check_in(make_key_result(objective), author=author)
    leader = make_person(organisation, role=Role.LEADER)
    administrator = make_person(organisation, role=Role.ADMINISTRATOR)
    stranger = make_person(role=Role.ADMINISTRATOR)
    may = {author: True, administrator: True, owner: False, leader: False, stranger: False}
    assert {person: can_edit_check_in(person, said) for person in may} == may
    author.role = Role.VIEWER
    administrator.is_active = False
    assert not can_edit_check_in(author, said)
    assert not can_edit_check_in(administrator, said)
