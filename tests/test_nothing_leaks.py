"""What somebody may not know exists leaves no trace: no word, no count, no other number, no other ETag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from alignment.models import AlignmentLink
from checkins.models import CheckIn, Comment, Thanks
from checkins.services.answer_ask import answer_ask
from checkins.services.ask_person import ask_person
from checkins.services.edit_check_in import delete_check_in, edit_check_in
from checkins.services.edit_comment import edit_comment
from checkins.services.give_thanks import give_thanks
from checkins.services.nudge import nudge
from checkins.services.react import react
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.record_check_in import record_check_in
from checkins.services.skip_key_result import skip_key_result
from checkins.services.take_snapshots import take_snapshots
from checkins.services.write_comment import write_comment
from common import clock
from common.ids import new_id
from objectives.models import Cycle, KeyResult, Objective
from objectives.rules.kinds import KeyResultKind
from objectives.services import create_initiative, delete_objective, edit_objective
from people.models import Team
from tests.factories import (
    NOW,
    TODAY,
    make_key_result,
    make_link,
    make_objective,
    moment,
)
from tests.role_calls import API_IDS
from tests.role_world import RoleWorld, make_role_world
from tests.test_role_matrix import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("nothing_leaks")]
WORD = "quokka"
WORDS = tuple(
    f"{WORD}{name}"
    for name in (
        *(
            "title",
            "why",
            "result",
            "note",
            "win",
            "step",
            "work",
            "unit",
            "late",
            "comment",
            "thanks",
            "reply",
        ),
    )
)
ASK_WORDS = (f"{WORD}ask", f"{WORD}answer")
OUTSIDERS = ("viewer", "member", "leader", "other_organisation")
CHANGING = re.compile(
    r'name="(csrfmiddlewaretoken|form_id|opened_at|draft)" value="[^"]*"|"csrf[^"]*": ?"[^"]*"|hx-headers=\'[^\']*\'|'
    r'<meta name="csrf[^>]*>'
)
QUERIES = (
    "/objectives/?q={word}",
    "/objectives/?group=team",
    "/objectives/?group=none&sort=title",
    "/search/?q={word}",
    "/alignment/?open=all",
    "/alignment/?gap=no_priority",
    "/people/{owner}/",
    "/people/{lead}/",
    "/people/{contributor}/",
    "/api/v1/objectives/?search={word}",
    "/api/v1/objectives/?page_size=1",
    "/api/v1/objectives/?expand=key_results,links,check_ins",
    "/api/v1/key-results/?search={word}",
    "/api/v1/tree/?cycle={cycle_id}",
    "/api/v1/progress/?cycle={cycle_id}",
    "/api/v1/progress/history/?cycle={cycle_id}",
    "/api/v1/progress/history/?cycle={cycle_id}&team={team_id}",
    "/api/v1/progress/history/?cycle={cycle_id}&priority={priority_id}",
    "/api/v1/asks/?page_size=1",
    "/api/v1/asks/?asked_by={owner}",
    "/api/v1/asks/?mine=received",
    "/api/v1/teams/{team_id}/",
    "/api/v1/people/{owner}/",
    "/api/v1/comments/?page_size=1",
    "/api/v1/thanks/?page_size=1",
    "/api/v1/changes/?page_size=1",
    "/api/v1/changes/?cursor=latest",
    "/comments/new/?objective={objective_id}",
    "/thanks/new/?objective={objective_id}",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person is answered, without what differs from one request to the next anyhow."""

    status: int
    etag: str
    text: str


@dataclass(frozen=True, slots=True)
class Trace:
    """What everybody reads without the hidden rows, and with them."""

    world: RoleWorld
    before: dict[tuple[str, str], Answer]
    after: dict[tuple[str, str], Answer]
    hidden: tuple[Objective, ...]


@pytest.fixture(scope="module")
def trace(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Trace]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr("dashboards.middleware.now", lambda: NOW)
        patch.setattr(clock, "now", lambda: NOW)
        world = make_role_world()
        for role in ("lead", "contributor"):
            world.ids[role] = str(world.people[role].pk)
        _rebuild(world)
        before = read_everything(world)
        hidden = tuple(_hide(world, visibility) for visibility in ("private", "team"))
        _rebuild(world)
        yield Trace(world, before, read_everything(world), hidden)
        transaction.set_rollback(True)


