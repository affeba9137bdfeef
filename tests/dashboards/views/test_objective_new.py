"""Writing a new objective: every kind, every error, and never a lost word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from objectives.models import Cycle, KeyResult, Objective
from objectives.rules.kinds import CycleState, KeyResultKind, ObjectiveState
from people.models import Team, User
from people.roles import Role
from tests.dashboards.page_form import PageForm
from tests.factories import (
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
    make_team,
)

pytestmark = pytest.mark.django_db
NEW = "/objectives/new/"


@dataclass
class House:
    cycle: Cycle
    team: Team
    writer: User
    mate: User
    leader: User
    viewer: User
    stranger: User


@pytest.fixture
def house() -> House:
    here = make_organisation()
    writer, mate = make_person(here, name="Hana"), make_person(here, name="Ben")
    return House(
        cycle=make_cycle(here, starts_on=date(2020, 1, 1), ends_on=date(2099, 12, 31)),
        team=make_team(here, members=[writer, mate], name="People & Culture"),
        writer=writer,
        mate=mate,
        leader=make_person(here, role=Role.LEADER),
        viewer=make_person(here, role=Role.VIEWER),
        stranger=make_person(),
    )


def words(answer: Any) -> str:
    return str(answer.content.decode())


def form_of(answer: Any) -> PageForm:
    return PageForm(words(answer), "objective-form")


def basics(house: House, **fields: Any) -> dict[str, Any]:
    return {
        "title": "New colleagues want to stay",
        "why": "One in three leaves",
        "kind": "aspirational",
        "owner": str(house.writer.pk),
        "team": str(house.team.pk),
        "cycle": str(house.cycle.pk),
        "visibility": "organisation",
        **fields,
    }


def key_result(key: str, **fields: Any) -> dict[str, Any]:
    given = {"title": f"Title {key}", "kind": "percent_done", "weight": "1", "cadence_days": "7", "owner": ""}
    return {f"{key}-{name}": value for name, value in {**given, "value_source": "manual", **fields}.items()}


def post(client: Client, who: User, fields: dict[str, Any], path: str = NEW) -> HttpResponse:
    client.force_login(who)
    return client.post(path, fields)  # type: ignore[return-value]


def test_the_page_opens_for_the_writer_with_team_owner_cycle_filled_in(client: Client, house: House) -> None:
    client.force_login(house.writer)
    fields = form_of(client.get(NEW)).fields
    assert fields["owner"] == [str(house.writer.pk)]
    assert fields["team"] == [str(house.team.pk)]
    assert fields["cycle"] == [str(house.cycle.pk)]
    assert fields["key_result"] == ["k1"]


def test_team_priority_and_parent_come_from_the_address(client: Client, house: House) -> None:
    priority = make_priority(house.writer.organisation)
    above = make_objective(house.cycle)
    other = make_team(house.writer.organisation, lead=house.writer)
    client.force_login(house.writer)
    fields = form_of(
        client.get(
            NEW, {"team": str(other.pk), "priority": str(priority.pk), "parent": f"objective:{above.pk}"}
        )
    ).fields
    assert fields["team"] == [str(other.pk)]
    assert fields["link_parent"] == [f"priority:{priority.pk}", f"objective:{above.pk}"]


def test_every_kind_is_created_through_the_form(client: Client, house: House) -> None:
    kinds: dict[str, dict[str, Any]] = {
        "increase": {"start_value": "1,200", "target_value": "1500.5", "unit": "orders"},
        "decrease": {"start_value": "31 %", "target_value": "22", "unit": "%"},
        "at_least": {"lower_bound": "95 %"},
        "at_most": {"upper_bound": "5"},
        "between": {"lower_bound": "2", "upper_bound": "4"},
        "milestones": {
            "step_id": ["", "", ""],
            "step_title": ["North", "", "South"],
            "step_weight": ["2", "1", ""],
            "step_due_on": ["2026-05-01", "", ""],
        },
        "yes_no": {"done_by": "2026-06-01"},
        "percent_done": {"point_on": ["2026-05-01", ""], "point_value": ["40", ""]},
        "baseline": {"unit": "of 10"},
    }
    fields = basics(house, key_result=list(kinds), keep="1")
    for kind, own in kinds.items():
        fields |= key_result(kind.replace("_", "-"), kind=kind, **own)
    fields["key_result"] = [kind.replace("_", "-") for kind in kinds]

    answer = post(client, house.writer, fields)

    assert answer.status_code == 302, words(answer)
    objective = Objective.objects.get()
    assert answer["Location"] == f"/objectives/{objective.pk}/"
    rows = {KeyResultKind(row.kind): row for row in objective.key_results.all()}
    assert set(rows) == set(KeyResultKind)
    assert (objective.state, objective.owner, objective.team) == ("draft", house.writer, house.team)
    assert (rows[KeyResultKind.INCREASE].start_value, rows[KeyResultKind.INCREASE].target_value) == (
        1200,
        1500.5,
    )
    assert rows[KeyResultKind.DECREASE].start_value == 31
    assert rows[KeyResultKind.AT_LEAST].lower_bound == 95
    assert rows[KeyResultKind.BETWEEN].upper_bound == 4
    steps = rows[KeyResultKind.MILESTONES].milestones.all()
    assert [(step.title, int(step.weight)) for step in steps] == [("North", 2), ("South", 1)]
    assert [(p.on.isoformat(), int(p.value)) for p in rows[KeyResultKind.YES_NO].planned_values.all()] == [
        ("2026-06-01", 1)
    ]
    assert [int(p.value) for p in rows[KeyResultKind.PERCENT_DONE].planned_values.all()] == [40]


def test_numbers_of_another_kind_stay_typed_and_are_not_stored(client: Client, house: House) -> None:
    fields = basics(house, key_result=["k1"], keep="1")
    fields |= key_result("k1", kind="yes_no", start_value="3", lower_bound="nonsense")
    assert post(client, house.writer, fields).status_code == 302
    assert KeyResult.objects.get().start_value is None


def test_sharing_starts_it_and_links_it(client: Client, house: House) -> None:
    priority = make_priority(house.writer.organisation)
    fields = basics(house, share="1", key_result=["k1"], **key_result("k1"))
    fields |= {
        "link_id": [""],
        "link_parent": [f"priority:{priority.pk}"],
        "link_kind": [""],
        "link_weight": ["2,5"],
        "link_reason": ["They train the next"],
        "link_was": [""],
    }
    post(client, house.writer, fields)
    objective = Objective.objects.get()
    link = objective.links_up.get()
    assert objective.state == ObjectiveState.ACTIVE
    assert (link.priority, str(link.weight.normalize()), link.reason) == (
        priority,
        "2.5",
        "They train the next",
    )


TYPED = {
    "why": "The first word\nand the second",
    "keeps_us_running": "It simply does",
    "k1-title": "  One <b>title</b> & more ",
    "k1-unit": "% of new colleagues",
    "k1-start_value": "about 31",
    "k1-target_value": "22",
    "k1-weight": "two",
    "k1-cadence_days": "14",
    "k2-title": "",
    "k2-lower_bound": "1e999",
    "k2-weight": "3",
}
LISTS = {
    "k1-point_on": ["2026-05-01", "not a day"],
    "k1-point_value": ["", "27"],
    "k3-step_id": ["", ""],
    "k3-step_title": ["North", ""],
    "k3-step_weight": ["-1", "4"],
    "k3-step_due_on": ["2026-05-02", ""],
    "k3-work_id": [""],
    "k3-work_title": [""],
    "k3-work_url": ["https://example.com/42"],
    "k3-work_state": ["active"],
    "link_id": ["", ""],
    "link_parent": ["", "objective:nowhere"],
    "link_kind": ["", "depends_on"],
    "link_weight": ["1", "heavy"],
    "link_reason": ["", "Because of this"],
    "link_was": ["", ""],
}


def test_an_error_keeps_every_typed_word(client: Client, house: House) -> None:
    fields = basics(house, title="", kind="committed", visibility="team", share="1")
    fields |= key_result("k1", kind="decrease") | key_result("k2", kind="at_least")
    fields |= key_result("k3", kind="milestones") | TYPED | LISTS
    fields["key_result"] = ["k1", "k2", "k3"]

    answer = post(client, house.writer, fields)

    assert answer.status_code == 422
    assert Objective.objects.count() == 0
    shown = form_of(answer).fields
    for name, value in TYPED.items():
        assert shown[name] == [value], name
    for name, values in LISTS.items():
        assert shown[name] == values, name
    assert (shown["kind"], shown["visibility"], shown["k2-kind"]) == (["committed"], ["team"], ["at_least"])


def test_the_summary_leads_to_fields_that_say_what_would_do(client: Client, house: House) -> None:
    fields = basics(house, title="", share="1", key_result=["k1", "k2"])
    fields |= key_result("k1", kind="decrease", start_value="31", target_value="36")
    fields |= key_result("k2", kind="at_most", upper_bound="about 5")
    page = words(post(client, house.writer, fields))
    assert "Three things before it can be kept or shared" in page
    assert 'role="alert" tabindex="-1" data-error-summary' in page
    for at in ("title", "k1-target_value", "k2-upper_bound"):
        assert f'href="#{at}"' in page
        assert page.count(f'id="{at}"') == 1
        assert page.count(f'id="{at}-error"') == 1
    assert "Key result 1: the target lies in the wrong direction" in page
    assert (
        "The target goes up, and the kind is Decrease. Turn the two numbers around, or choose Increase."
        in page
    )
    assert "5 would do, the doubt belongs in the note" in page


def test_a_loop_is_named_beside_its_link(client: Client, house: House) -> None:
    mine = make_objective(house.cycle, title="Mine", owner=house.writer)
    above = make_objective(house.cycle, title="Above", owner=house.writer)
    make_link(above, mine)
    client.force_login(house.writer)
    path = f"/objectives/{mine.pk}/edit/"
    fields = form_of(client.get(path)).with_changes(
        link_id=["", ""],
        link_parent=["", f"objective:{above.pk}"],
        link_kind=["", "supports"],
        link_weight=["1", "1"],
        link_reason=["", ""],
        link_was=["", ""],
    )
    answer = client.post(path, {**fields, "save": "1"})
    assert answer.status_code == 422
    assert "This link would close a loop: “Mine” → “Above” → “Mine”." in words(answer)
    assert 'id="link-1-parent-error"' in words(answer)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("place", ["own team", "other team", "alone", "alone for another"])
def test_who_may_create_where(client: Client, house: House, role: Role, place: str) -> None:
    here = house.writer.organisation
    who = make_person(here, role=role)
    own, other = make_team(here, members=[who]), make_team(here)
    team = {"own team": str(own.pk), "other team": str(other.pk)}.get(place, "")
    owner = house.mate if place == "alone for another" else who
    answer = post(client, who, basics(house, team=team, owner=str(owner.pk), keep="1"))
    if role is Role.VIEWER:
        assert answer.status_code == 403
    elif role is Role.MEMBER and place in ("other team", "alone for another"):
        assert answer.status_code == 422
        assert ("there is no such team" if team else "written for yourself") in words(answer)
    else:
        assert answer.status_code == 302, words(answer)
    assert Objective.objects.count() == (answer.status_code == 302)


def test_whoever_writes_for_somebody_else_stays_on_it(client: Client, house: House) -> None:
    priority = make_priority(house.writer.organisation)
    fields = basics(house, owner=str(house.mate.pk), share="1")
    fields |= {"link_id": [""], "link_parent": [f"priority:{priority.pk}"], "link_weight": ["1"]}
    assert post(client, house.writer, fields).status_code == 302
    objective = Objective.objects.get()
    assert (objective.owner, list(objective.contributors.all())) == (house.mate, [house.writer])
    assert objective.links_up.count() == 1


@pytest.mark.parametrize("name", ["owner", "team", "cycle"])
def test_what_belongs_to_others_reads_like_what_does_not_exist(
    client: Client, house: House, name: str
) -> None:
    there = house.stranger.organisation
    foreign = {"owner": house.stranger, "team": make_team(there), "cycle": make_cycle(there)}[name]
    nowhere = "01900000-0000-7000-8000-000000000000"
    pages = []
    for value in (str(foreign.pk), nowhere):
        answer = post(client, house.writer, basics(house, keep="1", **{name: value}))
        assert answer.status_code == 422
        said = words(answer).split("data-error-summary")[1].split("</ol>")[0]
        pages.append(said)
    assert pages[0] == pages[1]


def test_a_foreign_parent_reads_like_one_that_does_not_exist(client: Client, house: House) -> None:
    foreign = make_priority(house.stranger.organisation)
    fields = basics(house, keep="1") | {"link_id": [""], "link_parent": [f"priority:{foreign.pk}"]}
    answer = post(client, house.writer, fields)
    assert answer.status_code == 422
    assert "There is nothing like that to help." in words(answer)


def test_a_viewer_and_a_visitor_get_no_form(client: Client, house: House) -> None:
    assert client.get(NEW).status_code == 302
    client.force_login(house.viewer)
    assert client.get(NEW).status_code == 403


def test_without_an_open_cycle_it_says_so(client: Client, house: House) -> None:
    Cycle.objects.update(state=CycleState.CLOSED)
    client.force_login(house.writer)
    assert "No cycle is open" in words(client.get(NEW))


class TestWithoutScripts:
    """The small buttons send the page and get it back, changed."""

    def press(self, client: Client, house: House, fields: dict[str, Any], **button: str) -> PageForm:
        answer = post(client, house.writer, {**fields, **button})
        assert answer.status_code == 200
        assert Objective.objects.count() == 0
        return form_of(answer)

    def test_add_and_drop(self, client: Client, house: House) -> None:
        fields = basics(house, key_result=["k1"], **key_result("k1", kind="milestones"))
        fields |= {"k1-step_id": [""], "k1-step_title": ["North"], "k1-step_weight": ["1"]}
        form = self.press(client, house, fields, add="step k1")
        assert form.fields["k1-step_title"] == ["North", ""]
        form = self.press(client, house, form.with_changes(), drop="step k1 0")
        assert form.fields["k1-step_title"] == [""]
        form = self.press(client, house, form.with_changes(), add="point k1")
        form = self.press(client, house, form.with_changes(), add="work k1")
        assert (form.fields["k1-point_on"], form.fields["k1-work_title"]) == ([""], [""])
        form = self.press(client, house, form.with_changes(), add="key_result")
        assert form.fields["key_result"] == ["k1", "k2"]
        form = self.press(client, house, form.with_changes(), add="link")
        assert form.fields["link_parent"] == ["", ""]
        assert form.fields["title"] == ["New colleagues want to stay"]

    def test_move_take_out_and_put_back(self, client: Client, house: House) -> None:
        fields = basics(house, key_result=["k1", "k2", "k3"])
        fields |= key_result("k1") | key_result("k2") | key_result("k3")
        form = self.press(client, house, fields, remove="k2")
        assert form.fields["k2-removed"] == ["1"]
        form = self.press(client, house, form.with_changes(), down="k1")
        assert form.fields["key_result"] == ["k2", "k3", "k1"]
        form = self.press(client, house, form.with_changes(), undo="k2")
        assert (form.fields["k2-removed"], form.fields["k2-title"]) == ([""], ["Title k2"])
        form = self.press(client, house, form.with_changes(), up="k1")
        assert form.fields["key_result"] == ["k2", "k1", "k3"]

    def test_paste(self, client: Client, house: House) -> None:
        fields = basics(house, key_result=["k1"], **key_result("k1", title=""))
        form = self.press(client, house, {**fields, "pasted": "- One\n- Two from 31 to 22 %"}, paste="1")
        assert form.fields["pasted"] == [""]
        assert form.fields["key_result"] == ["k1", "k2"]
        assert (form.fields["k1-title"], form.fields["k2-title"]) == (["One"], ["Two"])
        assert (form.fields["k2-kind"], form.fields["k2-target_value"]) == (["decrease"], ["22"])
        assert form.fields["k2-owner"] == [str(house.writer.pk)]

    def test_nonsense_changes_nothing(self, client: Client, house: House) -> None:
        fields = basics(house, key_result=["k1"], **key_result("k1"))
        for button in ({"add": "step"}, {"drop": "point k1 x"}, {"up": "k9"}, {"drop": ""}, {"remove": ""}):
            form = self.press(client, house, fields, **button)
            assert (form.fields["key_result"], form.fields["k1-removed"]) == (["k1"], [""])


def test_the_preview_says_what_others_will_read(client: Client, house: House) -> None:
    priority = make_priority(house.writer.organisation, title="A place to stay")
    make_objective(house.cycle, title="New colleagues are confident early", owner=house.mate)
    hidden = make_objective(house.cycle, title="New colleagues are watched", visibility="private")
    fields = basics(house, key_result=["k1", "k2"], link_id=[""], link_parent=[f"priority:{priority.pk}"])
    fields |= key_result("k1", kind="decrease", start_value="31", target_value="22", unit="% of all")
    fields |= key_result("k2", kind="baseline", weight="2")
    page = words(post(client, house.writer, fields, "/objectives/preview/"))
    assert "A place to stay" in page
    assert "31 → 22 %" in page.replace("\xa0", " ")
    assert "first find out" in page
    assert "New colleagues are confident early" in page
    assert hidden.title not in page
    assert 'id="sum-k1" hx-swap-oob="true"' in page
    assert Objective.objects.count() == 2
    assert post(client, house.viewer, fields, "/objectives/preview/").status_code == 403


def test_carrying_over_starts_from_where_things_stand(client: Client, house: House) -> None:
    past = make_cycle(
        house.writer.organisation,
        name="Before",
        starts_on=date(2019, 1, 1),
        ends_on=date(2019, 3, 31),
        state=CycleState.CLOSED,
    )
    old = make_objective(past, title="Stay", owner=house.mate, why="So", state=ObjectiveState.CLOSED)
    make_key_result(old, title="Moves", start_value=0, target_value=100, current_value=40, position=1)
    make_key_result(old, title="Kept out", state="cancelled", position=2)
    priority = make_priority(house.writer.organisation)
    make_link(old, priority, weight=4)
    client.force_login(house.writer)
    fields = form_of(client.get(NEW, {"carry": str(old.pk)})).fields
    assert (fields["title"], fields["why"], fields["cycle"]) == (["Stay"], ["So"], [str(house.cycle.pk)])
    assert (fields["key_result"], fields["k1-id"], fields["k1-title"]) == (["k1"], [""], ["Moves"])
    assert (fields["k1-start_value"], fields["k1-target_value"]) == (["40"], ["100"])
    assert (fields["link_id"], fields["link_parent"]) == ([""], [f"priority:{priority.pk}"])
    assert client.get(NEW, {"carry": "nowhere"}).status_code == 404
    client.force_login(house.stranger)
    make_cycle(house.stranger.organisation)
    assert client.get(NEW, {"carry": str(old.pk)}).status_code == 404


def test_long_titles_and_many_key_results(client: Client, house: House) -> None:
    keys = [f"k{place}" for place in range(1, 31)]
    fields = basics(house, title="x" * 600, key_result=keys, keep="1")
    for key in keys:
        fields |= key_result(key, title=f"{key} " + "long " * 110)
    assert post(client, house.writer, fields).status_code == 302
    objective = Objective.objects.get()
    assert (len(objective.title), objective.key_results.count()) == (600, 30)
    client.force_login(house.writer)
    assert client.get(f"/objectives/{objective.pk}/edit/").status_code == 200
