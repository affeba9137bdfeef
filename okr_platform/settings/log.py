"""Logging: one line per event with the request id, JSON for machines or coloured text for a terminal."""

from __future__ import annotations

import sys
from typing import Any

import structlog

from okr_platform.settings.place import env

_format = env.choice("OKR_LOG_FORMAT", "console" if sys.stderr.isatty() else "json", ("console", "json"))
_level = env.choice("OKR_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
_shared: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]
_last: list[Any] = (
    [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    if _format == "json"
    else [structlog.dev.ConsoleRenderer()]
)
structlog.configure(
    processors=[*_shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _shared,
            "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_last],
        }
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "structured"}
    },
    "root": {"handlers": ["stderr"], "level": _level},
    "loggers": {
        "django": {"handlers": [], "level": _level, "propagate": True},
        # Refusals have their line already, and without the secrets that an address may hold.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": _level, "propagate": True},
        "celery": {"level": "WARNING"},
        "kombu": {"level": "WARNING"},
        "gunicorn.http.wsgi": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
    },
}
