"""Whatever people write stays words: no page turns any of it into markup, scripts or addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from urllib.parse import quote, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from common import clock
from common.markdown import rich_html
from common.templatetags.conversation import rich_text, said_text
from dashboards.queries.conversation import PAGE_SIZE
from notices.mails.message_mail import build_mail
from notices.models import Delivery, Notice
from notices.rendering import Message, render_notices
from tests.crawl import Crawl
from tests.factories import NOW
from tests.hostile_words import PAYLOADS, Hostile, handfuls, make_hostile_world, suspicions

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("hostile_words"), pytest.mark.timeout(300)]
HEADERS = {
    *("Subject", "From", "To", "Date", "Message-ID", "MIME-Version", "Content-Type", "Reply-To"),
    *("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "Auto-Submitted", "X-Auto-Response-Suppress"),
    *("Feedback-ID", "Precedence"),
}
TAKEN = {"p", "br", "strong", "em", "code", "ul", "ol", "li", "blockquote", "a"}
FORMS = ("priority_new", "team_new", "person_new", "person_invite", "tokens", "cycle_new", "settings")
FIELDS = (
    *("title", "narrative", "name", "email", "purpose", "lead", "why", "keeps_us_running", "owner"),
    *("team", "cycle", "kind", "k1-title", "k1-unit", "k1-start_value", "link_parent", "link_reason"),
)


@pytest.fixture(scope="module")
def hostile(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Hostile]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr("dashboards.middleware.now", lambda: NOW)
        patch.setattr(clock, "now", lambda: NOW)
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
    assert len(PAYLOADS) > 100
    assert len(caught) > 70


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


def test_every_word_by_itself_stays_a_word(client: Client, hostile: Hostile) -> None:
    """A wall of comments, page by page; each payload is there to be read, and nothing came of it."""
    for page in range(1, len(PAYLOADS) // PAGE_SIZE + 2):
        answer = client.get(reverse("objective", args=[hostile.wall.pk]), {"page": page})
        assert answer.status_code == 200
        assert suspicions(answer.content.decode()) == []
    for words in PAYLOADS:
        drawn = rich_html(words, person_href=lambda key: f"/people/{key}/")
        assert suspicions(drawn) == [], words
        assert set(re.findall(r"<([a-z]+)", drawn)) <= TAKEN, words
        said = said_text(words)
        assert suspicions(said) == [], words
        assert said.replace("“", "").replace("”", "") == rich_text(words).strip().replace("“", "").replace(
            "”", ""
        )


@pytest.mark.parametrize("words", list(handfuls()), ids=range(len(list(handfuls()))))
def test_no_form_for_words_gives_them_back_as_markup(client: Client, hostile: Hostile, words: str) -> None:
    place = {"objective": str(hostile.wall.pk)}
    for name, sent in (
        ("comment_new", {**place, "text": ""}),
        ("comment_new", {"objective": words, "text": words}),
        ("thanks_new", {**place, "text": words, "name": words, "to": words}),
        ("react", {"subject_type": words, "subject_id": words, "word": words, "next": words}),
    ):
        answer = client.post(reverse(name), {"next": words, "form_id": words, **sent})
        assert answer.status_code in (302, 404, 422)
        assert suspicions(answer.content.decode()) == []
        assert urlsplit(answer.headers.get("Location", "")).scheme in ("", "http", "https")


def test_no_mail_turns_words_into_markup_or_headers(hostile: Hostile) -> None:
    """Every notice of the world, told by mail: HTML, text and headers."""
    user = hostile.administrator
    notices = list(Notice.objects.filter(user=user))
    assert {notice.kind for notice in notices} >= {"mentioned", "thanked", "asked", "answered"}
    for notice in notices:
        sections = render_notices([notice], user, NOW)
        assert sections, notice.kind
        delivery = Delivery(user=user, organisation=user.organisation, channel="email", key=str(notice.pk))
        mail = build_mail(delivery, Message(sections, (notice,), is_of_day=False), at=NOW)
        [(html, kind)] = mail.alternatives
        assert kind == "text/html"
        assert suspicions(str(html), is_mail=True) == []
        assert not re.search(r"<(script|img|iframe|svg|form|object)\b", str(html), re.IGNORECASE)
        sent = message_from_bytes(mail.message().as_bytes())
        assert set(sent.keys()) <= HEADERS
        assert [part.get_content_type() for part in sent.walk()] == [
            "multipart/alternative",
            "text/plain",
            "text/html",
        ]


def test_the_interface_answers_words_as_json(client: Client, hostile: Hostile) -> None:
    answer = client.get(f"/api/v1/objectives/{hostile.objectives[0].pk}/")
    assert answer["Content-Type"].startswith("application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.json()["title"] == next(handfuls())


@pytest.mark.parametrize("path", ["comments", "thanks", "asks"])
def test_the_interface_gives_words_back_as_they_are(client: Client, hostile: Hostile, path: str) -> None:
    answer = client.get(f"/api/v1/{path}/", {"page_size": 500})
    assert answer["Content-Type"].startswith("application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"<" in answer.content
    texts = {row["text"].replace("\r\n", "\n") for row in answer.json()["results"]}
    wanted = PAYLOADS if path == "comments" else [words.strip() for words in handfuls()]
    assert texts >= {words.replace("\r\n", "\n") for words in wanted}
