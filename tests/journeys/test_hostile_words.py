"""Hostile words in a real browser: no dialog opens, nothing runs, nothing is asked of anybody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from common import clock
from objectives.models import Objective
from tests.hostile_words import make_hostile_world
from tests.journeys.people_at_work import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_that_people_write_runs(page: Page, context: BrowserContext, live_server: Any) -> None:
    """The context of all journeys fails on refused content, page errors and requests to anybody else."""
    now = clock.now()
    hostile = make_hostile_world(now.date(), now)
    sign_in(context, hostile.administrator, live_server.url)
    opened: list[str] = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    for path in pages(hostile.objectives[1]):
        answer = page.goto(live_server.url + path, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, path
        page.mouse.move(400, 300)
        page.mouse.move(700, 500)
    page.keyboard.press("Control+k")
    page.keyboard.type("script")
    page.locator("[data-hits] a").first.wait_for()
    assert opened == []


def pages(objective: Objective) -> list[str]:
    key_result = objective.key_results.order_by("pk")[0]
    priority = objective.links_up.get().priority
    return [
        *(reverse(name) for name in ("strategy", "objectives", "my_week", "teams", "people", "audit_log")),
        reverse("alignment") + "?open=all",
        reverse("objective", args=[objective.pk]),
        reverse("objective_edit", args=[objective.pk]),
        reverse("key_result", args=[key_result.pk]),
        reverse("check_in_objective", args=[objective.pk]),
        reverse("priority", args=[priority.pk]),
        reverse("team", args=[objective.team_id]),
    ]
