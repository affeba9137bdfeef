"""What is measured: the product as in production on real PostgreSQL and Redis, with a big organisation in it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from services import Services, free_port  # noqa: E402 - scripts/ is no package

ORGANISATION = "Scale"
TOKEN_COUNT = 8
READY_SECONDS = 60.0
WEB = {"OKR_WEB_WORKERS": "2", "OKR_WEB_THREADS": "4", "OKR_API_RATE": "1000000"}


@dataclass(frozen=True, slots=True)
class Size:
    people: int = 500
    objectives: int = 4000
    key_results: int = 16000
    weeks: int = 12


@dataclass(slots=True)
class Stage:
    """Where the product listens, and whom it knows. `cookies` are those of people who are signed in."""

    address: tuple[str, int]
    reader_token: str
    writer_tokens: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    key_result_ids: list[UUID] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://{self.address[0]}:{self.address[1]}"


@contextmanager
def open_stage(size: Size) -> Iterator[Stage]:
    """Start everything, fill it, yield it, and take it all away again."""
    services = Services()
    with tempfile.TemporaryDirectory(prefix="okr-bench-") as folder:
        try:
            environment = {
                **services.environment(),
                **WEB,
                "OKR_DATA_DIR": folder,
                "OKR_ENV_FILE": os.devnull,
                "OKR_STATEMENT_TIMEOUT_MS": "120000",
                "DJANGO_SETTINGS_MODULE": "okr_platform.settings.production",
                "HOST": "127.0.0.1",
                "PORT": str(free_port()),
                "DEMO": "0",
            }
            os.environ.update(environment)
            _fill(size)
            with _web(Path(folder)) as address:
                yield _stage(address)
        finally:
            with suppress(ImportError):
                from django.db import connections

                connections.close_all()
            services.stop()


def _fill(size: Size) -> None:
    """Tables, static files and the organisation, then what a database knows after its first night (ANALYZE)."""
    subprocess.run(
        [sys.executable, "-m", "okr_platform.prepare"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    begun = time.monotonic()
    call_command(
        "seed_scale",
        organisation=ORGANISATION,
        people=size.people,
        objectives=size.objectives,
        key_results=size.key_results,
        weeks=size.weeks,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"  filled in {time.monotonic() - begun:.1f} s", flush=True)


@contextmanager
def _web(folder: Path) -> Iterator[tuple[str, int]]:
    """gunicorn with the production settings, serving the product and the floor's two addresses."""
    from okr_platform.settings import server

    host, port = server.WEB_HOST, server.WEB_PORT
    command = [sys.executable, "-m", "gunicorn", "-c", "python:okr_platform.gunicorn_conf"]
    with (folder / "web.log").open("wb") as log:
        web = subprocess.Popen(
            [*command, "benchmarks.floor_app:application"], cwd=ROOT, stdout=log, stderr=log
        )
        try:
            _wait_until_ready(web, (host, port), folder / "web.log")
            yield host, port
        finally:
            web.terminate()
            web.wait(15)
            _show_last_error((folder / "web.log").read_text(encoding="utf-8", errors="replace"))


def _show_last_error(log: str) -> None:
    """What the server complained about last, so that a bad answer can be understood."""
    _, found, last = log.rpartition("Traceback (most recent call last)")
    if found:
        last = last.replace("\\n", "\n")  # the log holds one line of JSON per event
        print("The server's last error:\n" + "\n".join((found + last).splitlines()[-12:]), flush=True)


def _wait_until_ready(web: subprocess.Popen[bytes], address: tuple[str, int], log: Path) -> None:
    from benchmarks.load import Call, ask

    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and web.poll() is None:
        with suppress(OSError):
            if ask(address, Call("GET", "/healthz"))[0] == 200:
                return
        time.sleep(0.1)
    raise SystemExit(
        "The product did not start:\n" + log.read_text(encoding="utf-8", errors="replace")[-4000:]
    )


def _stage(address: tuple[str, int]) -> Stage:
    """A member who reads, administrators' tokens that write, eight people (leaders first) who are signed in."""
    from objectives.models import KeyResult
    from people.models import User
    from people.roles import Role

    people = User.objects.filter(organisation__name=ORGANISATION).order_by("name")
    administrator = people.get(role=Role.ADMINISTRATOR)
    stage = Stage(address, reader_token=_token(people.filter(role=Role.MEMBER)[0], "read"))
    stage.writer_tokens = [_token(administrator, "read,check_in") for _ in range(TOKEN_COUNT)]
    readers = [
        *people.filter(role=Role.LEADER)[:TOKEN_COUNT],
        *people.exclude(role=Role.LEADER)[:TOKEN_COUNT],
    ]
    stage.cookies = [_cookie(person) for person in readers[:TOKEN_COUNT]]
    rows = KeyResult.objects.filter(organisation__name=ORGANISATION, kind="percent_done")
    stage.key_result_ids = list(rows.order_by("pk").values_list("pk", flat=True))
    return stage


def _token(person: Any, scopes: str) -> str:
    from django.core.management import call_command

    with tempfile.TemporaryFile("w+") as out:
        call_command("create_token", person.email, scopes=scopes, stdout=out)
        out.seek(0)
        return out.read().strip()


def _cookie(person: Any) -> str:
    """The cookie of a browser that has just signed in."""
    from django.test import Client

    client = Client()
    client.force_login(person)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
