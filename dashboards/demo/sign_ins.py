"""The four people of the demo who can sign in, and their passwords."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from dashboards.demo.organisation import DOMAIN, PEOPLE, SIGN_INS
from dashboards.demo.rows import Rows

PASSWORD_FILE = "demo-passwords.txt"  # noqa: S105 - the name of a file


@dataclass(frozen=True, slots=True)
class SignIn:
    email: str
    password: str
    name: str
    role: str


def make_sign_ins() -> list[SignIn]:
    """One generated password each; OKR_DEMO_PASSWORD fixes all four, for tests and pictures."""
    fixed = settings.DEMO_PASSWORD
    by_email = {spec.email: spec for spec in PEOPLE}
    return [
        SignIn(
            email=f"{email}@{DOMAIN}",
            password=fixed or secrets.token_urlsafe(12),
            name=by_email[email].name,
            role=by_email[email].role.value,
        )
        for email in SIGN_INS
    ]


def give_passwords(rows: Rows, sign_ins: Sequence[SignIn]) -> None:
    """Set the passwords on rows that are not written yet."""
    for sign_in in sign_ins:
        rows.people[sign_in.name].set_password(sign_in.password)


def sign_in_lines(sign_ins: Sequence[SignIn]) -> list[str]:
    """One line per person: address, password, name and role."""
    width = max(len(one.email) for one in sign_ins)
    return [f"{one.email:<{width}}  {one.password}  {one.name}, {one.role}" for one in sign_ins]


def keep_passwords(folder: Path, sign_ins: Sequence[SignIn]) -> Path:
    """Write the lines to a file that only its owner can read; a later demo replaces it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / PASSWORD_FILE
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(sign_in_lines(sign_ins)) + "\n")
    return path
