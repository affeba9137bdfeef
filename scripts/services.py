"""Throw-away PostgreSQL and Redis for the tests, and the programs that must be there for it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from environment import give_up, say

APT_PACKAGES = {"postgres": "postgresql", "redis-server": "redis-server", "chromium": "chromium"}
IS_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")
IS_ROOT = os.geteuid() == 0
READY_SECONDS = 30.0


def find_program(name: str) -> Path | None:
    """Where a program lies: on PATH, or where Debian keeps PostgreSQL's."""
    names = ("chromium", "chromium-browser", "google-chrome") if name == "chromium" else (name,)
    for candidate in names:
        if found := shutil.which(candidate):
            return Path(found).resolve() if name in ("postgres", "initdb") else Path(found)
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return versions[-1] if versions else None


def provide_programs() -> list[str]:
    """Install what is missing where that is possible (Debian, as root); returns what still is not there."""
    missing = [name for name in APT_PACKAGES if find_program(name) is None]
    apt = shutil.which("apt-get")
    if missing and apt and IS_ROOT:
        packages = [APT_PACKAGES[name] for name in missing]
        say(f"Installing {', '.join(packages)} with apt (once; waits for other installations)")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
            subprocess.run([apt, "-o", "DPkg::Lock::Timeout=300", *arguments], env=environment, check=False)
        missing = [name for name in APT_PACKAGES if find_program(name) is None]
    if missing and IS_CI:
        give_up(f"Not found: {', '.join(missing)}. On a build server every part of the tests must run.")
    return missing


@dataclass
class Services:
    """PostgreSQL and Redis of one test run; `stop()` ends what was started here, by process id."""

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="okr-services-", dir="/tmp")))
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """Start both; the variables that lead the product to them."""
        if IS_ROOT:
            shutil.chown(self.folder, "nobody")
        return {"DATABASE_URL": self._start_postgresql(), "REDIS_URL": self._start_redis()}

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.send_signal(2)  # PostgreSQL's fast shutdown; Redis ends too
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _as_owner(self, command: list[str | Path], log: str) -> subprocess.Popen[bytes]:
        """PostgreSQL refuses to run as root, so root lets `nobody` run it."""
        with (self.folder / log).open("ab") as output:
            return subprocess.Popen(
                command,
                stdout=output,
                stderr=output,
                cwd=self.folder,
                user="nobody" if IS_ROOT else None,
                extra_groups=[] if IS_ROOT else None,
                start_new_session=True,  # Ctrl+C ends the tests, which then end this
            )

    def _start_postgresql(self) -> str:
        initdb, postgres = find_program("initdb"), find_program("postgres")
        assert initdb is not None
        assert postgres is not None
        data = self.folder / "postgresql"
        make = [initdb, "-D", data, "-U", "okr", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        if self._as_owner([*make], "initdb.log").wait(READY_SECONDS):
            give_up("initdb failed:\n" + (self.folder / "initdb.log").read_text(encoding="utf-8"))
        settings = {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "listen_addresses": "",
            "max_connections": "120",
            "shared_buffers": "128MB",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [postgres, "-D", data, "-k", self.folder, *options]
        self.processes.append(self._as_owner(command, "postgresql.log"))
        self._wait_for(socket.AF_UNIX, str(self.folder / ".s.PGSQL.5432"), "PostgreSQL", "postgresql.log")
        return f"postgresql:///postgres?host={self.folder}&user=okr"

    def _start_redis(self) -> str:
        redis = find_program("redis-server")
        assert redis is not None
        port = free_port()
        command = [redis, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.processes.append(self._as_owner([*command, "--dir", str(self.folder)], "redis.log"))
        self._wait_for(socket.AF_INET, ("127.0.0.1", port), "Redis", "redis.log")
        return f"redis://127.0.0.1:{port}/0"

    def _wait_for(self, family: int, address: str | tuple[str, int], name: str, log: str) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self.processes[-1].poll() is None:
            with socket.socket(family) as probe:
                if probe.connect_ex(address) == 0:
                    return
            time.sleep(0.05)
        words = (self.folder / log).read_text(encoding="utf-8", errors="replace")
        self.stop()
        give_up(f"{name} did not start:\n{words}")


def free_port() -> int:
    """A loopback port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit("started by scripts/test.py")
