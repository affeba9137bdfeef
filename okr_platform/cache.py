"""A Redis cache whose absence is a miss: sign-in and pages go on, and fast, while Redis is away or silent."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
REST_SECONDS = 10.0
AnswerT = TypeVar("AnswerT")


class Breaker:
    """After a failure nobody asks for REST_SECONDS, then one call tries: a silent server costs one wait, not all."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._rests_until = 0.0

    def may_ask(self) -> bool:
        """Whether to ask now. Whoever is let through first after a rest holds the others back meanwhile."""
        if self._rests_until == 0.0:
            return True
        with self._guard:
            now = time.monotonic()
            if now < self._rests_until:
                return False
            self._rests_until = now + REST_SECONDS
            return True

    def failed(self) -> None:
        with self._guard:
            self._rests_until = time.monotonic() + REST_SECONDS

    def answered(self) -> None:
        if self._rests_until:
            with self._guard:
                self._rests_until = 0.0


breaker = Breaker()


class OneClient(RedisCacheClient):
    """Django makes a client for every command, which costs more than the command. Connections come from its pool."""

    @cached_property
    def _only(self) -> Any:
        return super().get_client(write=True)

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """There is one server, for reading and for writing."""
        return self._only


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; an error of the connection counts as a miss and is logged."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return _ask("get", default, lambda: super(ForgivingRedisCache, self).get(key, default, version))

    def add(self, key: str, value: Any, timeout: Any = 300, version: int | None = None) -> bool:
        return _ask(
            "add", True, lambda: bool(super(ForgivingRedisCache, self).add(key, value, timeout, version))
        )

    def set(self, key: str, value: Any, timeout: Any = 300, version: int | None = None) -> None:
        _ask("set", None, lambda: super(ForgivingRedisCache, self).set(key, value, timeout, version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return _ask("incr", delta, lambda: int(super(ForgivingRedisCache, self).incr(key, delta, version)))

    def delete(self, key: str, version: int | None = None) -> bool:
        return _ask("delete", False, lambda: bool(super(ForgivingRedisCache, self).delete(key, version)))


def _ask(what: str, answer: AnswerT, operation: Callable[[], AnswerT]) -> AnswerT:
    """What the server says, or `answer` when it says nothing."""
    if not breaker.may_ask():
        return answer
    try:
        said = operation()
    except RedisError as error:
        breaker.failed()
        log.warning("cache_unreachable", operation=what, error=str(error))
        return answer
    breaker.answered()
    return said
