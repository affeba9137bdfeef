"""The demo organisation: deterministic, complete, exact, and near the numbers that its pictures show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from alignment.models import AlignmentLink, PriorityProgress, ProgressSnapshot, StrategicPriority
from alignment.rules.kinds import LinkKind, LinkState
from checkins.models import CheckIn, Comment, Review, Thanks, Win
from checkins.rules.kinds import CheckInSource
from checkins.services.find_drift import find_drift
from dashboards.demo.calendar import calendar_of
from dashboards.demo.write import demo_rows
from dashboards.queries.needs_me import needs_me
from objectives.models import Cycle, Initiative, KeyResult, Milestone, Objective, PlannedValue
from objectives.rules.kinds import (
    KeyResultKind,
    KeyResultState,
    ObjectiveState,
    Status,
    ValueSource,
    Visibility,
)
from people.models import Organisation, Team, User

TODAY = date(2026, 11, 19)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Organisation]:
    """The demo as of one day, written once for this module and taken away again."""
    from django.db import transaction

    from dashboards.demo.sign_ins import SignIn
    from dashboards.demo.write import write_demo

    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        sign_ins = [
            SignIn(f"{one}@harbour-pine.example", "only for this test", name, "") for one, name in FOUR
        ]
        yield write_demo(today=TODAY, sign_ins=sign_ins)
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


FOUR = (("admin", "Maren"), ("leader", "Amara"), ("lead", "Leila"), ("member", "Caro"))


@pytest.fixture
def now_cycle(demo: Organisation) -> Cycle:
    return Cycle.objects.get(organisation=demo, name="Q4 2026")


@pytest.fixture
def key_results(now_cycle: Cycle) -> list[KeyResult]:
    return list(KeyResult.objects.filter(objective__cycle=now_cycle).select_related("objective", "owner"))


def test_the_same_day_gives_the_same_rows() -> None:
    first, second = ([_plain(row) for row in demo_rows(TODAY).in_order] for _ in range(2))
    assert first == second


def _plain(row: Any) -> dict[str, Any]:
    """Every stored value of an unsaved row, and which table it is for."""
    names = [one.attname for one in row._meta.concrete_fields if one.name != "password"]
    return {"table": type(row).__name__, **{name: getattr(row, name) for name in names}}


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 2, 28), date(2027, 6, 30), date(2028, 2, 29)])
def test_any_day_lies_in_week_eight_of_thirteen(today: date) -> None:
    cycles = calendar_of(today).cycles
    assert ((today - cycles["now"].starts_on).days) // 7 + 1 == 8
    assert (cycles["now"].ends_on - cycles["now"].starts_on).days + 1 == 91
    assert cycles["next"].starts_on == cycles["now"].ends_on + timedelta(days=1)
    assert cycles["year"].starts_on <= cycles["before"].starts_on
    assert cycles["year"].ends_on == cycles["now"].ends_on
    assert len({cycle.name for cycle in cycles.values()}) == 5


def test_who_works_there(demo: Organisation) -> None:
    people = User.objects.filter(organisation=demo)
    assert people.count() == 26
    assert Team.objects.filter(organisation=demo).count() == 8
    assert Team.objects.filter(organisation=demo, parent__isnull=False).exists()
    assert people.filter(email__isnull=True).count() == 1
    assert people.filter(is_active=False).count() == 1
    assert people.filter(is_active=True, teams__isnull=True).exists()
    for name, _ in FOUR:
        assert people.get(email=f"{name}@harbour-pine.example").check_password("only for this test")


def test_nobody_else_can_sign_in(demo: Organisation) -> None:
    four = [f"{name}@harbour-pine.example" for name, _ in FOUR]
    others = User.objects.filter(organisation=demo).exclude(email__in=four)
    assert not any(person.has_usable_password() for person in others)


def test_cycles_around_today(demo: Organisation, now_cycle: Cycle) -> None:
    states = dict(Cycle.objects.filter(organisation=demo).values_list("name", "state"))
    assert states == {
        "Year 2026": "active",
        "Q2 2026": "closed",
        "Q3 2026": "closed",
        "Q4 2026": "active",
        "Q1 2027": "planning",
    }
    assert now_cycle.parent is not None
    closed = Objective.objects.filter(cycle__state="closed", state=ObjectiveState.CLOSED)
    assert closed.count() >= 15
    assert not closed.filter(score__isnull=True).exists()
    assert closed.exclude(score_reason="").exists()


def test_as_many_as_the_pictures_show(now_cycle: Cycle, key_results: list[KeyResult]) -> None:
    seen_by_all = Objective.objects.filter(cycle=now_cycle, visibility=Visibility.ORGANISATION)
    assert 20 <= seen_by_all.count() <= 22
    assert 55 <= len(key_results) <= 66
    assert {row.kind for row in key_results} == {kind.value for kind in KeyResultKind}


@pytest.mark.parametrize(
    ("title", "progress"),
    [
        ("Be the easiest place to finish a project", "0.46"),
        ("Shelves full, waste low", "0.61"),
        ("Trade customers come back every week", "0.66"),
        ("Halve our carbon by 2030", "0.24"),
    ],
)
def test_priorities_stand_where_the_pictures_show_them(now_cycle: Cycle, title: str, progress: str) -> None:
    standing = PriorityProgress.objects.get(priority__title=title, cycle=now_cycle)
    assert standing.progress is not None
    assert abs(standing.progress - Decimal(progress)) <= Decimal("0.01")


@pytest.mark.parametrize(
    ("title", "progress", "status"),
    [
        ("Customers find what they need in one visit", "0.43", Status.AT_RISK),
        ("Click & collect is ready when you are", "0.60", Status.ON_TRACK),
        ("Returns without the queue", "0.29", Status.OFF_TRACK),
        ("Demand forecast by store, not region", "0.57", Status.ON_TRACK),
        ("Order by photo in under a minute", "0.74", Status.ON_TRACK),
        ("Cut store energy 12 %", "0.18", Status.OFF_TRACK),
        ("Repair before replace, in 40 stores", "0.35", Status.AT_RISK),
        ("Rotas known three weeks ahead", "0.60", Status.ON_TRACK),
    ],
)
def test_objectives_stand_where_the_pictures_show_them(
    now_cycle: Cycle, title: str, progress: str, status: Status
) -> None:
    objective = Objective.objects.get(title=title, cycle=now_cycle)
    assert objective.progress is not None
    assert abs(objective.progress - Decimal(progress)) <= Decimal("0.01")
    assert objective.status == status


def test_gaps_are_there_to_be_found(demo: Organisation, now_cycle: Cycle) -> None:
    to_priorities = AlignmentLink.objects.filter(organisation=demo, priority__isnull=False)
    of_now = Objective.objects.filter(cycle=now_cycle, visibility=Visibility.ORGANISATION)
    empty = StrategicPriority.objects.exclude(links_down__child__cycle=now_cycle)
    unlinked = of_now.exclude(pk__in=to_priorities.values("child"))
    assert [priority.title for priority in empty] == ["A place where people stay and grow"]
    assert unlinked.count() == 3
    assert unlinked.exclude(keeps_us_running="").count() == 1
    assert of_now.filter(owner__isnull=True).count() == 1
    assert Objective.objects.filter(cycle__name="Q1 2027", key_results__isnull=True).count() == 1
    assert Objective.objects.filter(cycle=now_cycle, visibility=Visibility.PRIVATE).count() == 1
    assert Objective.objects.filter(cycle=now_cycle, visibility=Visibility.TEAM).count() == 1


def test_some_have_gone_quiet(key_results: list[KeyResult]) -> None:
    silent = [
        (TODAY - row.last_heard_on).days for row in key_results if row.last_heard_on and row.state == "active"
    ]
    assert sorted({days for days in silent if days >= 16}) == [16, 19, 21, 24]


def test_a_watermelon(key_results: list[KeyResult]) -> None:
    rotas = next(row for row in key_results if row.title.startswith("Stores that publish rotas"))
    said = list(
        CheckIn.objects.filter(key_result=rotas).order_by("observed_on").values_list("confidence", flat=True)
    )
    assert rotas.status == Status.ON_TRACK
    assert said[0] - said[-1] >= 3


def test_every_shape_of_goal_and_link(demo: Organisation, key_results: list[KeyResult]) -> None:
    links = AlignmentLink.objects.filter(organisation=demo)
    assert {link.kind for link in links} == {kind.value for kind in LinkKind}
    assert {link.parent_type for link in links} == {"priority", "objective", "key_result"}
    assert links.filter(kind=LinkKind.DEPENDS_ON, state=LinkState.REQUESTED).count() == 2
    assert (
        max(
            Objective(pk=pk).links_up.filter(kind="contributes").count()
            for pk in links.values_list("child", flat=True)
        )
        >= 2
    )
    fed = KeyResult.objects.get(organisation=demo, value_source=ValueSource.ALIGNED_OBJECTIVES)
    assert fed.progress is not None
    assert fed.progress > 0
    assert any(row.state == KeyResultState.PAUSED for row in key_results)
    assert len(set(Milestone.objects.values_list("weight", flat=True))) > 1
    assert PlannedValue.objects.exists()
    assert len(set(Initiative.objects.values_list("state", flat=True))) >= 3


def test_people_and_systems_speak(demo: Organisation) -> None:
    said = CheckIn.objects.filter(organisation=demo)
    assert {row.source for row in said} == {CheckInSource.MANUAL, CheckInSource.API, CheckInSource.CONNECTOR}
    assert not said.filter(source=CheckInSource.MANUAL, confidence__isnull=True).exists()
    assert not said.exclude(source=CheckInSource.MANUAL).filter(confidence__isnull=False).exists()
    assert not said.filter(observed_on__gt=TODAY).exists()
    for words in ("note", "win", "challenge", "next_step"):
        assert said.exclude(**{words: ""}).exists()


@pytest.mark.parametrize("email", ["lead", "member"])
def test_my_week_has_a_handful_of_rows(demo: Organisation, key_results: list[KeyResult], email: str) -> None:
    mine = [row for row in key_results if row.owner and row.owner.email == f"{email}@harbour-pine.example"]
    assert 4 <= sum(1 for row in mine if row.next_due_on and row.next_due_on <= TODAY) <= 7


def test_history_for_every_day_of_the_quarter(demo: Organisation, now_cycle: Cycle) -> None:
    days = ProgressSnapshot.objects.filter(subject_type="organisation", cycle=now_cycle).values_list(
        "on", flat=True
    )
    assert len(set(days)) >= 50


def test_every_number_is_exact(demo: Organisation) -> None:
    assert find_drift(organisation=demo, today=TODAY) == []


def test_the_leader_finds_asks_of_every_age_and_a_decision(demo: Organisation) -> None:
    amara = User.objects.get(organisation=demo, name="Amara")
    rows = needs_me(amara, None, today=TODAY).rows
    assert len(rows) >= 4
    assert rows[0].is_long
    assert rows[0].age > rows[-1].age
    assert not rows[-1].is_long
    assert [row.is_decision for row in rows].count(True) == 1


def test_nothing_good_is_told_twice(demo: Organisation) -> None:
    told = [
        *CheckIn.objects.filter(key_result__objective__organisation=demo)
        .exclude(win="")
        .values_list("win", flat=True),
        *Win.objects.filter(organisation=demo).values_list("text", flat=True),
        *Thanks.objects.filter(organisation=demo).values_list("text", flat=True),
        *Comment.objects.filter(organisation=demo).values_list("text", flat=True),
    ]
    for review in Review.objects.filter(organisation=demo, ended_at__isnull=False):
        told += [one["text"] for one in review.minutes["agenda"]["wins"]]
    assert len({*told}) == len(told)
