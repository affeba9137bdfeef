"""The database and the cache: SQLite and memory when nothing is set, PostgreSQL and Redis by URL."""

from __future__ import annotations

from typing import Any

from okr_platform.env import database_from_url
from okr_platform.settings.place import OKR_DATA_DIR, env

SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-64000;"
)


def _sqlite() -> dict[str, Any]:
    """IMMEDIATE takes the write lock at BEGIN: writers queue up instead of failing half-way."""
    OKR_DATA_DIR.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": OKR_DATA_DIR / "okr.sqlite3",
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
    }


def _postgresql(connection: dict[str, Any]) -> dict[str, Any]:
    """Statements here are short; compiling one (PostgreSQL's jit) takes longer than running it."""
    timeout = env.number("OKR_STATEMENT_TIMEOUT_MS", 30_000)
    return {
        **connection,
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": env.number("OKR_CONNECTION_SECONDS", 300),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": "5",
            "application_name": "okr_platform",
            "options": f"-c jit=off -c statement_timeout={timeout} -c idle_in_transaction_session_timeout=60000",
            **connection["OPTIONS"],
        },
    }


_connection = database_from_url(env)
DATABASES = {"default": _postgresql(_connection) if _connection else _sqlite()}
DATABASES["default"]["ATOMIC_REQUESTS"] = False  # with IMMEDIATE every page would take the write lock

_redis = env.url("REDIS_URL", "redis://:password@host:6379/0", ("redis", "rediss"))
REDIS_URL = _redis.geturl() if _redis else ""
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "okr_platform.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "okr",
        "OPTIONS": {"socket_timeout": 0.3, "socket_connect_timeout": 0.3},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
}
