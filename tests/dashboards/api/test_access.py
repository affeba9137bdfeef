"""Every address of the interface, met by nobody, by a stranger, by another organisation and by a viewer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api_calls import assert_problem, call_as_nobody, unknown_id
from tests.api_world import World

LISTS = (
    "me/",
    "people/",
    "teams/",
    "cycles/",
    "priorities/",
    "objectives/",
    "key-results/",
    "check-ins/",
    "alignment-links/",
    "tree/",
    "progress/",
    "progress/history/",
)
SINGLES = (
    "people/{owner}/",
    "teams/{team}/",
    "cycles/{cycle}/",
    "priorities/{priority}/",
    "priorities/{priority}/explain/",
    "objectives/{objective}/",
    "objectives/{objective}/explain/",
    "objectives/{objective}/key-results/",
    "key-results/{key_result}/",
    "key-results/{key_result}/check-ins/",
    "alignment-links/{link}/",
)
HIDDEN = (
    "objectives/{secret}/",
    "objectives/{secret}/explain/",
    "objectives/{secret}/key-results/",
    "key-results/{secret_key_result}/",
    "key-results/{secret_key_result}/check-ins/",
)
WRITES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("post", "people/", {"name": "New"}),
    ("patch", "people/{owner}/", {"name": "New"}),
    ("post", "teams/", {"name": "New"}),
    ("patch", "teams/{team}/", {"name": "New"}),
    ("post", "cycles/", {"name": "New"}),
    ("patch", "cycles/{cycle}/", {"name": "New"}),
    ("post", "cycles/{cycle}/activate/", {}),
    ("post", "cycles/{cycle}/close/", {}),
    ("post", "priorities/", {"title": "New"}),
    ("patch", "priorities/{priority}/", {"title": "New"}),
    ("post", "priorities/{priority}/retire/", {"reason": "Done"}),
    ("post", "objectives/", {"title": "New", "cycle_id": "{cycle}"}),
    ("patch", "objectives/{objective}/", {"title": "New"}),
    ("delete", "objectives/{objective}/", {}),
    ("post", "objectives/{objective}/activate/", {}),
    ("post", "objectives/{objective}/pause/", {"reason": "Later"}),
    ("post", "objectives/{objective}/close/", {}),
    ("post", "objectives/{objective}/reopen/", {}),
    ("post", "objectives/{objective}/cancel/", {"reason": "No"}),
    ("post", "objectives/{objective}/restore/", {}),
    ("post", "objectives/{objective}/key-results/", {"title": "New"}),
    ("post", "key-results/", {"title": "New", "objective_id": "{objective}"}),
    ("patch", "key-results/{key_result}/", {"title": "New"}),
    ("delete", "key-results/{key_result}/", {}),
    ("post", "key-results/{key_result}/skip/", {"reason": "Away", "until": "2026-06-01"}),
    ("post", "key-results/{key_result}/check-ins/", {"value": 1, "confidence": 5}),
    ("post", "check-ins/", {"key_result_id": "{key_result}", "value": 1, "confidence": 5}),
    (
        "post",
        "alignment-links/",
        {"child_id": "{objective}", "parent_type": "priority", "parent_id": "{priority}"},
    ),
    ("patch", "alignment-links/{link}/", {"weight": 2}),
    ("delete", "alignment-links/{link}/", {}),
)


def filled(text: str, world: World) -> str:
    ids = {name: value.pk for name, value in vars(world).items()}
    return text.format(**ids)


def filled_body(body: dict[str, Any], world: World) -> dict[str, Any]:
    return {name: filled(value, world) if isinstance(value, str) else value for name, value in body.items()}


def send(caller: Any, method: str, path: str, body: dict[str, Any]) -> Any:
    return caller.delete(path) if method == "delete" else getattr(caller, method)(path, body)


@pytest.mark.parametrize("path", [*LISTS, *SINGLES])
def test_everybody_of_the_organisation_reads(world: World, path: str) -> None:
    for role in ("viewer", "stranger", "administrator"):
        assert world.call(role, scopes=("read",)).get(filled(path, world)).status_code == 200, role


@pytest.mark.parametrize("path", [*LISTS, *SINGLES])
def test_nobody_reads_without_signing_in(world: World, path: str) -> None:
    assert_problem(call_as_nobody().get(filled(path, world)), 401)


@pytest.mark.parametrize("path", SINGLES)
def test_another_organisation_finds_nothing(world: World, path: str) -> None:
    assert_problem(world.call("outsider").get(filled(path, world)), 404)


@pytest.mark.parametrize("path", HIDDEN)
def test_what_is_private_looks_like_nothing(world: World, path: str) -> None:
    stranger = world.call("stranger")
    hidden = stranger.get(filled(path, world))
    assert_problem(hidden, 404)
    nothing = stranger.get(path.format(secret=unknown_id(), secret_key_result=unknown_id()))
    assert hidden.content == nothing.content
    assert world.call("administrator").get(filled(path, world)).status_code == 200


@pytest.mark.parametrize("path", ["objectives/", "key-results/", "tree/"])
def test_what_is_private_is_in_no_list(world: World, path: str) -> None:
    assert str(world.secret.pk) not in world.call("stranger").get(path).content.decode()
    assert str(world.secret.pk) in world.call("administrator").get(path).content.decode()


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_nobody_writes_without_signing_in(
    world: World,
    method: str,
    path: str,
    body: dict[str, Any],
) -> None:
    assert_problem(send(call_as_nobody(), method, filled(path, world), filled_body(body, world)), 401)


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_viewers_write_nothing(world: World, method: str, path: str, body: dict[str, Any]) -> None:
    answer = send(world.call("viewer"), method, filled(path, world), filled_body(body, world))
    assert_problem(answer, 403, "not_allowed")


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_a_reading_token_writes_nothing(
    world: World,
    method: str,
    path: str,
    body: dict[str, Any],
) -> None:
    caller = world.call("administrator", scopes=("read",))
    answer = send(caller, method, filled(path, world), filled_body(body, world))
    assert_problem(answer, 403, "scope_missing")


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_a_check_in_token_only_checks_in(
    world: World,
    method: str,
    path: str,
    body: dict[str, Any],
) -> None:
    caller = world.call("administrator", scopes=("read", "check_in"))
    answer = send(caller, method, filled(path, world), filled_body(body, world))
    if "check-ins" in path or "skip" in path:
        assert answer.status_code in (200, 201)
    else:
        assert_problem(answer, 403, "scope_missing")


@pytest.mark.parametrize(("method", "path", "body"), [row for row in WRITES if "{" in row[1]])
def test_another_organisation_changes_nothing(
    world: World,
    method: str,
    path: str,
    body: dict[str, Any],
) -> None:
    answer = send(world.call("outsider"), method, filled(path, world), filled_body(body, world))
    assert_problem(answer, 404)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("objectives/", {"title": "New", "cycle_id": "?"}, "cycle_id"),
        ("objectives/", {"title": "New", "cycle_id": "{cycle}", "team_id": "?"}, "team_id"),
        ("objectives/", {"title": "New", "cycle_id": "{cycle}", "owner_id": "?"}, "owner_id"),
        ("key-results/", {"title": "New", "objective_id": "?"}, "objective_id"),
        ("objectives/{objective}/key-results/", {"title": "New", "owner_id": "?"}, "owner_id"),
        ("check-ins/", {"value": 1, "confidence": 5, "key_result_id": "?"}, "key_result_id"),
        (
            "alignment-links/",
            {"child_id": "?", "parent_type": "objective", "parent_id": "{objective}"},
            "child_id",
        ),
        (
            "alignment-links/",
            {"child_id": "{objective}", "parent_type": "objective", "parent_id": "?"},
            "parent_id",
        ),
    ],
)
def test_a_reference_that_is_hidden_reads_like_one_that_is_nothing(
    world: World,
    path: str,
    body: dict[str, Any],
    field: str,
) -> None:
    hidden = {
        "cycle_id": world.elsewhere.cycle_id,
        "team_id": unknown_id(),
        "owner_id": world.outsider.pk,
        "objective_id": world.secret.pk,
        "key_result_id": world.secret_key_result.pk,
        "child_id": world.secret.pk,
        "parent_id": world.secret.pk,
    }[field]
    caller = world.call("owner")
    answers = []
    for key in (hidden, unknown_id(), world.elsewhere.pk):
        filled_in = {
            name: str(key) if value == "?" else value for name, value in filled_body(body, world).items()
        }
        answers.append(caller.post(filled(path, world), filled_in))
    document = assert_problem(answers[0], 422, "invalid", field)
    assert document["errors"][0]["code"] == "not_found"
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("objectives/", "cycle"),
        ("objectives/", "team"),
        ("objectives/", "owner"),
        ("objectives/", "priority"),
        ("key-results/", "objective"),
        ("check-ins/", "key_result"),
        ("check-ins/", "objective"),
        ("check-ins/", "author"),
        ("alignment-links/", "child"),
        ("tree/", "cycle"),
        ("progress/history/", "objective"),
        ("progress/history/", "team"),
    ],
)
def test_a_filter_that_is_hidden_reads_like_one_that_is_nothing(
    world: World,
    path: str,
    name: str,
) -> None:
    hidden = {"key_result": world.secret_key_result.pk, "cycle": world.elsewhere.cycle_id}.get(
        name, world.secret.pk
    )
    caller = world.call("stranger")
    answers = [caller.get(path, {name: str(key)}) for key in (hidden, unknown_id(), "nonsense")]
    document = assert_problem(answers[0], 422, "invalid", name)
    assert document["errors"][0]["code"] == "not_found"
    assert len({answer.content for answer in answers}) == 1