def _rebuild(world: RoleWorld) -> None:
    organisation = world.people["owner"].organisation
    rebuild_numbers(organisation=organisation, today=TODAY)
    take_snapshots(organisation=organisation, on=TODAY)


def _hide(world: RoleWorld, visibility: str) -> Objective:
    """An objective full of marked words, linked up, down and sideways, checked in, edited, in part deleted."""
    owner = world.people["owner"]
    seen = Objective.objects.get(pk=world.ids["objective_id"])
    facts: dict[str, Any] = {
        "owner": owner,
        "team": Team.objects.get(pk=world.ids["team_id"]),
        "visibility": visibility,
        "contributors": [world.people["contributor"]],
    }
    cycle = Cycle.objects.get(pk=world.ids["cycle_id"])
    made = make_objective(cycle, title=f"Take {WORDS[0]}", why=f"It is {WORDS[1]}", **facts)
    result = make_key_result(
        made, title=f"A {WORDS[2]}", unit=WORDS[7], owner=owner, activated_at=moment(TODAY), weight=Decimal(3)
    )
    make_key_result(made, kind=KeyResultKind.MILESTONES, steps=((WORDS[5], 1),), owner=owner, title=WORDS[2])
    create_initiative(key_result=result, by=owner, at=NOW, title=WORDS[6], url="", state="planned")
    make_link(made, AlignmentLink.objects.get(pk=world.ids["link_id"]).priority, weight=Decimal(5))
    make_link(seen, made)
    make_link(made, KeyResult.objects.get(pk=world.ids["key_result_id"]), kind="contributes")
    rebuild_numbers(organisation=owner.organisation, today=TODAY)
    said = {"by": owner, "at": NOW, "confidence": 2}
    first = record_check_in(key_result_id=result.pk, value=Decimal(90), note=WORDS[3], win=WORDS[4], **said)
    edit_check_in(check_in=first.check_in, by=owner, at=NOW, note=f"{WORDS[3]} again")
    second = record_check_in(key_result_id=result.pk, value=Decimal(91), note=WORDS[8], **said)
    delete_check_in(check_in=second.check_in, by=owner, at=NOW)
    _talk(world, made, first.check_in)
    skip_key_result(key_result_id=result.pk, by=owner, at=NOW, reason=WORDS[8], until=cycle.ends_on)
    edit_objective(objective=made, by=owner, at=NOW, why=f"It is {WORDS[1]}, and more")
    ask = {"by": owner, "at": NOW, "objective": made, "asked_of": world.people["lead"]}
    ask_person(key_result=result, text=ASK_WORDS[0], answer_by_on=cycle.ends_on, **ask)
    answered = ask_person(kind="decision", text=ASK_WORDS[0], options=(ASK_WORDS[1], "Wait"), **ask)
    answer_ask(ask=answered, by=world.people["lead"], at=NOW, text=ASK_WORDS[1], chosen_option=0)
    nudge(key_result=result, by=world.people["lead"], at=NOW)
    late = make_objective(cycle, title=f"Leave {WORDS[8]}", **facts)
    delete_objective(objective=late, by=owner, at=NOW)
    return made


def _talk(world: RoleWorld, made: Objective, said: CheckIn) -> None:
    """Words of people around it: a comment that was edited, a reply, thanks, reactions."""
    owner, contributor = world.people["owner"], world.people["contributor"]
    comment = write_comment(by=contributor, at=NOW, objective=made, text=f"@Owner {WORDS[9]}")
    edit_comment(comment=comment, by=contributor, at=NOW, text=f"@Owner {WORDS[9]} again")
    write_comment(by=contributor, at=NOW, objective=made, check_in=said, text=WORDS[11])
    react(by=contributor, at=NOW, subject_type="check_in", subject_id=said.pk, word="thank_you", is_on=True)
    give_thanks(by=owner, at=NOW, objective=made, receivers=[contributor], text=WORDS[10])


