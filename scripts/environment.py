"""Makes .venv and installs a locked list into it, with the standard library alone. Used by run.py and test.py."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
LOCKS = {"runtime": ROOT / "requirements" / "runtime.txt", "dev": ROOT / "requirements" / "dev.txt"}
INSTALLER = ROOT / "requirements" / "installer.txt"
VENV_HINT = "Python's venv module is incomplete here. On Debian and Ubuntu:  apt install python3-venv"


def say(text: str) -> None:
    """One line of progress."""
    print(f"• {text}", flush=True)


def give_up(text: str) -> NoReturn:
    """End with a message instead of a traceback."""
    print(f"\n✗ {text}", file=sys.stderr, flush=True)
    raise SystemExit(1)


def prepare_environment(name: str) -> None:
    """Bring .venv to the locked list `name` (runtime or dev); does nothing when it is there already.

    A development environment holds everything that the product needs at run time too.
    """
    if any(_stamp(kind).exists() for kind in {name, "dev"}) and _works(PYTHON):
        return
    begun = time.monotonic()
    lock = LOCKS[name]
    total = len(re.findall(r"(?m)^[a-z0-9].*==", lock.read_text(encoding="utf-8")))
    say(f"Installing {total} locked packages into .venv (once)")
    for old in VENV.glob(".installed-*"):
        old.unlink()
    if not _install_with_uv(lock):
        _install_with_pip(lock, total)
    _stamp(name).touch()
    say(f"Packages are ready ({time.monotonic() - begun:.0f} s)")


def _stamp(name: str) -> Path:
    """A file that exists when exactly this lock was installed for this Python."""
    digest = hashlib.sha256(LOCKS[name].read_bytes()).hexdigest()[:16]
    return VENV / f".installed-{name}-{digest}"


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    question = f"import sys; sys.exit(sys.version_info[:2] < {OLDEST})"
    return subprocess.run([python, "-c", question], capture_output=True, check=False).returncode == 0


def _base_python() -> str:
    """A Python new enough to build on: this one, else the newest on PATH."""
    if sys.version_info[:2] >= OLDEST and sys.prefix == sys.base_prefix:
        return sys.executable
    for name in ("python3.14", "python3.13", "python3.12", "python3.11", "python3"):
        found = shutil.which(name)
        if found and _works(Path(found)):
            return found
    give_up(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.")


def _install_with_uv(lock: Path) -> bool:
    """The fast way: uv from PATH, else from .venv, put there by pip. False when it cannot be done here."""
    if not _works(PYTHON) and _fails(_base_python(), "-m", "venv", "--clear", VENV):
        return False
    uv = shutil.which("uv") or VENV / "bin" / "uv"
    if not Path(uv).exists():
        options = [
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--no-compile",
            "--disable-pip-version-check",
        ]
        _fails(PYTHON, "-m", "pip", "install", "-q", "--no-input", *options, "-r", INSTALLER)
    command = [uv, "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", lock]
    return Path(uv).exists() and not _fails(*command)


def _fails(*command: str | Path) -> bool:
    """Run a program quietly; whether it went wrong."""
    return subprocess.run(command, capture_output=True, check=False).returncode != 0


def _install_with_pip(lock: Path, total: int) -> None:
    """The way that every Python knows; without ensurepip the system's pip installs into .venv from outside."""
    base = _base_python()
    has_ensurepip = subprocess.run([base, "-c", "import ensurepip"], capture_output=True).returncode == 0
    if not _works(PYTHON):
        extra = [] if has_ensurepip else ["--without-pip"]
        if subprocess.run([base, "-m", "venv", "--clear", *extra, VENV]).returncode:
            give_up(VENV_HINT)
    pip: list[str | Path] = [PYTHON, "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True).returncode:
        if subprocess.run([base, "-m", "pip", "--version"], capture_output=True).returncode:
            give_up(VENV_HINT)
        pip = [base, "-m", "pip", "--python", PYTHON]
    command = [
        *pip,
        "install",
        "--require-hashes",
        "--disable-pip-version-check",
        "--no-input",
        "--no-compile",
        "-r",
        lock,
    ]
    environment = {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "PIP_PROGRESS_BAR": "off",
        "PIP_ROOT_USER_ACTION": "ignore",
    }
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    assert process.stdout is not None
    tail = _show_progress(process.stdout, total)
    if process.wait():
        print("".join(tail[-25:]), file=sys.stderr)
        give_up("The packages could not be installed; pip's last words are above.")


def _show_progress(lines: Iterable[str], total: int) -> list[str]:
    """Count what pip has found so far; returns what it said."""
    seen, shown, tail = 0, 0, []
    for line in lines:
        tail.append(line)
        if line.startswith("Collecting "):
            seen += 1
        is_last = line.startswith("Installing collected")
        if is_last or seen >= shown + max(10, total // 5):
            shown = seen
            say(f"  {'all' if is_last else seen} of {total} packages" + (", unpacking" if is_last else ""))
    return tail
