"""The doorbell is a comfort: a broker that is away or silent costs no request any time."""

import time

import pytest
from pytest_django.fixtures import Settings

from common import doorbell


@pytest.fixture
def bell(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Rings are allowed; what is sent lands in the list. Nobody connects: Celery would keep the connection."""
    monkeypatch.setattr(doorbell, "is_crowded", lambda: False)
    settings.DOORBELL_RINGS = True
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    return []


def test_ring_does_not_wait_for_a_silent_broker(bell: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object, **__: object) -> None:
        time.sleep(0.5)
        bell.append("sent")

    monkeypatch.setattr(doorbell.current_app, "send_task", hang)
    begun = time.monotonic()
    for _ in range(1000):
        doorbell.ring()
    assert time.monotonic() - begun < 0.2
    wait_for(lambda: bool(bell))
    time.sleep(1.2)
    assert len(bell) <= 3, "many rings become few"


def test_a_broker_that_refuses_is_forgiven(bell: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorbell, "PAUSE_AFTER_FAILURE_SECONDS", 0.0)

    def refuse(*_: object, **__: object) -> None:
        bell.append("tried")
        raise TimeoutError

    monkeypatch.setattr(doorbell.current_app, "send_task", refuse)
    doorbell.ring()
    wait_for(lambda: len(bell) == 1)
    doorbell.ring()
    wait_for(lambda: len(bell) == 2)


def test_memory_broker_is_left_alone_where_nobody_listens(
    bell: list[str], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CELERY_BROKER_URL = "memory://localhost/"
    monkeypatch.setattr(doorbell.current_app, "send_task", lambda *_, **__: bell.append("sent"))
    doorbell.ring()
    time.sleep(0.1)
    assert bell == []


def wait_for(is_so: object) -> None:
    deadline = time.monotonic() + 5
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.02)
