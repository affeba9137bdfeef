"""Files of the project itself: locks, containers, licence, and how tests mirror the code."""

import re
import subprocess
import sys

import pytest
import yaml

from tests.architecture.sources import ROOT, name_of, product_modules, room_of

LOCKS = ("requirements/runtime.txt", "requirements/dev.txt")
EVERY_LOCK = (*LOCKS, "requirements/installer.txt")


@pytest.mark.parametrize("name", EVERY_LOCK)
def test_locks_hold_versions_and_hashes_and_nothing_else(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    pins = [line for line in lines if not line.startswith(" ")]
    assert all(re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==[^ ]+( ;.*)? \\$", line) for line in pins)
    assert all(
        re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in lines if line not in pins
    )
    assert "://" not in text
    assert "index" not in text


def test_both_locks_agree() -> None:
    runtime, dev = (
        {line for line in (ROOT / name).read_text().splitlines() if "==" in line} for name in LOCKS
    )
    assert runtime <= dev


@pytest.mark.parametrize("name", ["installer.in", "runtime.in", "dev.in"])
def test_every_dependency_has_its_reason(name: str) -> None:
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    asked = [line for line in lines if line and not line.startswith(("#", "-r"))]
    assert [line for line in asked if "  # " not in line] == []


def test_compose_file_holds_every_process() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    services = compose["services"]
    assert set(services) == {"postgres", "redis", "migrate", "web", "worker", "beat"}
    assert all("healthcheck" in services[name] for name in ("postgres", "redis", "web", "worker", "beat"))


def test_licence_is_apache() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_every_variable_of_the_settings_is_documented() -> None:
    read = re.compile(r"env\.(?:text|flag|number|words|choice|folder|url)\(\s*\"([A-Z_]+)\"")
    names: set[str] = set()
    for path in (ROOT / "okr_platform").rglob("*.py"):
        names |= set(read.findall(path.read_text(encoding="utf-8")))
    manual = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert sorted(name for name in names - {"OKR_STARTED_AT"} if f"`{name}`" not in manual) == []


def test_tests_mirror_the_code() -> None:
    """tests/<app>/rules/test_x.py tests <app>/rules/x.py."""
    known = {name_of(path) for path in product_modules() if room_of(path) == "rules"}
    strays = []
    for path in (ROOT / "tests").glob("*/rules/test_*.py"):
        app, stem = path.parts[-3], path.stem.removeprefix("test_")
        if not any(name.startswith(f"{app}/rules/") and name.split("/")[-1][:-3] in stem for name in known):
            strays.append(path.relative_to(ROOT).as_posix())
    assert strays == []


def test_command_line_needs_no_settings_variable() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "help", "--commands"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {"seed_demo", "import_okrs", "create_token", "verify_rollups"} <= set(done.stdout.split())
