import pytest

from dashboards.queries.search import search
from objectives.rules.kinds import Visibility
from tests.factories import (
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
    make_team,
)

pytestmark = pytest.mark.django_db


def test_finds_everything_by_words_and_only_what_may_be_seen(django_assert_num_queries):
    reader = make_person(make_organisation(), name="Reader of Lamps")
    cycle = make_cycle(reader.organisation)
    objective = make_objective(cycle, title="Lamps that last")
    make_key_result(objective, title="Lamps sold")
    make_objective(cycle, title="Secret lamps", visibility=Visibility.PRIVATE)
    make_priority(reader.organisation, title="Lamp light for all")
    make_team(reader.organisation, name="Lamps")
    make_objective(make_cycle(make_organisation()), title="Lamps of others")
    with django_assert_num_queries(6):
        found = search(reader, "lamp")
    assert {group.heading: [hit.title for hit in group.hits] for group in found} == {
        "Objectives": ["Lamps that last"],
        "Key results": ["Lamps sold"],
        "Priorities": ["Lamp light for all"],
        "Teams": ["Lamps"],
        "People": ["Reader of Lamps"],
    }


def test_one_letter_is_too_little():
    assert search(make_person(), "l") == ()


def test_the_dialog_gets_the_first_hits_alone(client):
    reader = make_person(make_organisation(), name="Reader of Lamps")
    cycle = make_cycle(reader.organisation)
    for number in range(6):
        make_objective(cycle, title=f"Lamps {number}")
    client.force_login(reader)
    page = client.get("/search/", {"q": "lamps"}, headers={"HX-Request": "true"})
    assert "HX-Request" in page["Vary"]
    words = page.content.decode()
    assert words.count("/objectives/") == 4
    assert "<html" not in words
    assert "/search/?q=lamps" in words
    nothing = client.get("/search/", {"q": "no such words"}, headers={"HX-Request": "true"}).content.decode()
    assert "Nothing found" in nothing
