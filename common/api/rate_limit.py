"""How many requests a caller may make in a minute; an unreachable store never blocks anybody."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

log = logging.getLogger("okr.api")

WINDOW_SECONDS = 60
DEFAULT_LIMIT = 1200
PAUSE_AFTER_FAILURE = 10.0
_silent_until = 0.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of this minute. `reset` is the number of seconds until the next one."""

    limit: int
    remaining: int
    reset: int

    @property
    def is_used_up(self) -> bool:
        return self.remaining < 0

    def headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(max(0, self.remaining)),
            "X-RateLimit-Reset": str(self.reset),
        }


def take_one(caller: str) -> Allowance:
    """Count one request of `caller`. When the store does not answer, everybody has a full allowance."""
    limit = int(getattr(settings, "API_REQUESTS_PER_MINUTE", DEFAULT_LIMIT))
    moment = time.time()
    window = int(moment // WINDOW_SECONDS)
    reset = max(1, round((window + 1) * WINDOW_SECONDS - moment))
    used = _count(f"api-rate:{caller}:{window}")
    return Allowance(limit=limit, remaining=limit - used, reset=reset)


def _count(key: str) -> int:
    global _silent_until
    if time.monotonic() < _silent_until:
        return 0
    try:
        try:
            return int(cache.incr(key))
        except ValueError:  # the first of this minute
            return 1 if cache.add(key, 1, timeout=2 * WINDOW_SECONDS) else int(cache.incr(key))
    except Exception:  # whatever the store's client raises when it is gone
        _silent_until = time.monotonic() + PAUSE_AFTER_FAILURE
        log.warning("the rate limit store does not answer; nobody is limited for a while", exc_info=True)
        return 0
