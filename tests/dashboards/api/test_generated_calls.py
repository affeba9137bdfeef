"""Generated calls to every operation: never an error of ours, and answers as the schema says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase
from hypothesis import settings as examples
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from okr_platform.wsgi import application
from tests.api_calls import make_token
from tests.api_world import World
from tests.factories import make_check_in
from tests.factories.asks import make_ask
from tests.factories.words import make_comment, make_thanks

EXAMPLES = int(os.environ.get("OKR_EXAMPLES", "10"))
PHASES = [Phase.generate] if EXAMPLES <= 10 else [Phase.explicit, Phase.generate]
"""More than the usual ten also walks the edges that the schema names, a hundred calls for each operation."""
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance, status_code_conformance]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Requests stay inside the transaction of the test instead of dropping its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known_ids(world: World) -> dict[str, UUID]:
    """An id that exists, by the first word of an address or the name of a field."""
    check_in = make_check_in(world.key_result, author=world.administrator)
    by_word = {
        "people": world.owner,
        "teams": world.team,
        "cycles": world.cycle,
        "priorities": world.priority,
        "objectives": world.objective,
        "key-results": world.key_result,
        "check-ins": check_in,
        "alignment-links": world.link,
        "asks": make_ask(world.objective, by=world.owner, of=world.administrator),
        "comments": make_comment(world.objective, author=world.administrator),
        "thanks": make_thanks(world.objective, author=world.administrator, receivers=[world.owner]),
        "cycle_id": world.cycle,
        "team_id": world.team,
        "owner_id": world.owner,
        "lead_id": world.owner,
        "objective_id": world.objective,
        "key_result_id": world.key_result,
        "child_id": world.objective,
    }
    return {word: row.pk for word, row in by_word.items()}


schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)


@schema.parametrize()
@examples(
    max_examples=EXAMPLES,
    deadline=None,
    phases=PHASES,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_no_call_breaks_anything(case: Any, world: World, known_ids: dict[str, UUID], settings: Any) -> None:
    """Most calls name what exists, so that they reach beyond "not found"; each leaves no trace."""
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    word = case.path.removeprefix("/api/v1/").split("/")[0]
    if "id" in (case.path_parameters or {}) and hash(str(case.path_parameters["id"])) % 4:
        case.path_parameters["id"] = str(known_ids[word])
    if isinstance(case.body, dict):
        for name in case.body.keys() & known_ids.keys():
            case.body[name] = str(known_ids[name])
    with transaction.atomic():
        _, secret = make_token(world.administrator)
        case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=CHECKS)
        transaction.set_rollback(True)
