"""The two health addresses."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from activity.services.note_heartbeat import note_heartbeat
from common import clock
from okr_platform import embedded

pytestmark = pytest.mark.django_db


def test_alive_without_a_worker(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_not_ready_before_a_worker_was_seen(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unready", "checks": {"database": "ok", "worker": "never seen"}}


def test_ready_with_a_fresh_heartbeat(client: Client) -> None:
    note_heartbeat(name="worker", at=clock.now())
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["checks"] == {"database": "ok", "worker": "ok"}


def test_an_embedded_worker_says_itself_that_it_is_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(embedded, "connection", SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(embedded, "Service", lambda *_, **__: SimpleNamespace(start=lambda: None))
    monkeypatch.setattr(embedded.doorbell, "local_worker_listens", lambda _: None)
    app = SimpleNamespace(
        WorkController=lambda **options: given.update(options) or SimpleNamespace(start=lambda: None),
        loader=SimpleNamespace(import_default_modules=lambda: None),
        finalize=lambda: None,
        conf=SimpleNamespace(beat_scheduler=None),
        send_task=lambda *_, **__: None,  # the tick is lost
    )
    embedded.start(app, concurrency=1)
    assert client.get("/readyz").status_code == 503
    given["ready_callback"](None)
    assert client.get("/readyz").status_code == 200


def test_not_ready_when_the_worker_fell_silent(client: Client) -> None:
    note_heartbeat(name="worker", at=clock.now() - timedelta(minutes=10))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"].startswith("silent for 6")


def test_every_answer_names_its_request(client: Client) -> None:
    assert client.get("/healthz", headers={"X-Request-Id": "abc-1"})["X-Request-Id"] == "abc-1"
    assert len(client.get("/healthz", headers={"X-Request-Id": "two words"})["X-Request-Id"]) == 36


def test_content_security_policy_has_no_exceptions(client: Client) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