def addresses(world: RoleWorld) -> list[str]:
    """Every page and read of the interface, and some with filters. A signed link shows its owner's week to whoever has
    it, so it is left out."""
    found = [query.format(word=WORD, **world.ids) for query in QUERIES]
    for row in ROWS:
        if "<str:token>" in row.path:
            continue
        if row.method == "GET" and row.answers["viewer"] in ("200", "403") and row.route != "account_logout":
            changes = {"id": world.ids[API_IDS[row.path.split("/")[2]]]} if "<uuid:id>" in row.path else {}
            found.append(world.path(row.path, changes))
    return found


def read_everything(world: RoleWorld) -> dict[tuple[str, str], Answer]:
    found = {}
    for path in addresses(world):
        for role in OUTSIDERS:
            cache.clear()
            save = transaction.savepoint()
            found[role, path] = as_answer(world.call(role, "GET", path, {}))
            transaction.savepoint_rollback(save)
    return found


def as_answer(response: Any) -> Answer:
    return Answer(response.status_code, response.get("ETag", ""), CHANGING.sub("", response.content.decode()))


def test_no_marked_word_is_in_any_answer(trace: Trace) -> None:
    """The word that was searched for stands in its own field, the others nowhere."""
    leaks = [
        (role, path, word)
        for (role, path), answer in trace.after.items()
        for word in WORDS
        if word in answer.text
    ]
    assert leaks == []


def test_every_answer_is_as_if_they_did_not_exist(trace: Trace) -> None:
    """Byte for byte: no count, no total, no order and no ETag differs."""
    changed = [
        (key, _first_difference(trace.before[key].text, answer.text))
        for key, answer in trace.after.items()
        if answer != trace.before[key]
    ]
    assert changed == []


def _first_difference(before: str, after: str) -> tuple[str, str]:
    place = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), 0)
    return before[max(0, place - 60) : place + 60], after[max(0, place - 60) : place + 60]


@pytest.mark.parametrize("role", OUTSIDERS)
def test_their_own_addresses_look_like_nothing(trace: Trace, role: str) -> None:
    for path, nothing in own_addresses(trace):
        answer = as_answer(trace.world.call(role, "GET", path, {}))
        other = as_answer(trace.world.call(role, "GET", nothing, {}))
        assert answer.status == 404, path
        assert _without_ids(answer.text) == _without_ids(other.text)


def own_addresses(trace: Trace) -> Iterator[tuple[str, str]]:
    """Addresses of hidden rows, each with the same one of a row that never was."""
    for objective in trace.hidden:
        result = KeyResult.objects.filter(objective=objective)[0]
        said = CheckIn.objects.filter(key_result__objective=objective)[0]
        link = AlignmentLink.objects.filter(child=objective)[0]
        comment = Comment.objects.filter(objective=objective)[0]
        thanks = Thanks.objects.get(objective=objective)
        for name, row in (
            ("objective", objective),
            ("check_in_objective", objective),
            ("key_result", result),
            ("check_in", result),
            ("check_in_detail", said),
            ("check_in_edit", said),
            ("api_objective", objective),
            ("api_objective_explain", objective),
            ("api_objective_key_results", objective),
            ("api_key_result", result),
            ("api_key_result_check_ins", result),
            ("api_check_in", said),
            ("api_link", link),
            ("comment", comment),
            ("comment_edit", comment),
            ("api_comment", comment),
            ("thanks", thanks),
            ("thanks_edit", thanks),
            ("api_thanks", thanks),
        ):
            yield reverse(name, args=[row.pk]), reverse(name, args=[new_id()])


def _without_ids(text: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text)


@pytest.mark.parametrize(
    ("role", "sees"),
    [("owner", 2), ("contributor", 2), ("lead", 2), ("administrator", 2), ("team_mate", 1), ("member", 0)],
)
def test_those_who_may_see_them_do(trace: Trace, role: str, sees: int) -> None:
    listed = trace.world.call(role, "GET", "/api/v1/objectives/", {}).json()["results"]
    assert sum(WORDS[0] in row["title"] for row in listed) == sees
