"""Secrets made once, on first start, and kept in a file that only the owner may read."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

LENGTH_BYTES = 48


def read_or_make_secret(path: Path) -> str:
    """The secret kept at `path`, made there first when missing.

    Safe for processes that start at the same time: each writes a file of its own and links it into place, which
    only one can do; all then read the winner's. Raises OSError when the folder cannot be written.
    """
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(LENGTH_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return path.read_text(encoding="ascii").strip()
