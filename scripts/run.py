"""`make run`: from an empty checkout to a running product. Standard library only; every later start is quick."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from environment import PYTHON, ROOT, give_up, prepare_environment


def main() -> None:
    begun = time.monotonic()
    os.chdir(ROOT)
    os.environ.update(dict(given.split("=", 1) for given in sys.argv[1:] if "=" in given))
    host, port = setting("HOST", "127.0.0.1"), setting("PORT", "8000")
    refuse_busy_port(host, port)
    prepare_environment("runtime")
    environment = {
        **os.environ,
        "HOST": host,
        "PORT": port,
        "OKR_STARTED_AT": str(time.time() - (time.monotonic() - begun)),
    }
    environment.setdefault("DJANGO_SETTINGS_MODULE", "okr_platform.settings.production")
    if subprocess.run([PYTHON, "-m", "okr_platform.prepare"], env=environment).returncode:
        raise SystemExit(1)
    arguments = [str(PYTHON), "-m", "gunicorn", "-c", "python:okr_platform.gunicorn_conf"]
    sys.stdout.flush()
    os.execve(PYTHON, arguments, environment)


def setting(name: str, default: str) -> str:
    """A variable of the command line or the environment, else of the .env file, else the default."""
    value = os.environ.get(name, "").strip()
    file = ROOT / ".env"
    if not value and file.is_file():
        for line in file.read_text(encoding="utf-8").splitlines():
            key, _, held = line.partition("=")
            if key.strip() == name:
                value = held.strip().strip("\"'")
    return value or default


def refuse_busy_port(host: str, port: str) -> None:
    """Say so before anything is installed when the address cannot be had."""
    if not (port.isdecimal() and 0 < int(port) < 65536):
        give_up(f"PORT is {port!r}, but must be a number from 1 to 65535.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        give_up(
            f"Cannot listen on {host}, port {port}: {error.strerror}. "
            f"Something else may be using it; try another:  make run PORT={int(port) + 1}"
        )


if __name__ == "__main__":
    main()
