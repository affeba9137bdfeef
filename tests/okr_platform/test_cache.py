"""A cache server that is away or silent costs one short wait now and then, never a page."""

import socket
import time
from collections.abc import Iterator

import pytest

from okr_platform import cache
from okr_platform.cache import Breaker, ForgivingRedisCache


@pytest.fixture
def silent_server() -> Iterator[str]:
    """Takes connections and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(20)
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.fixture(autouse=True)
def _rested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "breaker", Breaker())


def open_cache(address: str) -> ForgivingRedisCache:
    options = {"socket_timeout": 0.3, "socket_connect_timeout": 0.3}
    return ForgivingRedisCache(address, {"OPTIONS": options})


@pytest.mark.parametrize("is_silent", [True, False])
def test_everything_is_a_miss_and_only_the_first_call_waits(silent_server: str, is_silent: bool) -> None:
    store = open_cache(silent_server if is_silent else "redis://127.0.0.1:1/0")
    assert store.get("key", "nothing") == "nothing"
    begun = time.monotonic()
    for _ in range(100):
        assert store.get("key") is None
        assert store.add("key", 1) is True
        assert store.incr("key", 2) == 2
        store.set("key", 1)
        assert store.delete("key") is False
    assert time.monotonic() - begun < 0.3


def test_after_a_rest_one_call_tries_and_an_answer_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [100.0]
    monkeypatch.setattr(cache.time, "monotonic", lambda: moment[0])
    breaker = Breaker()
    assert breaker.may_ask()
    breaker.failed()
    assert not breaker.may_ask()
    moment[0] += cache.REST_SECONDS
    assert [breaker.may_ask(), breaker.may_ask()] == [True, False]
    breaker.answered()
    assert [breaker.may_ask(), breaker.may_ask()] == [True, True]
