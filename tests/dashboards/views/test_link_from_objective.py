"""The page of an objective leads to linking it, with the objective chosen already."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_objective, make_organisation, make_person, make_priority

pytestmark = pytest.mark.django_db


def test_the_objective_is_chosen_already() -> None:
    owner = make_person(make_organisation())
    objective, other = make_objective(owner=owner, title="Mine"), make_objective(owner=owner, title="Another")
    make_priority(owner.organisation)
    client = Client()
    client.force_login(owner)
    page = client.get(reverse("objective", args=[objective.pk])).content.decode()
    [href] = set(re.findall(rf'href="({reverse("link_new")}[^"]*)"', page))
    form = client.get(href.replace("&amp;", "&")).content.decode()
    assert re.search(rf'<option value="{objective.pk}" selected', form)
    assert not re.search(rf'<option value="{other.pk}" selected', form)
