"""The web server's shape, read by gunicorn.conf.py, and the one combination that is refused."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from okr_platform.settings.database import REDIS_URL
from okr_platform.settings.place import env

WEB_WORKERS = env.number("OKR_WEB_WORKERS", 1, at_least=1, at_most=64)
WEB_THREADS = env.number("OKR_WEB_THREADS", 8, at_least=1, at_most=64)
EMBEDDED_WORKER_THREADS = env.number("OKR_EMBEDDED_THREADS", 4, at_least=1, at_most=32)
IS_EMBEDDED = not REDIS_URL
WEB_HOST = env.text("HOST", "127.0.0.1")
LOADS_DEMO = env.flag("DEMO", default=True)
DEMO_PASSWORD = env.text("OKR_DEMO_PASSWORD")  # the same for all four sign-ins of the demo; empty: made up
WEB_PORT = env.number("PORT", 8000, at_least=1, at_most=65_535)
SITE_URL = env.text("OKR_SITE_URL", f"http://127.0.0.1:{WEB_PORT}").rstrip(
    "/"
)  # what links in mails begin with

env.text("OKR_STARTED_AT")  # set by scripts/run.py for okr_platform/prepare.py

if IS_EMBEDDED and WEB_WORKERS > 1:
    raise ImproperlyConfigured(
        f"The environment variable OKR_WEB_WORKERS is {WEB_WORKERS}, but must be 1 while REDIS_URL is unset: the "
        "background worker then lives inside the one web process. Set REDIS_URL to run several."
    )
