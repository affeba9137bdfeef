"""The product's web process, and the time that each page takes it."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field

from tests.chaos.machines import READY_SECONDS, ROOT, Machines, free_port

PAGES = (
    *("/my-week/", "/strategy/", "/objectives/", "/alignment/", "/teams/", "/feed/", "/inbox/", "/settings/"),
    *("/objectives/{objective}/", "/key-results/{key_result}/", "/my-week/?to=1", "/healthz", "/feed/?all=1"),
    *("/api/v1/me/", "/api/v1/objectives/", "/api/v1/key-results/", "/api/v1/teams/", "/api/v1/cycles/"),
    *("/api/v1/objectives/{objective}/", "/api/v1/key-results/{key_result}/"),
)
CHECK_IN = "/api/v1/key-results/{key_result}/check-ins/"


@dataclass
class Web:
    """gunicorn with the production settings, and one person who is signed in."""

    machines: Machines
    port: int = field(default_factory=free_port)
    known: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, set[int]] = field(default_factory=dict)

    def start(self) -> None:
        self.machines.settings |= {"HOST": "127.0.0.1", "PORT": str(self.port), "DEMO": "0"}
        self.machines.settings |= {"OKR_API_RATE": "1000000", "OKR_WEB_WORKERS": "1"}
        self.machines.run("okr_platform.prepare")
        command = [sys.executable, "-m", "tests.chaos.sign_in"]
        environment = self.machines.environment
        self.known = json.loads(subprocess.check_output(command, cwd=ROOT, env=environment))
        self.machines.start_web()
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            with suppress(OSError):
                if self.ask("GET", "/healthz")[0] == http.client.OK:
                    return
            time.sleep(0.2)
        raise RuntimeError((self.machines.folder / "web.log").read_text(errors="replace")[-4_000:])

    def round(self) -> list[float]:
        """Seconds of twenty pages and one check-in; what each was answered with is added to `statuses`."""
        seconds = []
        for path in PAGES:
            seconds.append(self._timed("GET", path, None))
        words = json.dumps({"value": 20, "confidence": 6}).encode()
        return [*seconds, self._timed("POST", CHECK_IN, words)]

    def _timed(self, method: str, path: str, body: bytes | None) -> float:
        status, seconds = self.ask(method, path.format(**self.known), body)
        self.statuses.setdefault(path, set()).add(status)
        return seconds

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, float]:
        is_api = path.startswith("/api/")
        headers = (
            {"Authorization": f"Bearer {self.known['token']}"}
            if is_api
            else {"Cookie": self.known.get("cookie", "")}
        )
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            begun = time.perf_counter()
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, time.perf_counter() - begun
        finally:
            connection.close()
