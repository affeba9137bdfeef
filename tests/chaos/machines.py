"""PostgreSQL, Redis, workers and beats as real processes that can be killed, stopped and started again, by id."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from services import IS_ROOT, find_program, free_port  # noqa: E402 - scripts/ is no package

READY_SECONDS = 60.0
POSTGRESQL = {
    "fsync": "off",  # the machine itself does not fall
    "synchronous_commit": "on",  # the server does, and what was committed must be there afterwards
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
}
CELERY = [sys.executable, "-m", "celery", "-A", "okr_platform"]
WORKER = [*CELERY, "worker", "--loglevel", "WARNING", "--concurrency", "1"]
BEAT = [*CELERY, "beat", "--loglevel", "WARNING"]


@dataclass
class Machines:
    """Everything that one run starts; `stop()` takes it all away again."""

    mail_url: str
    settings: dict[str, str] = field(default_factory=dict)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="okr-chaos-", dir="/tmp")))
    redis_port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.chmod(0o777)
        (self.folder / "data").mkdir(mode=0o777)
        initdb = find_program("initdb")
        command = [initdb, "-D", self.folder / "postgresql", "-U", "okr", "-A", "trust", "--no-sync"]
        self._start("initdb", [*command, "-E", "UTF8", "--locale=C.UTF-8"], as_nobody=True).wait(
            READY_SECONDS
        )
        self.start_postgresql()
        self.start_redis()
        self.manage("migrate", "--no-input", "-v0")

    @property
    def database_url(self) -> str:
        return f"postgresql:///postgres?host={self.folder}&user=okr"

    @property
    def environment(self) -> dict[str, str]:
        own = ("OKR_", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DJANGO_SETTINGS_MODULE")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "okr_platform.settings.production",
            "DATABASE_URL": self.database_url,
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "EMAIL_URL": self.mail_url,
            "OKR_DATA_DIR": str(self.folder / "data"),
            "OKR_ENV_FILE": os.devnull,
            "OKR_LOG_FORMAT": "console",
            "OKR_LOG_LEVEL": "WARNING",
            **self.settings,
        }

    def manage(self, *arguments: str) -> None:
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True)

    def run(self, module: str, *arguments: str) -> None:
        subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, env=self.environment, check=True)

    def start_postgresql(self) -> None:
        options = [part for name, value in POSTGRESQL.items() for part in ("-c", f"{name}={value}")]
        command = [find_program("postgres"), "-D", self.folder / "postgresql", "-k", self.folder, *options]
        self._start("postgresql", command, as_nobody=True)
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            with suppress(psycopg2.OperationalError):
                self.ask("SELECT 1")
                return
            time.sleep(0.1)
        raise RuntimeError((self.folder / "postgresql.log").read_text(errors="replace")[-4_000:])

    def restart_postgresql(self) -> None:
        """Immediate: sessions are cut off, and the server recovers from its log."""
        self.running["postgresql"].send_signal(signal.SIGQUIT)
        self.running["postgresql"].wait(READY_SECONDS)
        self.start_postgresql()

    def start_redis(self) -> None:
        command = [find_program("redis-server"), "--port", str(self.redis_port), "--bind", "127.0.0.1"]
        self._start("redis", [*command, "--save", "", "--appendonly", "no", "--dir", self.folder])

    def kill_redis(self) -> None:
        """Everything in it is gone."""
        self._kill("redis")
        self.start_redis()

    def silence_redis(self, seconds: float) -> None:
        """It accepts connections and never answers."""
        self.running["redis"].send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self.running["redis"].send_signal(signal.SIGCONT)

    def start_celery(self, name: str) -> None:
        """`worker1`, `worker2`, `beat1` …"""
        command = [*WORKER, "-n", f"{name}@chaos"] if name.startswith("worker") else BEAT
        self._start(name, command)

    def kill_celery(self, name: str) -> None:
        """SIGKILL to the process and its children, and a new one in its place."""
        self._kill(name)
        self.start_celery(name)

    def start_web(self) -> None:
        """gunicorn, at the HOST and PORT among `settings`."""
        self._start("web", [sys.executable, "-m", "gunicorn", "-c", "python:okr_platform.gunicorn_conf"])

    def end(self, name: str) -> None:
        """Killed, and nothing in its place."""
        self._kill(name)

    def signal(self, name: str, number: signal.Signals) -> None:
        self.running[name].send_signal(number)

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        """Rows of one statement, over a connection of its own."""
        connection = psycopg2.connect(host=str(self.folder), user="okr", dbname="postgres", connect_timeout=5)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def stop(self) -> None:
        for name in list(self.running):
            self._kill(name)
        subprocess.run(["rm", "-rf", str(self.folder)], check=False)

    def _kill(self, name: str) -> None:
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(READY_SECONDS)

    def _start(
        self, name: str, command: list[str | Path | None], *, as_nobody: bool = False
    ) -> subprocess.Popen[bytes]:
        """A process group of its own; PostgreSQL refuses to run as root."""
        is_other = as_nobody and IS_ROOT
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=self.folder if as_nobody else ROOT,
                env=None if as_nobody else self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user="nobody" if is_other else None,
                extra_groups=[] if is_other else None,
            )
        self.running[name] = process
        return process
