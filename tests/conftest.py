"""What every test may ask for. Rows come from tests/factories; people by role from there too."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache

# Playwright's loop runs in the test's thread; Django would otherwise refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A busy machine is no failure: how long an example takes is not what the properties are about.
hypothesis.settings.register_profile(
    "project", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("project")

CHROMIUM = os.environ.get("OKR_TEST_CHROMIUM", "/usr/bin/chromium")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


ONCE = (
    "test_role_matrix.py",
    "test_hostile_words.py",
    "test_nothing_leaks.py",
    "test_every_link_of_the_demo.py",
    "test_every_page_of_real_sets.py",
    "test_generated_calls.py",
)
"""Long walks over every page and address. Like the tests of pages, they run on PostgreSQL where it is there."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark by folder, so that the lanes of `make test` can choose; skip what this database cannot do."""
    has_postgresql = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    for item in items:
        parts = item.path.parts
        if "rules" in parts:
            item.add_marker(pytest.mark.rules)
        if "views" in parts or item.path.name in ONCE:
            item.add_marker(pytest.mark.once)
        if "journeys" in parts:
            item.add_marker(pytest.mark.journey)
        if item.get_closest_marker("postgresql") and not has_postgresql:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL (DATABASE_URL)"))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the data folder of this process away; a parallel worker ends without the usual farewell."""
    if settings.OKR_DATA_DIR.name.startswith("okr-test-"):
        shutil.rmtree(settings.OKR_DATA_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rate limits and other cached facts do not leak from one test into the next."""
    yield
    cache.clear()


@pytest.fixture(scope="session")
def database_kind() -> str:
    """postgresql or sqlite: the lane that this run is."""
    return "postgresql" if "postgresql" in settings.DATABASES["default"]["ENGINE"] else "sqlite"


@pytest.fixture
def run_jobs() -> Callable[[], int]:
    """Deliver every job that is due now, as a worker would; returns how many were tried."""
    from activity.services.deliver_jobs import deliver_jobs
    from common import clock
    from okr_platform.celery import app

    app.loader.import_default_modules()
    return lambda: deliver_jobs(now=clock.now)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, nothing downloaded."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "headless": True, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}, "locale": "en-GB"}


@pytest.fixture
def context(context: Any) -> Iterator[Any]:
    """A browser context that fails the test on any request beyond loopback, page error or refused content."""
    strangers: list[str] = []
    complaints: list[str] = []

    def look(route: Any) -> None:
        url = route.request.url
        if url.startswith(("http://localhost:", "http://127.0.0.1:", "data:", "blob:")):
            route.continue_()
        else:
            strangers.append(url)
            route.abort()

    def listen(page: Any) -> None:
        page.on("pageerror", lambda error: complaints.append(f"page error: {error}"))
        page.on("console", hear)

    def hear(message: Any) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            complaints.append(message.text)

    context.route("**/*", look)
    context.on("page", listen)
    yield context
    assert strangers == [], "the page asked for something outside this machine"
    assert complaints == [], "the page complained"
