"""Every page opens on real objectives that were brought in: all links are followed, as those who may do all and little."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from objectives.models import Objective
from people.models import Organisation
from people.roles import Role
from tests.crawl import Crawl
from tests.factories import make_person
from tests.integrations.folders import DATA

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
SETS = sorted(path.parent.relative_to(DATA).as_posix() for path in DATA.rglob("objectives.csv"))
MUST_MEET = {"strategy", "objectives", "objective", "key_result", "alignment", "my_week", "settings"}


@pytest.fixture(params=SETS)
def organisation(request: pytest.FixtureRequest) -> Organisation:
    """A real set, brought in by the command."""
    call_command("import_okrs", str(DATA / request.param), organisation="Real", verbosity=0)
    return Organisation.objects.get(name="Real")


def crawl_as(organisation: Organisation, role: Role) -> Crawl:
    client = Client()
    client.force_login(make_person(organisation, role=role))
    return Crawl(client).goes_everywhere()


def test_an_administrator_opens_every_page(organisation: Organisation, capsys: pytest.CaptureFixture) -> None:
    crawl = crawl_as(organisation, Role.ADMINISTRATOR)
    assert crawl.problems == []
    assert set(crawl.routes) >= MUST_MEET | {"people", "cycles", "import", "teams"}
    first = Objective.objects.filter(organisation=organisation, key_results__isnull=False)[0]
    direct = Crawl(crawl.client).goes_everywhere(f"/objectives/{first.pk}/", most=20)
    assert direct.problems == []


def test_a_viewer_is_led_to_no_closed_door(organisation: Organisation) -> None:
    crawl = crawl_as(organisation, Role.VIEWER)
    assert crawl.problems == []
    assert set(crawl.routes) >= MUST_MEET
