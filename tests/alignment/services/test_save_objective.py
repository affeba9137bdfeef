"""One page of an objective is saved as a whole: everything, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from activity.models import Event
from alignment.models import AlignmentLink, PriorityProgress
from alignment.rules.kinds import LinkKind
from alignment.services import (
    InitiativeLine,
    KeyResultLine,
    LinkLine,
    ObjectiveDraft,
    StaleObjective,
    save_objective,
)
from common.errors import InvalidInput, NotAllowed, RuleConflict
from objectives.models import Initiative, KeyResult, Milestone, Objective, PlannedValue
from objectives.rules.kinds import InitiativeState, KeyResultKind, ObjectiveState
from objectives.services import KeyResultDraft, MilestoneDraft, draft_of, edit_key_result, edit_objective
from people.models import User
from tests.factories import (
    NOW,
    make_cycle,
    make_initiative,
    make_key_result,
    make_link,
    make_objective,
    make_person,
    make_priority,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return make_person()


@pytest.fixture
def objective(owner: User) -> Objective:
    return make_objective(owner=owner, title="Queues are short")


def line(title: str = "Fewer minutes", **fields: Any) -> KeyResultLine:
    return KeyResultLine(draft=KeyResultDraft(title=title, **fields))


def kept(key_result: KeyResult, **changes: Any) -> KeyResultLine:
    """The line of a key result that was read at its present version, with some fields typed over."""
    key_result = KeyResult.objects.get(pk=key_result.pk)
    before = draft_of(key_result)
    fields = {name: getattr(before, name) for name in before.__dataclass_fields__}
    return KeyResultLine(
        draft=KeyResultDraft(**{**fields, **changes}),
        id=key_result.pk,
        expected_version=key_result.version,
    )


def everything() -> tuple[int, ...]:
    models = (Objective, KeyResult, Milestone, PlannedValue, Initiative, AlignmentLink, Event)
    return tuple(model._default_manager.count() for model in models)


def test_a_new_one_has_key_results_steps_plan_work_and_links(owner: User) -> None:
    cycle, priority = make_cycle(owner.organisation), make_priority(owner.organisation)
    above = make_objective(cycle)
    draft = ObjectiveDraft(
        fields={"title": "Queues are short", "cycle": cycle, "owner": owner},
        key_results=[
            line(
                kind=KeyResultKind.DECREASE,
                start_value=Decimal(31),
                target_value=Decimal(22),
                planned_values=[(date(2026, 5, 1), Decimal(27))],
            ),
            KeyResultLine(
                draft=KeyResultDraft(
                    title="Rotas",
                    kind=KeyResultKind.MILESTONES,
                    milestones=[
                        MilestoneDraft("North", Decimal(2), date(2026, 5, 1)),
                        MilestoneDraft("South"),
                    ],
                ),
                initiatives=[InitiativeLine(title="Ask planners", url="https://example.com/1")],
            ),
        ],
        links=[
            LinkLine(parent=priority, weight=Decimal(3), reason="Less waiting"),
            LinkLine(parent=above, kind=LinkKind.DEPENDS_ON),
        ],
    )

    made = save_objective(by=owner, at=NOW, draft=draft)

    assert made.state == ObjectiveState.DRAFT
    first, second = made.key_results.order_by("position")
    assert [point.value for point in first.planned_values.all()] == [27]
    assert [(step.title, int(step.weight)) for step in second.milestones.all()] == [
        ("North", 2),
        ("South", 1),
    ]
    assert [work.title for work in second.initiatives.all()] == ["Ask planners"]
    links = {link.parent_id: link for link in made.links_up.all()}
    assert (links[priority.pk].kind, int(links[priority.pk].weight)) == (LinkKind.CONTRIBUTES, 3)
    assert links[above.pk].kind == LinkKind.DEPENDS_ON


def test_sharing_starts_it_and_moves_the_priority_at_once(owner: User) -> None:
    cycle, priority = make_cycle(owner.organisation), make_priority(owner.organisation)
    draft = ObjectiveDraft(
        fields={"title": "Queues are short", "cycle": cycle, "owner": owner},
        key_results=[line()],
        links=[LinkLine(parent=priority)],
    )
    made = save_objective(by=owner, at=NOW, draft=draft, activates=True)

    assert made.state == ObjectiveState.ACTIVE
    assert made.key_results.get().activated_at == NOW
    assert PriorityProgress.objects.get(priority=priority, cycle=cycle).objective_count == 1


def test_a_bad_third_key_result_leaves_nothing(owner: User) -> None:
    cycle, priority = make_cycle(owner.organisation), make_priority(owner.organisation)
    before = everything()
    draft = ObjectiveDraft(
        fields={"title": "Queues are short", "cycle": cycle, "owner": owner},
        key_results=[line(), line("Two"), line("Three", kind=KeyResultKind.AT_LEAST)],
        links=[LinkLine(parent=priority)],
    )
    with pytest.raises(InvalidInput) as caught:
        save_objective(by=owner, at=NOW, draft=draft, activates=True)
    assert [one.field for one in caught.value.problems] == ["key_results.2.lower_bound"]
    assert everything() == before


def test_a_bad_part_of_an_edit_leaves_everything_as_it_was(owner: User, objective: Objective) -> None:
    first, second = make_key_result(objective, position=1), make_key_result(objective, position=2)
    before = everything()
    draft = ObjectiveDraft(
        fields={"title": "  ", "why": "Because"},
        key_results=[
            kept(first, title="Changed"),
            kept(second, target_value=Decimal(0)),
            KeyResultLine(
                draft=KeyResultDraft(title="New"), initiatives=[InitiativeLine(title="Work", url="nowhere")]
            ),
        ],
        links=[LinkLine(parent=make_priority(owner.organisation), weight=Decimal(-1))],
    )
    with pytest.raises(InvalidInput) as caught:
        save_objective(by=owner, at=NOW, draft=draft, objective=objective, expected_version=1)
    assert [one.field for one in caught.value.problems] == [
        "title",
        "key_results.1.target_value",
        "key_results.2.initiatives.0.url",
        "links.0.weight",
    ]
    first.refresh_from_db()
    assert (first.title, everything()) == ("A result of kind increase", before)


def test_an_edit_changes_adds_removes_and_reorders(owner: User, objective: Objective) -> None:
    first, second, third = (
        make_key_result(objective, position=place, title=f"{place}") for place in (1, 2, 3)
    )
    work = make_initiative(second)
    draft = ObjectiveDraft(
        fields={"title": "Queues are shorter"},
        key_results=[
            line("New"),
            KeyResultLine(
                draft=kept(second, title="2 changed").draft,
                id=second.pk,
                expected_version=1,
                initiatives=[
                    InitiativeLine(id=work.pk, title=" "),
                    InitiativeLine(title="Other work", state=InitiativeState.ACTIVE),
                ],
            ),
            KeyResultLine(id=first.pk),
        ],
        removed_key_results={third.pk: third.version},
    )
    save_objective(by=owner, at=NOW, draft=draft, objective=objective, expected_version=1)

    objective.refresh_from_db()
    assert objective.title == "Queues are shorter"
    titles = list(objective.key_results.order_by("position").values_list("title", flat=True))
    assert titles == ["New", "2 changed", "1"]
    assert [one.title for one in second.initiatives.all()] == ["Other work"]
    assert KeyResult.everything.get(pk=third.pk).deleted_at == NOW
    assert "key_result.edited" in Event.objects.values_list("verb", flat=True)


def test_what_says_the_same_writes_no_event(owner: User, objective: Objective) -> None:
    key_result = make_key_result(objective, kind=KeyResultKind.MILESTONES, position=1)
    priority = make_priority(owner.organisation)
    link = make_link(objective, priority, reason="So")
    draft = ObjectiveDraft(
        fields={"title": objective.title, "owner": owner, "contributors": []},
        key_results=[kept(key_result)],
        links=[LinkLine(id=link.pk, parent=priority, reason="So")],
    )
    save_objective(by=owner, at=NOW, draft=draft, objective=objective, expected_version=1)
    assert Event.objects.count() == 0


def test_links_move_change_and_go(owner: User, objective: Objective) -> None:
    here, there, third = (make_priority(owner.organisation, title=title) for title in "abc")
    moving, changing = make_link(objective, here), make_link(objective, there)
    going = make_link(objective, third)
    draft = ObjectiveDraft(
        links=[
            LinkLine(id=moving.pk, parent=third),
            LinkLine(id=changing.pk, parent=there, weight=Decimal(5), reason="More"),
        ],
        removed_links=[going.pk],
    )
    save_objective(by=owner, at=NOW, draft=draft, objective=objective)
    rows = {link.priority_id: link for link in objective.links_up.all()}
    assert set(rows) == {third.pk, there.pk}
    assert (int(rows[there.pk].weight), rows[there.pk].reason) == (5, "More")


def test_a_loop_is_a_problem_of_its_link_and_names_the_way(owner: User, objective: Objective) -> None:
    above = make_objective(objective.cycle, title="Above", owner=owner)
    make_link(above, objective)
    with pytest.raises(InvalidInput) as caught:
        save_objective(
            by=owner, at=NOW, draft=ObjectiveDraft(links=[LinkLine(parent=above)]), objective=objective
        )
    (problem,) = caught.value.problems
    assert problem.field == "links.0.parent"
    assert "“Queues are short” → “Above” → “Queues are short”" in problem.message


def test_handing_it_over_still_saves_the_rest(owner: User, objective: Objective) -> None:
    other = make_person(owner.organisation)
    key_result = make_key_result(objective)
    draft = ObjectiveDraft(fields={"owner": other}, key_results=[kept(key_result, title="Mine to the end")])
    row = save_objective(by=owner, at=NOW, draft=draft, objective=objective, expected_version=1)
    key_result.refresh_from_db()
    assert (row.owner, key_result.title) == (other, "Mine to the end")


def edit_words(objective: Objective, key_result: KeyResult, by: User) -> None:
    edit_objective(objective=objective, by=by, at=NOW, title="Theirs")


def edit_result(objective: Objective, key_result: KeyResult, by: User) -> None:
    edit_key_result(key_result=key_result, by=by, at=NOW, title="Theirs")


@pytest.mark.parametrize(("change", "names"), [(edit_words, "objective"), (edit_result, "key_result")])
def test_what_somebody_else_changed_meanwhile_is_named(
    owner: User, objective: Objective, change: Callable[[Objective, KeyResult, User], None], names: str
) -> None:
    key_result = make_key_result(objective)
    draft = ObjectiveDraft(fields={"title": "Mine"}, key_results=[kept(key_result, title="Mine")])
    change(objective, key_result, owner)
    before = everything()
    with pytest.raises(StaleObjective) as caught:
        save_objective(by=owner, at=NOW, draft=draft, objective=objective, expected_version=1)
    assert caught.value.is_objective is (names == "objective")
    assert caught.value.key_result_ids == ({key_result.pk} if names == "key_result" else set())
    assert everything() == before


def test_a_part_that_the_page_leaves_alone_is_no_conflict(owner: User, objective: Objective) -> None:
    key_result = make_key_result(objective)
    edit_result(objective, key_result, owner)
    draft = ObjectiveDraft(fields={"title": "Mine"}, key_results=[KeyResultLine(id=key_result.pk)])
    save_objective(by=owner, at=NOW, draft=draft, objective=objective, expected_version=1)
    key_result.refresh_from_db()
    assert key_result.title == "Theirs"


def test_the_same_change_twice_is_no_conflict(owner: User, objective: Objective) -> None:
    edit_words(objective, make_key_result(objective), owner)
    draft = ObjectiveDraft(fields={"title": "Theirs"})
    save_objective(by=owner, at=NOW, draft=draft, objective=objective, expected_version=1)
    assert Event.objects.count() == 1


def test_removing_what_was_changed_or_editing_what_is_gone_is_a_conflict(
    owner: User, objective: Objective
) -> None:
    changed, gone = make_key_result(objective), make_key_result(objective)
    line_of_gone = kept(gone, title="Mine")
    edit_result(objective, changed, owner)
    KeyResult.objects.filter(pk=gone.pk).update(deleted_at=NOW)
    draft = ObjectiveDraft(key_results=[line_of_gone], removed_key_results={changed.pk: 1})
    with pytest.raises(StaleObjective) as caught:
        save_objective(by=owner, at=NOW, draft=draft, objective=objective)
    assert caught.value.key_result_ids == {changed.pk}
    assert caught.value.gone_ids == {gone.pk}


def test_a_stranger_and_an_ended_objective_are_refused(owner: User, objective: Objective) -> None:
    draft = ObjectiveDraft(fields={"title": "Mine"})
    with pytest.raises(NotAllowed):
        save_objective(by=make_person(owner.organisation), at=NOW, draft=draft, objective=objective)
    Objective.objects.filter(pk=objective.pk).update(state=ObjectiveState.CANCELLED)
    with pytest.raises(RuleConflict):
        save_objective(by=owner, at=NOW, draft=draft, objective=objective)
