"""`make pictures`: every page of the demo, and of one imported set, as a picture in var/pictures.

Starts the product on a data folder of its own, signs in with a real browser and shoots each page at two widths, light and
dark. A page that fails does not stop the others; it is named at the end and the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from environment import ROOT, say
from picture_pages import BEFORE_ANYTHING, IMPORTED, IMPORTED_PAGES, IMPORTED_READER, PAGES, Page
from services import find_program, free_port

WIDTHS = {1440: 900, 390: 844}
THEMES = ("light", "dark")
READY_SECONDS = 60
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(slots=True)
class Studio:
    """The running product, the browser, and what went wrong so far."""

    address: str
    password: str
    out: Path
    browser: Any
    failures: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """(page, what went wrong) → the widths and themes in which it did."""

    def shoot(self, pages: list[Page]) -> None:
        """Every page at every width in every theme; one sign-in per person."""
        for who in dict.fromkeys(page.who for page in pages):
            try:
                signed_in = self._sign_in(who) if who else None
            except Exception as error:
                self.failures[(f"sign-in of {who}", _first_line(error))] = []
                continue
            for theme in THEMES:
                for width, height in WIDTHS.items():
                    context = self.browser.new_context(
                        viewport={"width": width, "height": height},
                        color_scheme=theme,
                        reduced_motion="reduce",
                        locale="en-GB",
                        storage_state=signed_in,
                    )
                    for page in pages:
                        if page.who == who:
                            self._shoot_one(context, page, width, theme)
                    context.close()

    def _shoot_one(self, context: Any, page: Page, width: int, theme: str) -> None:
        tab = context.new_page()
        complaints: list[str] = []
        tab.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        tab.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        try:
            answer = tab.goto(self.address + page.address(), wait_until="networkidle", timeout=30_000)
            tab.screenshot(
                path=self.out / f"{page.name}-{width}-{theme}.png", full_page=True, animations="disabled"
            )
            if page.status >= 400:
                complaints = [line for line in complaints if not line.startswith("Failed to load resource")]
            if answer is None or answer.status != page.status:
                complaints.insert(0, f"answered {answer.status if answer else 'nothing'}")
            if page.who and "/account/login" in tab.url:
                complaints.insert(0, "asked to sign in")
            wide = tab.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                complaints.append(f"is {wide} px wide")
        except Exception as error:
            complaints.append(_first_line(error))
        finally:
            tab.close()
        if complaints:
            self.failures.setdefault((page.name, complaints[0]), []).append(f"{width} {theme}")

    def _sign_in(self, who: str) -> Any:
        context = self.browser.new_context(locale="en-GB")
        tab = context.new_page()
        tab.goto(self.address + "/account/login/")
        tab.fill("input[name=login]", who if "@" in who else f"{who}@harbour-pine.example")
        tab.fill("input[name=password]", self.password)
        tab.press("input[name=password]", "Enter")
        tab.wait_for_url(lambda url: "/account/login" not in url, timeout=15_000)
        state = context.storage_state()
        context.close()
        return state


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", nargs="*", default=[], help="names of pages; all when left out")
    arguments.add_argument(
        "--set", type=Path, help="folder to import; the first one of tests/data when left out"
    )
    arguments.add_argument("--out", type=Path, default=ROOT / "var" / "pictures")
    chosen = arguments.parse_args()
    begun = time.monotonic()
    chosen.out.mkdir(parents=True, exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix="okr-pictures-"))
    password = secrets.token_urlsafe(12)
    try:
        _prepare(data, password)
        with _product(data) as address, _browser() as browser:
            studio = Studio(address, password, chosen.out, browser)
            _shoot_everything(studio, chosen.only, chosen.set or _first_set())
    finally:
        shutil.rmtree(data, ignore_errors=True)
    say(f"Pictures are in {chosen.out} ({time.monotonic() - begun:.0f} s)")
    for (name, reason), where in studio.failures.items():
        print(f"✗ {name}: {reason} {', '.join(where)}".rstrip(), file=sys.stderr)
    return 1 if studio.failures else 0


def _shoot_everything(studio: Studio, only: list[str], folder: Path | None) -> None:
    """The empty product, then the demo, then the imported set."""
    studio.shoot(_wanted(BEFORE_ANYTHING, only))
    _manage("seed_demo")
    studio.shoot(_wanted(PAGES, only))
    imported = _wanted(IMPORTED_PAGES, only)
    if imported and folder:
        _import(folder, studio.password)
        studio.shoot(imported)
    elif imported:
        studio.failures[("imported pages", "there is no set in tests/data")] = []


def _prepare(data: Path, password: str) -> None:
    """Settings, tables and static files on an empty data folder, in this process and for those it starts."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="okr_platform.settings.production",
        DJANGO_ALLOW_ASYNC_UNSAFE="true",
        OKR_DATA_DIR=str(data),
        OKR_ENV_FILE=os.devnull,
        OKR_DEMO_PASSWORD=password,
        HOST="127.0.0.1",
        PORT=str(free_port()),
        DEMO="0",
    )
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    subprocess.run([sys.executable, "-m", "okr_platform.prepare"], check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()


@contextmanager
def _product(data: Path) -> Iterator[str]:
    """The product as `make run` starts it; yields its address."""
    address = f"http://127.0.0.1:{os.environ['PORT']}"
    with (data / "server.log").open("wb") as log:
        command = [sys.executable, "-m", "gunicorn", "-c", "python:okr_platform.gunicorn_conf"]
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + READY_SECONDS
            while not _answers(f"{address}/healthz"):
                if server.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit("The product did not start:\n" + (data / "server.log").read_text())
                time.sleep(0.1)
            yield address
        finally:
            server.terminate()
            server.wait(15)


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_program("chromium")), args=FLAGS)
        yield browser
        browser.close()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except OSError:
        return False


def _manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], check=True, stdout=subprocess.DEVNULL)


def _import(folder: Path, password: str) -> None:
    """Bring a set in as an organisation of its own, with an administrator who can look at it."""
    from people.models import Organisation, User
    from people.roles import Role

    _manage("import_okrs", str(folder), "--organisation", IMPORTED)
    organisation = Organisation.objects.get(name=IMPORTED)
    facts = {"organisation": organisation, "name": "Reader", "role": Role.ADMINISTRATOR}
    User.objects.create_user(IMPORTED_READER, password, **facts)


def _first_set() -> Path | None:
    return next((path.parent for path in sorted((ROOT / "tests" / "data").rglob("objectives.csv"))), None)


def _wanted(pages: tuple[Page, ...], only: list[str]) -> list[Page]:
    return [page for page in pages if not only or page.name in only]


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


if __name__ == "__main__":
    sys.exit(main())
