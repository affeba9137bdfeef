"""Editing a strategic priority keeps what was not touched."""

from datetime import date

import pytest
from django.urls import reverse

from alignment.services import edit_priority
from people.roles import Role
from tests.factories import NOW, make_organisation, make_person, make_priority

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("locale", ["en-gb", "de"])
def test_days_are_shown_as_date_fields_read_them_and_survive_a_save(client, locale):
    leader = make_person(make_organisation(), role=Role.LEADER, locale=locale)
    priority = make_priority(leader.organisation, starts_on=date(2026, 1, 11), ends_on=date(2027, 3, 31))
    client.force_login(leader)
    address = reverse("priority_edit", args=[priority.pk])
    form = client.get(address).context["form"]
    assert 'value="2026-01-11"' in str(form["starts_on"])
    assert 'value="2027-03-31"' in str(form["ends_on"])
    typed = {name: form[name].value() or "" for name in form.fields}
    answer = client.post(address, typed | {"starts_on": "2026-01-11", "ends_on": "2027-03-31"})
    assert answer.status_code == 302
    priority.refresh_from_db()
    assert (priority.starts_on, priority.ends_on) == (date(2026, 1, 11), date(2027, 3, 31))


def test_when_two_people_change_it_every_field_that_differs_stands_beside_the_other(client):
    leader = make_person(make_organisation(), role=Role.LEADER, name="Maren")
    other = make_person(leader.organisation, name="Jonas")
    priority = make_priority(
        leader.organisation, title="Fewer returns", owner=leader, ends_on=date(2026, 12, 31), starts_on=None
    )
    client.force_login(leader)
    address = reverse("priority_edit", args=[priority.pk])
    form = client.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed |= {"revision": priority.revision, "draft": 0}
    edit_priority(
        priority=priority, by=leader, at=NOW, title="No returns", owner=other, ends_on=date(2027, 3, 31)
    )
    answer = client.post(address, typed | {"starts_on": "2026-01-01"})
    assert answer.status_code == 409
    pairs = [(pair.label, pair.theirs, pair.mine) for pair in answer.context["pairs"]]
    assert pairs == [
        ("What matters?", "No returns", "Fewer returns"),
        ("Who looks after it?", "Jonas", "Maren"),
        ("From", "nothing", "1 Jan 2026"),
        ("Until", "31 Mar 2027", "31 Dec 2026"),
    ]
    page = answer.content.decode()
    assert '<th scope="row">Who looks after it?</th><td>Jonas</td><td>Maren</td>' in page
