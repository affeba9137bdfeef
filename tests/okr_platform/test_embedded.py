"""The default way to run, as real processes: ready by itself, and gone within six seconds."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the embedded way is SQLite and memory")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    """The environment of a product with its own data folder and tables."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {
        **kept,
        "OKR_DATA_DIR": str(tmp_path),
        "OKR_ENV_FILE": os.devnull,
        "DJANGO_SETTINGS_MODULE": "okr_platform.settings.production",
        "PORT": str(free_port()),
    }
    manage(environment, "migrate", "--no-input", "-v0")
    return environment


@pytest.fixture
def server(variables: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = start_server(variables)
    yield process
    if process.poll() is None:
        process.kill()
        process.wait()


def start_server(variables: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "gunicorn", "-c", "python:okr_platform.gunicorn_conf"]
    process = subprocess.Popen(command, cwd=ROOT, env=variables)
    wait_until(lambda: is_ready(variables["PORT"]))
    return process


def manage(variables: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=variables, check=True, capture_output=True, text=True)
    return done.stdout


def is_ready(port: str) -> bool:
    """Whether database and worker are both reported as well."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def wait_until(is_so: object, seconds: float = 40.0) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)


def end(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    return process.wait(15), time.monotonic() - begun


QUEUE = """
from activity.services import enqueue
from common import clock
for _ in range({count}): enqueue("activity.forget_done_jobs", {{}}, at=clock.now())
"""
MINE = "from activity.models import OutboxJob; mine = OutboxJob.objects.filter(payload={}); "
OPEN = MINE + "print(mine.open().count())"
DONE = MINE + "print(mine.filter(done_at__isnull=False).count())"


def test_ready_with_its_own_worker_and_stops_in_time(server: subprocess.Popen[bytes]) -> None:
    code, seconds = end(server)
    assert code == 0
    assert seconds <= 6


@pytest.mark.timeout(180)
def test_jobs_queued_elsewhere_are_done_and_survive_a_kill(variables: dict[str, str]) -> None:
    process = start_server(variables)
    try:
        manage(variables, "shell", "-v0", "-c", QUEUE.format(count=400))
    finally:
        process.kill()  # the master; its worker notices and goes too
        process.wait()
    assert count_done(variables) <= 400
    wait_until(lambda: not is_ready(variables["PORT"]))
    process = start_server(variables)
    try:
        wait_until(lambda: manage(variables, "shell", "-v0", "-c", OPEN).strip() == "0")
    finally:
        end(process)
    assert count_done(variables) == 400


def count_done(variables: dict[str, str]) -> int:
    return int(manage(variables, "shell", "-v0", "-c", DONE))
