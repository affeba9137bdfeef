"""A Redis cache whose absence is a miss: sign-in and pages go on while Redis is away."""

from __future__ import annotations

from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


class OneClient(RedisCacheClient):
    """Django makes a client for every command, which costs more than the command.."""

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
        try:
            return super().get(key, default, version)
        except RedisError as error:
            return _missed("get", error, default)

    def add(self, key: str, value: Any, timeout: Any = 300, version: int | None = None) -> bool:
        try:
            return bool(super().add(key, value, timeout, version))
        except RedisError as error:
            return _missed("add", error, True)

    def set(self, key: str, value: Any, timeout: Any = 300, version: int | None = None) -> None:
        try:
            super().set(key, value, timeout, version)
        except RedisError as error:
            _missed("set", error, None)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        try:
            return int(super().incr(key, delta, version))
        except RedisError as error:
            return _missed("incr", error, delta)

    def delete(self, key: str, version: int | None = None) -> bool:
        try:
            return bool(super().delete(key, version))
        except RedisError as error:
            return _missed("delete", error, False)


def _missed(what: str, error: RedisError, answer: Any) -> Any:
    log.warning("cache_unreachable", operation=what, error=str(error))
    return answer
