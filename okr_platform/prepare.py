"""Before the server starts: tables, static files, and the demo organisation when there is none.

`python -m okr_platform.prepare`, called by scripts/run.py. Each step is skipped when there is nothing to do.
"""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

DEMO_COMMAND = "seed_demo"


def main() -> None:
    """Do what is missing; the server itself says where it can be reached, once it can."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okr_platform.settings.production")
    django.setup()
    migrate()
    collect_static()
    if settings.LOADS_DEMO and DEMO_COMMAND in get_commands():
        call_command(DEMO_COMMAND, if_empty=True)


def migrate() -> None:
    """Bring the tables up to date; asks the database first, which is much quicker than migrating for nothing."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connection.close()
    if plan:
        begun = time.monotonic()
        call_command("migrate", interactive=False, verbosity=0)
        print(f"• Database is ready: {len(plan)} steps ({time.monotonic() - begun:.0f} s)", flush=True)
    if connection.vendor == "sqlite":
        Path(settings.DATABASES["default"]["NAME"]).chmod(0o600)


def collect_static() -> None:
    """Gather and hash static files when any of them changed since last time."""
    digest = hashlib.sha256()
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                state = path.stat()
                digest.update(f"{path.relative_to(folder)} {state.st_size} {state.st_mtime_ns}\n".encode())
    stamp = settings.STATIC_ROOT / ".collected"
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if manifest.exists() and stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    begun = time.monotonic()
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(digest.hexdigest())
    print(f"• Static files are ready ({time.monotonic() - begun:.0f} s)", flush=True)


def announce() -> None:
    """The address, and how long it took to get here; called by the server when it takes requests."""
    host = "localhost" if settings.WEB_HOST in ("127.0.0.1", "0.0.0.0", "::", "::1") else settings.WEB_HOST  # noqa: S104
    started_at = float(os.environ.get("OKR_STARTED_AT") or time.time())
    print(f"\n  OKR Platform: http://{host}:{settings.WEB_PORT}/   (Ctrl+C stops it)", flush=True)
    print(f"  Data: {settings.OKR_DATA_DIR}   Ready after {time.time() - started_at:.1f} s\n", flush=True)


if __name__ == "__main__":
    main()
