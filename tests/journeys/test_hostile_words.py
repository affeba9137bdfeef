"""Hostile words in a real browser: no dialog opens, nothing runs, nothing is asked of anybody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from checkins.models import Ask, Comment, Thanks
from common import clock
from dashboards.queries.conversation import PAGE_SIZE
from objectives.models import Objective
from tests.hostile_words import PAYLOADS, Hostile, make_hostile_world
from tests.journeys.people_at_work import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_that_people_write_runs(page: Page, context: BrowserContext, live_server: Any) -> None:
    """The context of all journeys fails on refused content, page errors and requests to anybody else."""
    now = clock.now()
    hostile = make_hostile_world(now.date(), now)
    sign_in(context, hostile.administrator, live_server.url)
    opened: list[str] = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    for path in [*pages(hostile.objectives[1]), *words_of(hostile)]:
        answer = page.goto(live_server.url + path, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, path
        page.mouse.move(400, 300)
        page.mouse.move(700, 500)
    read_the_wall(page, live_server.url, hostile.wall)
    page.keyboard.press("Control+k")
    page.keyboard.type("script")
    page.locator("[data-hits] a").first.wait_for()
    assert opened == []


def read_the_wall(page: Page, address: str, wall: Objective) -> None:
    """Every payload as a comment of its own, then in a field, and as a quotation in a reply."""
    for number in range(1, len(PAYLOADS) // PAGE_SIZE + 2):
        page.goto(f"{address}/objectives/{wall.pk}/?page={number}", wait_until="networkidle")
        for comment in page.locator(".timeline > li").all()[:3]:
            comment.hover()
    for comment in Comment.objects.filter(objective=wall).order_by("created_at")[:20]:
        page.goto(f"{address}{reverse('comment_edit', args=[comment.pk])}")
        assert page.get_by_label("Your words").input_value().splitlines() == comment.text.splitlines()


def words_of(hostile: Hostile) -> list[str]:
    """Pages on which people's words to each other are read."""
    objective = hostile.objectives[3]
    comment = Comment.objects.filter(objective=objective, check_in__isnull=False)[0]
    thanks = Thanks.objects.filter(objective=objective)[0]
    return [
        reverse("check_in_detail", args=[comment.check_in_id]),
        reverse("comment", args=[comment.pk]),
        reverse("comment_new") + f"?check_in={comment.check_in_id}",
        reverse("thanks", args=[thanks.pk]),
        reverse("thanks_new") + f"?objective={objective.pk}",
        reverse("person", args=[hostile.administrator.pk]),
        reverse("ask", args=[Ask.objects.filter(objective=objective)[0].pk]),
        reverse("inbox"),
    ]


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
