"""Signed links stop when they should, and open nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notices.rules.kinds import NoticeKind
from notices.services.sign_link import read_mute_link, read_week_link, sign_mute_link, sign_week_link
from people.models import User
from people.roles import Role
from people.services import deactivate_person, end_all_sign_ins
from tests.factories.people import make_person
from tests.factories.when import NOW
from tests.notices.notices_made import make_delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def leila() -> User:
    return make_person(name="Leila")


def test_a_week_link_is_of_one_person(leila: User) -> None:
    token = sign_week_link(make_delivery(leila), leila, at=NOW)
    assert read_week_link(token, at=NOW) == leila
    assert read_week_link(token, at=NOW + timedelta(days=8)) is None
    for spoiled in (
        token[:-1],
        token + "x",
        "",
        "a:b",
        token.replace(":", "."),
        sign_mute_link(leila, [NoticeKind.NUDGED]),
    ):
        assert read_week_link(spoiled, at=NOW) is None
    other = make_person(leila.organisation)
    assert read_week_link(sign_week_link(make_delivery(other), leila, at=NOW), at=NOW) is None


def test_a_week_link_ends_with_the_sign_ins(leila: User) -> None:
    token = sign_week_link(make_delivery(leila), leila, at=NOW)
    end_all_sign_ins(by=leila, at=NOW)
    assert read_week_link(token, at=NOW) is None


def test_a_week_link_ends_with_another_password_or_address(leila: User) -> None:
    token = sign_week_link(make_delivery(leila), leila, at=NOW)
    leila.set_password("another one, and long")
    leila.save(update_fields=["password"])
    assert read_week_link(token, at=NOW) is None
    token = sign_week_link(make_delivery(leila, key="later"), leila, at=NOW)
    User.objects.filter(pk=leila.pk).update(email="leila.new@example.com")
    assert read_week_link(token, at=NOW) is None
    leila.refresh_from_db()
    assert read_week_link(sign_week_link(make_delivery(leila, key="last"), leila, at=NOW), at=NOW) == leila


def test_a_link_stays_over_for_somebody_who_comes_back(leila: User) -> None:
    token = sign_week_link(make_delivery(leila), leila, at=NOW)
    deactivate_person(person=leila, by=make_person(leila.organisation, role=Role.ADMINISTRATOR), at=NOW)
    User.objects.filter(pk=leila.pk).update(is_active=True, deactivated_at=None)
    assert read_week_link(token, at=NOW) is None


def test_links_end_when_somebody_leaves(leila: User) -> None:
    week = sign_week_link(make_delivery(leila), leila, at=NOW)
    mute = sign_mute_link(leila, [NoticeKind.THANKED])
    administrator = make_person(leila.organisation, role=Role.ADMINISTRATOR)
    deactivate_person(person=leila, by=administrator, at=NOW)
    assert read_week_link(week, at=NOW) is None
    assert read_mute_link(mute) is None


def test_a_mute_link_names_its_kinds(leila: User) -> None:
    link = read_mute_link(sign_mute_link(leila, [NoticeKind.THANKED, NoticeKind.ASKED]))
    assert link is not None
    assert set(link.kinds) == {NoticeKind.THANKED, NoticeKind.ASKED}
    assert read_mute_link(sign_week_link(make_delivery(leila), leila, at=NOW)) is None
    assert read_mute_link(sign_mute_link(leila, [])) is None
