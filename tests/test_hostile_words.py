"""Whatever people write stays words: no page turns any of it into markup, scripts or addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from common import clock
from tests.crawl import Crawl
from tests.factories import NOW
from tests.hostile_words import PAYLOADS, Hostile, handfuls, make_hostile_world, suspicions

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("hostile_words"), pytest.mark.timeout(300)]
FORMS = ("priority_new", "team_new", "person_new", "person_invite", "tokens", "cycle_new", "settings")
FIELDS = (
    *("title", "narrative", "name", "email", "purpose", "lead", "why", "keeps_us_running", "owner"),
    *("team", "cycle", "kind", "k1-title", "k1-unit", "k1-start_value", "link_parent", "link_reason"),
)


@pytest.fixture(scope="module")
def hostile(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Hostile]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(clock, "now", lambda: NOW)
        patch.setattr("dashboards.middleware.now", lambda: NOW)
        yield make_hostile_world()
        transaction.set_rollback(True)


@pytest.fixture
def client(hostile: Hostile) -> Client:
    client = Client()
    client.force_login(hostile.administrator)
    return client


class Reading(Crawl):
    """A crawl that looks at every page for what our templates never write."""

    def read(self, text: str, address: str) -> None:
        self.problems += [f"{found} on {address}" for found in suspicions(text)[:3]]


def test_the_net_has_no_holes() -> None:
    """Each payload that is markup is noticed when it is written unescaped."""
    caught = [payload for payload in PAYLOADS if suspicions(f'<p title="{payload}">{payload}</p>')]
    assert len(caught) > 25


def test_no_page_lets_words_become_markup(client: Client) -> None:
    crawl = Reading(client, most_of_a_route=14).goes_everywhere(most=330)
    assert crawl.problems == []
    assert set(crawl.routes) >= {
        "objective",
        "key_result",
        "check_in_detail",
        "priority",
        "team",
        "audit_log",
    }
    assert Counter(crawl.visited.values())[200] > 100


@pytest.mark.parametrize("name", [*FORMS, "objective_new", "link_new", "start"])
def test_no_form_gives_words_back_as_markup(client: Client, name: str) -> None:
    for words in handfuls():
        answer = client.post(
            reverse(name),
            {
                **dict.fromkeys(FIELDS, words),
                "key_result": "k1",
                "child": words,
                "parent": words,
                "teams": words,
            },
        )
        assert answer.status_code in (200, 302, 409, 422)
        assert suspicions(answer.content.decode()) == []


@pytest.mark.parametrize(
    "path", ["/search/?q={}", "/objectives/?q={}", "/objectives/?sort={}", "/nowhere/{}/"]
)
def test_no_address_becomes_markup(client: Client, path: str) -> None:

    for words in PAYLOADS:
        answer = client.get(path.format(quote(words, safe="")))
        assert answer.status_code in (200, 404)
        assert suspicions(answer.content.decode()) == []


def test_the_interface_answers_words_as_json(client: Client, hostile: Hostile) -> None:
    answer = client.get(f"/api/v1/objectives/{hostile.objectives[0].pk}/")
    assert answer["Content-Type"].startswith("application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.json()["title"] == next(handfuls())
