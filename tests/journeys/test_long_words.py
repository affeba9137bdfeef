"""The longest names and titles that people may give stay inside every page, on a phone and on a wide screen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from checkins.services.rebuild_numbers import rebuild_numbers
from common import clock
from objectives.models import KeyResult, Objective
from people.models import Team, User
from tests.factories import (
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
    make_team,
)
from tests.factories.asks import make_ask
from tests.factories.words import make_comment, make_thanks
from tests.journeys.people_at_work import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
NAME = ("Maximiliane" * 20)[:200]
TITLE = "Zufriedenheitsverbesserungsmassnahmen" * 12 + " every word of it counts" * 6


@pytest.fixture
def leila() -> User:
    organisation = make_organisation()
    leila, other = (make_person(organisation, name=name) for name in (NAME, "Anna Sophie " * 16))
    cycle = make_cycle(organisation, starts_on=clock.now().date().replace(day=1), ends_on=None)
    team = make_team(organisation, name=NAME, members=[leila, other], lead=leila)
    objective = make_objective(cycle, owner=leila, team=team, title=TITLE[:500])
    objective.contributors.add(other)
    key_result = make_key_result(objective, owner=leila, title=TITLE[:500])
    make_comment(objective, author=other, text=TITLE)
    make_thanks(objective, author=other, receivers=[leila], text=TITLE)
    make_ask(objective, by=other, of=leila, text=TITLE, key_result=key_result)
    rebuild_numbers(organisation=organisation, today=clock.now().date())
    return leila


def test_nothing_runs_over_the_edge(
    page: Page, context: BrowserContext, live_server: Any, leila: User
) -> None:
    objective, team = Objective.objects.get().pk, Team.objects.get().pk
    sign_in(context, leila, live_server.url)
    wide = []
    for path in (
        *(
            "/strategy/",
            "/my-week/",
            "/feed/?from=everyone",
            "/objectives/",
            "/teams/",
            "/inbox/",
            "/settings/",
        ),
        *(f"/teams/{team}/{query}" for query in ("", "?tab=review", "?tab=people", "?tab=objectives")),
        f"/objectives/{objective}/",
        f"/key-results/{KeyResult.objects.get().pk}/",
        f"/people/{leila.pk}/",
        f"/asks/new/?objective={objective}",
        f"/thanks/new/?objective={objective}",
    ):
        answer = page.goto(live_server.url + path)
        assert answer is not None
        assert answer.status == 200, path
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 844})
            if page.evaluate("document.scrollingElement.scrollWidth") > width:
                wide.append(f"{path} at {width}")
    assert wide == []
