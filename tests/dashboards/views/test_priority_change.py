"""From a reworded priority to three answers: the pages a leader and three teams meet."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alignment.models import PriorityRevision, Reconfirmation, StrategicPriority
from alignment.rules.kinds import LinkKind
from alignment.services import create_priority, draft_of, publish_revision, save_draft
from alignment.services.ask_reached import tell_priority_changed
from notices.models import Notice
from notices.rendering import render_kind
from objectives.models import Objective
from people.models import User
from people.roles import Role
from tests.dashboards.page_world import World, visit, world
from tests.factories import NOW, make_key_result, make_link, make_objective, make_person

__all__ = ["visit", "world"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(world: World) -> User:
    return make_person(world.organisation, role=Role.LEADER, name="Kofi")


@pytest.fixture
def priority(world: World, leader: User) -> StrategicPriority:
    return create_priority(by=leader, at=NOW, title="Halve our carbon by 2030", narrative="All of it.")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def objective_of(world: World, priority: StrategicPriority, name: str, **link: object) -> Objective:
    owner = make_person(world.organisation, name=name)
    objective = make_objective(world.cycle, owner=owner, title=f"Store energy of {name}")
    make_key_result(objective, title=f"Kilowatt hours of {name}")
    make_link(objective, priority, reason=f"{name} saves", **link)  # type: ignore[arg-type]
    return objective


def typed(client: Client, priority: StrategicPriority, **more: object) -> dict[str, object]:
    answer = client.get(reverse("priority_edit", args=[priority.pk]))
    form = answer.context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    draft = draft_of(priority)
    return fields | {"revision": priority.revision, "draft": draft.version if draft else 0} | more


def text_of(answer) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_a_leader_writes_a_draft_sees_whom_it_reaches_and_publishes(
    world: World, leader: User, priority: StrategicPriority
) -> None:
    anouk = objective_of(world, priority, "Anouk", weight=3)
    objective_of(world, priority, "Noor", kind=LinkKind.SUPPORTS)
    client, address = signed_in(leader), reverse("priority_edit", args=[priority.pk])

    page = text_of(client.get(address))
    assert "1 person in 1 team is asked" in page or "1 person in 0 teams is asked" in page
    assert "Told, not asked" in page

    words = typed(
        client, priority, title="Halve the carbon of our stores by 2030", reason="One thing done well"
    )
    assert client.post(address, words | {"step": "save"}).status_code == 302
    priority.refresh_from_db()
    assert (priority.title, priority.revision) == ("Halve our carbon by 2030", 1)
    page = text_of(client.get(address))
    assert "our carbon</del>" in page
    assert "the carbon of our stores</ins>" in page
    assert "Version 2, draft" in page
    assert "Draft saved" in page

    answer = client.post(address, typed(client, priority) | {"step": "publish"})
    assert answer.status_code == 302
    priority.refresh_from_db()
    assert (priority.title, priority.revision) == ("Halve the carbon of our stores by 2030", 2)
    assert Reconfirmation.objects.get().objective == anouk


def test_publishing_without_a_reason_keeps_what_was_typed(
    world: World, leader: User, priority: StrategicPriority
) -> None:
    client, address = signed_in(leader), reverse("priority_edit", args=[priority.pk])
    answer = client.post(address, typed(client, priority, title="Other words", step="publish"))
    assert answer.status_code == 422
    assert "say why it changes" in text_of(answer).lower()
    assert "Other words" in text_of(answer)


def test_the_page_keeps_the_draft_by_itself_and_says_which_version_it_is(
    world: World, leader: User, priority: StrategicPriority
) -> None:
    client, address = signed_in(leader), reverse("priority_draft", args=[priority.pk])
    first = client.post(address, typed(client, priority, title="Other words"))
    assert first.json()["draft_version"] == 1
    stale = client.post(address, typed(client, priority, title="Third words", draft=0))
    assert stale.status_code == 409
    assert draft_of(priority).title == "Other words"  # type: ignore[union-attr]


def test_a_draft_is_shown_to_another_leader_and_discarded(
    world: World, leader: User, priority: StrategicPriority
) -> None:
    maren = make_person(world.organisation, role=Role.LEADER, name="Maren")
    client, address = signed_in(leader), reverse("priority_edit", args=[priority.pk])
    client.post(address, typed(client, priority, title="Other words", step=f"show:{maren.pk}"))

    section = render_kind("priority_changed", list(Notice.objects.filter(user=maren)), maren, NOW)  # type: ignore[arg-type]
    assert section is not None
    assert "Kofi shows you a draft" in section.lines[0].title

    assert client.post(address, {"step": "discard"}).status_code == 302
    assert draft_of(priority) is None
    assert render_kind("priority_changed", list(Notice.objects.all()), maren, NOW) is None  # type: ignore[arg-type]


def publish(priority: StrategicPriority, leader: User) -> PriorityRevision:
    draft = save_draft(priority=priority, by=leader, at=NOW, title="Halve the carbon of our stores by 2030")
    assert draft is not None
    return publish_revision(
        revision=draft,
        by=leader,
        at=NOW,
        reason="One thing done well",
        answer_by_on=(NOW + timedelta(days=14)).date(),
    )


def test_three_teams_answer_and_the_strategy_page_says_three_of_three(
    world: World, leader: User, priority: StrategicPriority
) -> None:
    goals = {name: objective_of(world, priority, name) for name in ("Anouk", "Dana", "Noor")}
    version = publish(priority, leader)
    asks = {row.objective_id: row for row in Reconfirmation.objects.filter(revision=version)}

    def client_and_address(name: str) -> tuple[Client, str]:
        row = asks[goals[name].pk]
        return signed_in(goals[name].owner), reverse("reconfirm", args=[row.pk])  # type: ignore[arg-type]

    anouk, address = client_and_address("Anouk")
    week = text_of(anouk.get(reverse("my_week")))
    assert "A priority you serve has changed." in week
    assert "One thing done well" in week
    assert week.count(address) == 1
    page = text_of(anouk.get(address))
    assert "Does your objective still point the right way?" in page
    assert "our carbon</del>" in page
    assert "Anouk saves" in page
    assert "A priority above has changed." in text_of(
        anouk.get(reverse("objective", args=[goals["Anouk"].pk]))
    )

    key_result = goals["Anouk"].key_results.get()
    answer = anouk.post(
        address,
        {
            "answer": "adapted",
            "what": "key_result",
            "helps": "Anouk saves",
            "key_result": f"{key_result.pk}:{key_result.version}",
            "key_result_title": "Kilowatt hours of the stores",
            "version": goals["Anouk"].version,
            "words": "Stores first",
        },
    )
    assert answer.status_code == 302
    key_result.refresh_from_db()
    assert key_result.title == "Kilowatt hours of the stores"

    dana, address = client_and_address("Dana")
    assert dana.post(address, {"answer": "kept", "helps": "Dana saves", "words": ""}).status_code == 302
    strategy = text_of(signed_in(leader).get(reverse("strategy")))
    assert "2 of 3 objectives re-confirmed" in strategy
    assert "Still thinking:" in strategy
    assert "(Noor)" in strategy

    noor, address = client_and_address("Noor")
    refused = noor.post(address, {"answer": "stopped", "words": ""})
    assert refused.status_code == 422
    assert noor.post(address, {"answer": "stopped", "words": "We learned to repair"}).status_code == 302
    strategy = text_of(signed_in(leader).get(reverse("strategy")))
    assert "3 of 3 objectives re-confirmed" in strategy
    assert "1 kept as they are" in strategy
    assert "1 stopped" in strategy
    assert "Keep, adapt or stop" not in text_of(anouk.get(reverse("my_week")))
    assert "Versions" in text_of(anouk.get(reverse("priority", args=[priority.pk])))


def test_who_only_reads_sees_the_question_and_answers_nothing(
    world: World, leader: User, priority: StrategicPriority
) -> None:
    objective_of(world, priority, "Anouk")
    version = publish(priority, leader)
    address = reverse("reconfirm", args=[Reconfirmation.objects.get(revision=version).pk])
    reader = signed_in(make_person(world.organisation))

    assert 'name="answer"' not in reader.get(address).content.decode()
    assert reader.post(address, {"answer": "kept"}).status_code == 403
    assert signed_in(make_person()).get(address).status_code == 404


def test_put_off_until_monday_it_leaves_my_week(
    world: World, leader: User, priority: StrategicPriority
) -> None:
    goal = objective_of(world, priority, "Anouk")
    version = publish(priority, leader)
    address = reverse("reconfirm", args=[Reconfirmation.objects.get(revision=version).pk])
    client = signed_in(goal.owner)  # type: ignore[arg-type]
    assert client.post(address, {"step": "later"}).status_code == 302
    assert address not in client.get(reverse("my_week")).content.decode()


def test_an_answer_after_the_priority_was_retired_keeps_what_was_typed(
    world: World, leader: User, priority: StrategicPriority
) -> None:
    goal = objective_of(world, priority, "Anouk")
    version = publish(priority, leader)
    address = reverse("reconfirm", args=[Reconfirmation.objects.get(revision=version).pk])
    signed_in(leader).post(
        reverse("priority_state", args=[priority.pk]), {"action": "retire", "reason": "Reached"}
    )

    answer = signed_in(goal.owner).post(  # type: ignore[arg-type]
        address, {"answer": "kept", "helps": "Still saving", "words": "We go on"}
    )

    assert answer.status_code == 409
    page = text_of(answer)
    assert "Kofi retired" in page
    assert "We go on" in page
    assert "Go to the open question" in page


def test_everybody_else_reads_of_it_once_and_the_notice_asks_only_the_asked(
    world: World, leader: User, priority: StrategicPriority
) -> None:
    goal = objective_of(world, priority, "Anouk")
    version = publish(priority, leader)
    other = make_person(world.organisation)
    week = text_of(signed_in(other).get(reverse("my_week")))
    assert "Kofi reworded a priority" in week
    assert "Keep, adapt or stop" not in week

    tell_priority_changed(revision_id=version.pk, by_id=leader.pk, at=NOW)
    notice = Notice.objects.get()
    assert notice.user == goal.owner
    section = render_kind("priority_changed", [notice], goal.owner, NOW)  # type: ignore[arg-type]
    assert section is not None
    assert "still point the right way" in section.lines[0].title
