"""`make test`: set up, then every check and every test; the last line sums up all lanes the way pytest does."""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from environment import PYTHON, ROOT, prepare_environment, say
from services import Services, find_program, provide_programs

APPS = [
    *("okr_platform", "common", "people", "activity", "notices", "objectives"),
    *("alignment", "checkins", "insights", "dashboards", "integrations"),
]
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed|deselected|rerun)")
WORKERS = os.environ.get("OKR_TEST_WORKERS", "2")
DEPLOYED = {
    "DJANGO_SETTINGS_MODULE": "okr_platform.settings.production",
    "OKR_HTTPS": "1",
    "OKR_ALLOWED_HOSTS": "okr.example.org",
    "OKR_TRUSTED_PROXIES": "1",
    "OKR_SECRET_KEY": "an-example-that-is-long-enough-0123456789-abcdefghij-klmnop",
    "OKR_TOKEN_PEPPER": "another-example-0123456789-abcdefghij",
    "DATABASE_URL": "postgresql://okr@localhost/okr",
    "REDIS_URL": "redis://localhost:6379/0",
}


@dataclass(slots=True)
class Outcome:
    """What became of one check or one lane."""

    name: str
    is_good: bool
    seconds: float
    text: str = ""
    counts: dict[str, int] = field(default_factory=dict)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", choices=("setup", "checks", "audit", "chaos"))
    only = arguments.parse_args().only
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.chdir(ROOT)
    begun = time.monotonic()
    prepare_environment("dev")
    if only == "setup":
        return 0
    outcomes: list[Outcome] = []
    if only in (None, "checks"):
        outcomes += run_checks()
    if only != "checks":
        outcomes += run_lanes(only, provide_programs())
    return close(outcomes, time.monotonic() - begun)


def run_checks() -> list[Outcome]:
    """The checks that read the code, two at a time."""
    python, checks = str(PYTHON), {}
    checks["types (mypy)"] = [python, "-m", "mypy", *[app for app in APPS if (ROOT / app).is_dir()]]
    checks["lint (ruff)"] = [python, "-m", "ruff", "check", "."]
    checks["format (ruff)"] = [python, "-m", "ruff", "format", "--check", "."]
    checks["import contracts"] = [str(PYTHON.parent / "lint-imports"), "--no-cache"]
    templates = sorted(str(path) for path in (ROOT / "templates").rglob("*.html"))
    if templates:
        checks["templates (djade)"] = [
            *(str(PYTHON.parent / "djade"), "--check", "--target-version", "5.2"),
            *templates,
        ]
    checks["migrations complete"] = [python, "manage.py", "makemigrations", "--check", "--dry-run"]
    checks["settings (check --deploy)"] = [
        python,
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
    ]
    with tempfile.TemporaryDirectory(prefix="okr-checks-") as folder, ThreadPoolExecutor(2) as pool:
        plain = {**clean_environment(), "OKR_DATA_DIR": folder}
        jobs = []
        for name, command in checks.items():
            extra = DEPLOYED if "deploy" in name else {}
            jobs.append(pool.submit(run_check, name, command, {**plain, **extra}))
        return [job.result() for job in jobs]


def run_check(name: str, command: list[str], environment: dict[str, str]) -> Outcome:
    begun = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    outcome = Outcome(name, done.returncode == 0, time.monotonic() - begun, done.stdout + done.stderr)
    say(f"{'✓' if outcome.is_good else '✗'} {name} ({outcome.seconds:.0f} s)")
    if not outcome.is_good:
        print(outcome.text[-6000:], flush=True)
    return outcome


def run_lanes(only: str | None, missing: list[str]) -> list[Outcome]:
    """pytest on PostgreSQL + Redis, in Chromium, and on SQLite; what is not here is left out loudly.

    Rules, services, queries and the REST interface run on both databases, pages and long walks on one.
    """
    has_services = not {"postgres", "redis-server"} & set(missing)
    what = {"audit": "slow", "chaos": "chaos"}.get(only or "", "not slow and not chaos")
    outcomes = []
    if has_services:
        services = Services()
        try:
            mine = services.environment()
            outcomes.append(run_lane("PostgreSQL + Redis", f"({what}) and not rules and not journey", mine))
        finally:
            services.stop()
    else:
        outcomes.append(left_out("PostgreSQL + Redis", missing))
    if "chromium" in missing:
        outcomes.append(left_out("journeys in Chromium", missing))
    else:
        mine = {"OKR_TEST_CHROMIUM": str(find_program("chromium"))}
        outcomes.append(run_lane("journeys in Chromium", f"({what}) and journey", mine))
    both = " and not once" if has_services else ""
    outcomes.append(run_lane("SQLite", f"({what}) and not journey{both}", {}))
    return outcomes


def run_lane(name: str, markers: str, extra: dict[str, str]) -> Outcome:
    """One run of pytest, shown as it goes; its closing line is kept for the end."""
    say(f"Tests: {name}")
    begun = time.monotonic()
    command = [
        str(PYTHON),
        "-m",
        "pytest",
        "-q",
        "-n",
        WORKERS,
        "--dist",
        "loadgroup",
        "--durations=12",
        "-m",
        markers,
    ]
    environment = {**clean_environment(), **extra, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        start_new_session=True,
    )
    assert process.stdout is not None
    last = ""
    try:
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line if COUNT.search(line) or "no tests ran" in line else last
        code = process.wait()
    except BaseException:
        os.killpg(process.pid, signal.SIGTERM)
        raise
    counts = {
        word.rstrip("s") if word == "errors" else word: int(number) for number, word in COUNT.findall(last)
    }
    return Outcome(name, code in (0, 5), time.monotonic() - begun, last, counts)


def left_out(name: str, missing: list[str]) -> Outcome:
    print(f"\n!!! LEFT OUT: {name}. Not found here: {', '.join(missing)}. Install them to test everything.\n")
    return Outcome(f"{name}: LEFT OUT", True, 0.0, counts={"skipped": 1})


def clean_environment() -> dict[str, str]:
    """The caller's environment without what would lead the tests to the caller's own data."""
    own = ("OKR_", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_ADDOPTS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return {**kept, "OKR_ENV_FILE": os.devnull}


def close(outcomes: list[Outcome], seconds: float) -> int:
    """One table of everything, then one line over all lanes in pytest's own form."""
    print("\nSummary")
    totals: dict[str, int] = {}
    for outcome in outcomes:
        counts = outcome.counts or {"passed" if outcome.is_good else "error": 1}
        tally = ", ".join(f"{number} {word}" for word, number in outcome.counts.items())
        print(f"  {'✓' if outcome.is_good else '✗'} {outcome.name:<28} {outcome.seconds:5.0f} s  {tally}")
        if not outcome.is_good and not {"failed", "error"} & counts.keys():
            counts = {**counts, "error": 1}
        for word, number in counts.items():
            totals[word] = totals.get(word, 0) + number
    order = ("failed", "error", "passed", "skipped", "xfailed", "xpassed", "rerun")
    words = [f"{totals[word]} {word}{plural(word, totals[word])}" for word in order if totals.get(word)]
    whole = int(seconds)
    clock = f" ({whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02})" if whole >= 60 else ""
    print(f"\n===== {', '.join(words) or 'no tests ran'} in {seconds:.2f}s{clock} =====", flush=True)
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


def plural(word: str, number: int) -> str:
    return "s" if word == "error" and number > 1 else ""


if __name__ == "__main__":
    sys.exit(main())
