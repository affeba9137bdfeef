"""Changing an objective: only what was touched is written, and nobody overwrites anybody unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activity.models import Event
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import CycleState, KeyResultKind, KeyResultState, ObjectiveState, Visibility
from objectives.services import delete_key_result, edit_key_result, edit_objective
from people.models import User
from people.roles import Role
from tests.dashboards.page_form import PageForm
from tests.factories import (
    NOW,
    make_cycle,
    make_initiative,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
    make_team,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return make_person(name="Hana")


@pytest.fixture
def objective(owner: User) -> Objective:
    other = make_person(owner.organisation, name="Caro")
    return make_objective(
        owner=owner, title="Queues are short", contributors=[other], why="Because\nof that", team=None
    )


def path_of(objective: Objective) -> str:
    return f"/objectives/{objective.pk}/edit/"


def words(answer: Any) -> str:
    return str(answer.content.decode())


def opened(client: Client, who: User, objective: Objective) -> PageForm:
    client.force_login(who)
    answer = client.get(path_of(objective))
    assert answer.status_code == 200
    return PageForm(words(answer), "objective-form")


def test_saving_an_untouched_page_writes_nothing(client: Client, owner: User, objective: Objective) -> None:
    for place, kind in enumerate(KeyResultKind, start=1):
        make_key_result(objective, kind=kind, position=place, weight="1.5", unit="%", owner=owner)
    make_initiative(objective.key_results.first())
    make_link(objective, make_priority(owner.organisation), weight="2.25", reason="So")
    make_link(objective, make_objective(objective.cycle, title="Above"))
    form = opened(client, owner, objective)
    answer = client.post(path_of(objective), {**form.fields, "save": "1"})
    assert answer.status_code == 302
    assert Event.objects.count() == 0


def test_words_numbers_order_and_removal_are_saved(client: Client, owner: User, objective: Objective) -> None:
    first, second, third = (make_key_result(objective, position=place) for place in (1, 2, 3))
    form = opened(client, owner, objective)
    changes: dict[str, Any] = {
        "title": "Queues are shorter",
        f"{second.pk}-target_value": "150",
        f"{third.pk}-removed": "1",
        "key_result": [str(second.pk), str(first.pk), str(third.pk)],
    }
    assert client.post(path_of(objective), {**form.fields, **changes, "save": "1"}).status_code == 302
    objective.refresh_from_db()
    assert objective.title == "Queues are shorter"
    rows = list(objective.key_results.order_by("position"))
    assert [row.pk for row in rows] == [second.pk, first.pk]
    assert (int(rows[0].target_value or 0), rows[1].version) == (150, 1)
    assert KeyResult.everything.get(pk=third.pk).deleted_at is not None


def test_work_below_a_key_result(client: Client, owner: User, objective: Objective) -> None:
    key_result = make_key_result(objective)
    work, gone = make_initiative(key_result, position=1), make_initiative(key_result, position=2)
    form = opened(client, owner, objective)
    changes = {
        f"{key_result.pk}-work_id": [str(work.pk), str(gone.pk), ""],
        f"{key_result.pk}-work_title": ["Asked ten", "", "Another"],
        f"{key_result.pk}-work_url": ["", "", "https://example.com/7"],
        f"{key_result.pk}-work_state": ["done", "planned", "active"],
    }
    client.post(path_of(objective), {**form.fields, **changes, "save": "1"})
    rows = [(one.title, one.url, one.state) for one in key_result.initiatives.all()]
    assert rows == [("Asked ten", "", "done"), ("Another", "https://example.com/7", "active")]


def test_links_change_and_go(client: Client, owner: User, objective: Objective) -> None:
    old, new = make_priority(owner.organisation), make_priority(owner.organisation, title="Newer")
    above = make_objective(objective.cycle, title="Above")
    make_link(objective, old)
    make_link(objective, above)
    form = opened(client, owner, objective)
    changes = {"link_parent": [f"priority:{new.pk}", ""], "link_reason": ["Better", ""]}
    client.post(path_of(objective), {**form.fields, **changes, "save": "1"})
    (link,) = objective.links_up.all()
    assert (link.priority, link.reason) == (new, "Better")


def test_a_link_to_something_unseen_stays_out_of_sight_and_stays(
    client: Client, owner: User, objective: Objective
) -> None:
    hidden = make_objective(objective.cycle, title="Hidden above", visibility=Visibility.PRIVATE)
    make_link(objective, hidden)
    form = opened(client, owner, objective)
    answer = client.post(path_of(objective), {**form.fields, "title": "New words", "save": "1"})
    assert answer.status_code == 302
    assert "Hidden above" not in words(client.get(path_of(objective)))
    assert objective.links_up.count() == 1


def test_ended_key_results_are_shown_and_left_alone(
    client: Client, owner: User, objective: Objective
) -> None:
    ended = make_key_result(objective, title="Given up", state=KeyResultState.CANCELLED, position=1)
    make_key_result(objective, position=2)
    form = opened(client, owner, objective)
    assert f"{ended.pk}-title" not in form.fields
    assert client.post(path_of(objective), {**form.fields, "title": "X", "save": "1"}).status_code == 302
    assert objective.key_results.order_by("position").first() == ended


class TestTwoPeople:
    """Caro saved while Hana was writing."""

    @pytest.fixture
    def caro(self, objective: Objective) -> User:
        person: User = objective.contributors.get()
        return person

    def test_different_parts_meet_without_a_question(
        self, client: Client, owner: User, objective: Objective, caro: User
    ) -> None:
        key_result = make_key_result(objective)
        form = opened(client, owner, objective)
        edit_key_result(key_result=key_result, by=caro, at=NOW, title="Caro’s")
        answer = client.post(path_of(objective), {**form.fields, "title": "Hana’s", "save": "1"})
        assert answer.status_code == 302
        objective.refresh_from_db()
        key_result.refresh_from_db()
        assert (objective.title, key_result.title) == ("Hana’s", "Caro’s")

    def clash(
        self, client: Client, owner: User, objective: Objective, caro: User
    ) -> tuple[KeyResult, PageForm, str]:
        key_result = make_key_result(objective, title="Was")
        form = opened(client, owner, objective)
        edit_objective(objective=objective, by=caro, at=NOW, title="Caro’s title", why="Caro’s why")
        edit_key_result(key_result=key_result, by=caro, at=NOW, title="Caro’s result")
        changes = {"title": "Hana’s title", f"{key_result.pk}-title": "Hana’s result"}
        answer = client.post(path_of(objective), {**form.fields, **changes, "save": "1"})
        assert answer.status_code == 409
        return key_result, PageForm(words(answer), "objective-form"), words(answer)

    def test_both_versions_stand_side_by_side(
        self, client: Client, owner: User, objective: Objective, caro: User
    ) -> None:
        key_result, form, page = self.clash(client, owner, objective, caro)
        assert "Caro changed the objective while you were writing" in page
        assert "Caro changed “Hana’s result” while you were writing" in page
        for said in ("Caro’s title", "Caro’s why", "Caro’s result", "Hana’s title", "Hana’s result"):
            assert said in page
        assert form.fields["title"] == ["Hana’s title"]
        assert form.fields[f"{key_result.pk}-title"] == ["Hana’s result"]
        assert form.fields["conflict"] == ["objective", str(key_result.pk)]
        objective.refresh_from_db()
        assert objective.title == "Caro’s title"

    def test_take_theirs_for_one_and_mine_for_the_other(
        self, client: Client, owner: User, objective: Objective, caro: User
    ) -> None:
        key_result, form, _ = self.clash(client, owner, objective, caro)
        answer = client.post(path_of(objective), {**form.fields, "take": "objective"})
        form = PageForm(words(answer), "objective-form")
        assert (form.fields["title"], form.fields["why"]) == (["Caro’s title"], ["Caro’s why"])
        assert form.fields["conflict"] == [str(key_result.pk)]
        answer = client.post(path_of(objective), {**form.fields, "mine": str(key_result.pk)})
        form = PageForm(words(answer), "objective-form")
        assert "conflict" not in form.fields
        assert client.post(path_of(objective), {**form.fields, "save": "1"}).status_code == 302
        objective.refresh_from_db()
        key_result.refresh_from_db()
        assert (objective.title, key_result.title) == ("Caro’s title", "Hana’s result")

    def test_put_together_in_the_form(
        self, client: Client, owner: User, objective: Objective, caro: User
    ) -> None:
        _, form, _ = self.clash(client, owner, objective, caro)
        changes = {"title": "Both titles", "why": "Caro’s why"}
        assert client.post(path_of(objective), {**form.fields, **changes, "save": "1"}).status_code == 302
        objective.refresh_from_db()
        assert (objective.title, objective.why) == ("Both titles", "Caro’s why")

    @pytest.mark.parametrize(("button", "count"), [("take", 0), ("mine", 1)])
    def test_one_that_was_deleted_comes_back_as_new_or_goes(
        self, client: Client, owner: User, objective: Objective, caro: User, button: str, count: int
    ) -> None:
        gone = make_key_result(objective, kind=KeyResultKind.MILESTONES)
        form = opened(client, owner, objective)
        delete_key_result(key_result=gone, by=caro, at=NOW)
        changes = {f"{gone.pk}-title": "Hana’s result"}
        answer = client.post(path_of(objective), {**form.fields, **changes, "save": "1"})
        assert answer.status_code == 409
        assert "Caro took out “Hana’s result”" in words(answer)
        form = PageForm(words(answer), "objective-form")
        answer = client.post(path_of(objective), {**form.fields, button: str(gone.pk)})
        form = PageForm(words(answer), "objective-form")
        assert client.post(path_of(objective), {**form.fields, "save": "1"}).status_code == 302
        assert [row.title for row in objective.key_results.all()] == ["Hana’s result"] * count


def test_who_may_change_it(client: Client) -> None:
    here = make_organisation()
    lead, member = make_person(here), make_person(here)
    team = make_team(here, lead=lead, members=[member])
    owner, helper = make_person(here), make_person(here)
    objective = make_objective(make_cycle(here), owner=owner, team=team, contributors=[helper])
    allowed = [owner, helper, lead, make_person(here, role=Role.ADMINISTRATOR)]
    refused = [member, make_person(here), make_person(here, role=Role.LEADER)]
    refused.append(make_person(here, role=Role.VIEWER))
    for who, status in [(one, 200) for one in allowed] + [(one, 403) for one in refused]:
        client.force_login(who)
        assert client.get(path_of(objective)).status_code == status
        answer = client.post(path_of(objective), {"title": "", "was": "", "cycle": ""})
        assert answer.status_code == (422 if status == 200 else 403)
    client.force_login(make_person(role=Role.ADMINISTRATOR))
    assert client.get(path_of(objective)).status_code == 404
    assert client.post(path_of(objective), {}).status_code == 404


def test_what_is_not_visible_is_not_there(client: Client, owner: User, objective: Objective) -> None:
    Objective.objects.filter(pk=objective.pk).update(visibility=Visibility.PRIVATE)
    client.force_login(make_person(owner.organisation))
    assert client.get(path_of(objective)).status_code == 404


@pytest.mark.parametrize("state", [ObjectiveState.CLOSED, ObjectiveState.CANCELLED])
def test_an_ended_one_is_read_only(
    client: Client, owner: User, objective: Objective, state: ObjectiveState
) -> None:
    Objective.objects.filter(pk=objective.pk).update(state=state)
    client.force_login(owner)
    for answer in (client.get(path_of(objective)), client.post(path_of(objective), {"title": "X"})):
        assert answer.status_code == 409
        assert ("Open it again" in words(answer)) is (state is ObjectiveState.CLOSED)


def test_nothing_changes_in_a_closed_cycle(client: Client, owner: User, objective: Objective) -> None:
    objective.cycle.state = CycleState.CLOSED
    objective.cycle.save()
    client.force_login(owner)
    assert client.get(path_of(objective)).status_code == 409


def test_people_are_typed_where_there_are_many(client: Client, owner: User, objective: Objective) -> None:
    for _ in range(62):
        make_person(owner.organisation)
    twin = make_person(owner.organisation, name="Hana", email="other@example.com")
    form = opened(client, owner, objective)
    assert form.fields["owner"] == [f"Hana ({owner.email})"]
    assert client.post(path_of(objective), {**form.fields, "save": "1"}).status_code == 302
    assert Event.objects.count() == 0
    answer = client.post(path_of(objective), {**form.fields, "owner": "Hana", "save": "1"})
    assert (answer.status_code, "There is no such person." in words(answer)) == (422, True)
    client.post(path_of(objective), {**form.fields, "owner": "other@example.com", "save": "1"})
    objective.refresh_from_db()
    assert objective.owner == twin


@pytest.fixture
def count_of(client: Client) -> Callable[[Objective], int]:
    def count(objective: Objective) -> int:
        client.get(path_of(objective))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(path_of(objective)).status_code == 200
        return len(seen)

    return count


def test_the_page_costs_the_same_for_three_and_thirty(
    client: Client, owner: User, objective: Objective, count_of: Callable[[Objective], int]
) -> None:
    client.force_login(owner)
    make_link(objective, make_priority(owner.organisation))
    for place in range(3):
        make_initiative(
            make_key_result(objective, kind=KeyResultKind.MILESTONES, position=place, owner=owner)
        )
    few = count_of(objective)
    for place in range(27):
        make_key_result(objective, position=place + 3, owner=make_person(owner.organisation))
    assert (few, count_of(objective)) == (few, few)
    assert few == 15
