"""The life of objectives and key results on plain pages: one line asks, one line says it is done, one undoes it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from objectives.models import KeyResult, Objective
from objectives.rules.kinds import CycleState, KeyResultKind, KeyResultState, ObjectiveState
from people.models import User
from people.roles import Role
from tests.factories import make_initiative, make_key_result, make_objective, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client) -> User:
    person = make_person()
    client.force_login(person)
    return person


def words(answer: Any) -> str:
    return str(answer.content.decode())


def path_of(row: Objective | KeyResult) -> str:
    place = "objectives" if isinstance(row, Objective) else "key-results"
    return f"/{place}/{row.pk}/state/"


def undo_of(answer: Any) -> str:
    found = re.search(r'<form method="post" action="([^"]+)">(?:(?!</form>).)*Undo', words(answer), re.DOTALL)
    assert found is not None
    return found[1].replace("&amp;", "&")


@pytest.mark.parametrize(
    ("before", "action", "fields", "after", "undone"),
    [
        ("draft", "activate", {}, "active", None),
        ("paused", "activate", {}, "active", None),
        ("active", "pause", {"reason": "Rest"}, "paused", "active"),
        ("active", "close", {}, "closed", "active"),
        ("closed", "reopen", {}, "active", None),
        ("active", "cancel", {"reason": "No"}, "cancelled", "active"),
        ("draft", "cancel", {"reason": "No"}, "cancelled", "draft"),
        ("active", "delete", {}, None, "active"),
    ],
)
def test_steps_of_an_objective_and_their_undo(
    client: Client,
    owner: User,
    before: str,
    action: str,
    fields: dict[str, str],
    after: str | None,
    undone: str | None,
) -> None:
    objective = make_objective(owner=owner, state=ObjectiveState(before))
    assert client.get(path_of(objective), {"action": action}).status_code == 200
    answer = client.post(path_of(objective), {"action": action, **fields}, follow=True)
    assert answer.status_code == 200
    row = Objective.everything.get(pk=objective.pk)
    if after is None:
        assert row.deleted_at is not None
    else:
        assert row.state == after
    if undone is None:
        assert "Undo" not in words(answer)
        return
    client.post(undo_of(answer))
    row.refresh_from_db()
    assert (row.state, row.deleted_at) == (undone, None)


@pytest.mark.parametrize(
    ("before", "action", "fields", "after", "undone"),
    [
        ("active", "pause", {"reason": "Rest"}, "paused", "active"),
        ("active", "close", {}, "closed", "active"),
        ("active", "cancel", {"reason": "No"}, "cancelled", "active"),
        ("paused", "activate", {}, "active", None),
        ("active", "delete", {}, None, "active"),
    ],
)
def test_steps_of_a_key_result_and_their_undo(
    client: Client,
    owner: User,
    before: str,
    action: str,
    fields: dict[str, str],
    after: str | None,
    undone: str | None,
) -> None:
    key_result = make_key_result(make_objective(owner=owner), state=KeyResultState(before))
    assert client.get(path_of(key_result), {"action": action}).status_code == 200
    answer = client.post(path_of(key_result), {"action": action, **fields}, follow=True)
    row = KeyResult.everything.get(pk=key_result.pk)
    if after is None:
        assert row.deleted_at is not None
    else:
        assert row.state == after
    if undone is not None:
        client.post(undo_of(answer))
        row.refresh_from_db()
        assert (row.state, row.deleted_at) == (undone, None)


@pytest.mark.parametrize("action", ["pause", "cancel"])
def test_a_reason_is_asked_for_and_words_stay(client: Client, owner: User, action: str) -> None:
    objective = make_objective(owner=owner)
    for row in (objective, make_key_result(objective)):
        answer = client.post(path_of(row), {"action": action, "reason": "  "})
        assert answer.status_code == 422
        assert 'href="#reason"' in words(answer)
        assert f"Say why it is {action.removesuffix('e')}" in words(answer)
    answer = client.post(path_of(objective), {"action": action, "reason": "y" * 20_001})
    assert answer.status_code == 422
    assert "y" * 20_001 in words(answer)


def test_another_score_needs_a_reason_and_both_stay(client: Client, owner: User) -> None:
    objective = make_objective(owner=owner)
    make_key_result(
        objective, kind=KeyResultKind.PERCENT_DONE, progress="0.43", current_value=43, has_data=True
    )
    Objective.objects.filter(pk=objective.pk).update(progress="0.43")
    page = words(client.get(path_of(objective), {"action": "close"}))
    assert "0.43" in page
    assert 'class="was"' in page
    answer = client.post(path_of(objective), {"action": "close", "score": "0.7"})
    assert answer.status_code == 422
    assert re.search(r'value="0.7" checked', words(answer))
    client.post(path_of(objective), {"action": "close", "score": "0,7", "reason": "Every kiosk did it"})
    objective.refresh_from_db()
    assert (str(objective.score), str(objective.suggested_score)) == ("0.7000", "0.4300")
    assert objective.score_reason == "Every kiosk did it"


@pytest.mark.parametrize("score", ["many", "1.1", "-0.1"])
def test_a_score_that_is_none_is_refused(client: Client, owner: User, score: str) -> None:
    objective = make_objective(owner=owner)
    answer = client.post(path_of(objective), {"action": "close", "score": score, "reason": "So"})
    assert answer.status_code == 422
    assert 'id="score-error"' in words(answer)


def test_without_an_action_every_open_step_is_shown(client: Client, owner: User) -> None:
    objective = make_objective(owner=owner)
    page = words(client.get(path_of(objective)))
    for step in ("Pause it?", "Close it?", "Cancel it?", "Delete it?"):
        assert step in page
    assert "Share it?" not in page
    objective.cycle.state = CycleState.CLOSED
    objective.cycle.save()
    assert "it can only be read" in words(client.get(path_of(objective)))
    assert "Pause it?" in words(client.get(path_of(make_key_result(make_objective(owner=owner)))))


def test_a_step_that_the_state_refuses_says_why(client: Client, owner: User) -> None:
    objective = make_objective(owner=owner, state=ObjectiveState.CANCELLED)
    answer = client.post(path_of(objective), {"action": "activate"})
    assert (answer.status_code, "a cancelled objective cannot be activated" in words(answer)) == (409, True)
    assert client.get(path_of(objective), {"action": "explode"}).status_code == 404


def test_who_may(client: Client, owner: User) -> None:
    objective = make_objective(owner=owner)
    key_result = make_key_result(objective)
    for role, organisation, status in (
        (Role.ADMINISTRATOR, owner.organisation, 200),
        (Role.LEADER, owner.organisation, 403),
        (Role.MEMBER, owner.organisation, 403),
        (Role.VIEWER, owner.organisation, 403),
        (Role.ADMINISTRATOR, None, 404),
    ):
        client.force_login(make_person(organisation, role=role))
        for row in (objective, key_result):
            assert client.get(path_of(row)).status_code == status
            if status != 200:
                assert client.post(path_of(row), {"action": "delete"}).status_code == status
        post = client.post(f"/key-results/{key_result.pk}/initiatives/", {"title": ""})
        assert post.status_code == (302 if status == 200 else status)


def test_deleted_ones_wait_for_thirty_days(client: Client, owner: User) -> None:
    mine = make_objective(owner=owner, title="Mine")
    others = make_objective(mine.cycle, title="Somebody’s", owner=make_person(owner.organisation))
    part = make_key_result(make_objective(mine.cycle, owner=owner), title="A part")
    old = make_objective(mine.cycle, owner=owner, title="Long gone")
    now = timezone.now()
    Objective.objects.filter(pk__in=[mine.pk, others.pk]).update(deleted_at=now, deleted_by=owner)
    KeyResult.objects.filter(pk=part.pk).update(deleted_at=now)
    Objective.objects.filter(pk=old.pk).update(deleted_at=now - timedelta(days=31))
    page = words(client.get("/objectives/deleted/"))
    assert ("Mine" in page, "A part" in page) == (True, True)
    assert ("Somebody’s" in page, "Long gone" in page) == (False, False)
    assert client.get(path_of(old), {"action": "restore"}).status_code == 404
    client.post(path_of(mine), {"action": "restore"})
    client.post(path_of(part), {"action": "restore"})
    assert Objective.objects.filter(pk=mine.pk).exists()
    assert KeyResult.objects.filter(pk=part.pk).exists()
    assert "Nothing was deleted" in words(client.get("/objectives/deleted/"))


def test_initiatives_come_change_and_go(client: Client, owner: User) -> None:
    key_result = make_key_result(make_objective(owner=owner))
    path = f"/key-results/{key_result.pk}/initiatives/"
    client.post(path, {"title": "Ask ten", "url": "https://example.com/1", "state": "active"})
    work = key_result.initiatives.get()
    client.post(path, {"id": str(work.pk), "title": "Ask twenty", "state": "done"})
    work.refresh_from_db()
    assert (work.title, work.state) == ("Ask twenty", "done")
    answer = client.post(path, {"title": "", "url": "nowhere"}, follow=True)
    assert "Say what will be done" in words(answer)
    client.post(path, {"id": str(work.pk), "delete": "1"})
    assert not key_result.initiatives.exists()
    foreign = make_initiative()
    assert client.post(path, {"id": str(foreign.pk), "title": "X"}).status_code == 404
