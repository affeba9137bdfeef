"""Every link of the demo leads somewhere, for everybody who can sign in and for a viewer."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from dashboards.demo.organisation import DOMAIN, NAME
from people.models import Organisation, User
from people.roles import Role
from tests.crawl import Crawl
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]


def test_nobody_is_led_to_a_closed_door() -> None:
    call_command("seed_demo", stdout=StringIO())
    people = [User.objects.get(email=f"{name}@{DOMAIN}") for name in ("admin", "leader", "lead", "member")]
    people.append(make_person(Organisation.objects.get(name=NAME), role=Role.VIEWER, name="Guest"))
    found = {}
    for person in people:
        client = Client()
        client.force_login(person)
        crawl = Crawl(client, most_of_a_route=6).goes_everywhere()
        found[person.name] = crawl.problems
        assert set(crawl.routes) >= {"strategy", "objective", "key_result", "priority", "team", "person"}
    assert found == {person.name: [] for person in people}
