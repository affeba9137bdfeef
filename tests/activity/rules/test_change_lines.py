"""What an event means for somebody who mirrors rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from activity.rules.change_lines import Happened, lines_of

ROW, OBJECTIVE, OTHER, MORE = (UUID(int=number) for number in range(1, 5))


def told(verb: str, objective: UUID | None = None, **payload: Any) -> list[tuple[str, int, str]]:
    lines = lines_of(Happened(verb, ROW, objective, payload))
    return [(line.type, line.id.int, line.action.value) for line in lines]


@pytest.mark.parametrize(
    ("verb", "line"),
    [
        ("objective.created", ("objective", 1, "create")),
        ("objective.edited", ("objective", 1, "change")),
        ("objective.closed", ("objective", 1, "change")),
        ("objective.deleted", ("objective", 1, "delete")),
        ("objective.restored", ("objective", 1, "create")),
        ("priority.retired", ("priority", 1, "change")),
        ("person.joined", ("person", 1, "create")),
        ("team.archived", ("team", 1, "change")),
        ("team.restored", ("team", 1, "change")),
        ("cycle.created", ("cycle", 1, "create")),
        ("comment.written", ("comment", 1, "create")),
        ("thanks.given", ("thanks", 1, "create")),
        ("ask.made", ("ask", 1, "create")),
        ("ask.answered", ("ask", 1, "change")),
        ("priority.something_new", ("priority", 1, "change")),
    ],
)
def test_the_subject_is_told(verb: str, line: tuple[str, int, str]) -> None:
    assert told(verb) == [line]


@pytest.mark.parametrize(
    "verb",
    [
        "token.created",
        "review.ended",
        "organisation.edited",
        "person.signed_out_everywhere",
        "import.applied",
    ],
)
def test_what_the_interface_has_no_rows_of_is_not_told(verb: str) -> None:
    assert told(verb) == []


def test_a_check_in_changes_its_key_result_and_what_it_lifted_each_once() -> None:
    lifted = {"objective": [str(OBJECTIVE), str(MORE)], "priority": [str(ROW)]}
    assert told("check_in.recorded", OBJECTIVE, key_result_id=str(OTHER), lifted=lifted) == [
        ("check_in", 1, "create"),
        ("key_result", 3, "change"),
        ("objective", 2, "change"),
        ("objective", 4, "change"),
        ("priority", 1, "change"),
    ]


def test_a_link_changes_both_of_its_ends() -> None:
    assert told("link.deleted", OBJECTIVE, parent_type="priority", parent_id=str(OTHER)) == [
        ("alignment_link", 1, "delete"),
        ("objective", 2, "change"),
        ("priority", 3, "change"),
    ]


def test_key_results_go_and_come_back_with_their_objective() -> None:
    assert told("objective.deleted", ROW, key_result_ids=[str(OTHER)])[1] == ("key_result", 3, "delete")
    assert told("objective.restored", ROW, key_result_ids=[str(OTHER)])[1] == ("key_result", 3, "create")


def test_the_merged_person_goes_before_the_other_changes() -> None:
    assert told("person.merged", merged=str(OTHER)) == [("person", 3, "delete"), ("person", 1, "change")]


def test_imports_tell_every_row_and_take_it_back() -> None:
    assert told("import.wrote", type="link", made=[str(OTHER)], changed=[str(MORE)]) == [
        ("alignment_link", 3, "create"),
        ("alignment_link", 4, "change"),
    ]
    assert told("import.removed", type="key_result", ids=[str(OTHER)]) == [("key_result", 3, "delete")]
    assert told("import.wrote", type="milestone", made=[str(OTHER)]) == []


@pytest.mark.parametrize("payload", [{"key_result_id": None}, {"key_result_id": "x"}, {"lifted": [1]}, {}])
def test_a_payload_that_says_nothing_adds_nothing(payload: dict[str, Any]) -> None:
    assert told("check_in.edited", None, **payload) == [("check_in", 1, "change")]
