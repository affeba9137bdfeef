"""Typed readers of the environment. A wrong value stops the start and says which variable, what it held, what would do."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "OKR_"
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})
SECRET_NAMES = ("URL", "KEY", "PEPPER", "PASSWORD")


class Environment:
    """Reads variables by type and remembers their names, so that a misspelt one can be reported."""

    def __init__(self, source: Mapping[str, str]) -> None:
        self._source = source
        self._known: set[str] = set()

    def text(self, name: str, default: str = "") -> str:
        """The variable without surrounding blanks; unset or empty gives the default."""
        self._known.add(name)
        return self._source.get(name, "").strip() or default

    def flag(self, name: str, default: bool = False) -> bool:
        """A yes-or-no variable: 1, true, yes, on or 0, false, no, off."""
        word = self.text(name, "1" if default else "0").lower()
        if word in TRUE_WORDS:
            return True
        if word in FALSE_WORDS:
            return False
        raise self.wrong(name, "1 or 0")

    def number(self, name: str, default: int, *, at_least: int = 0, at_most: int = 2**31) -> int:
        """A whole number within its bounds."""
        try:
            value = int(self.text(name, str(default)))
        except ValueError:
            raise self.wrong(name, f"a whole number, such as {default}") from None
        if not at_least <= value <= at_most:
            raise self.wrong(name, f"a whole number from {at_least} to {at_most}")
        return value

    def words(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        """A list separated by commas."""
        raw = self.text(name)
        return [word.strip() for word in raw.split(",") if word.strip()] if raw else list(default)

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """One of a few words."""
        value = self.text(name, default)
        if value not in choices:
            raise self.wrong(name, "one of " + ", ".join(choices))
        return value

    def folder(self, name: str, default: Path) -> Path:
        """A folder; `~` is understood, a relative path counts from the working folder."""
        return Path(self.text(name, str(default))).expanduser().resolve()

    def url(self, name: str, example: str, schemes: tuple[str, ...]) -> SplitResult | None:
        """A URL split into its parts, or None when unset; refuses other schemes and impossible ports."""
        raw = self.text(name)
        if not raw:
            return None
        try:
            parts = urlsplit(raw)
            is_usable = parts.scheme in schemes and parts.port != 0
        except ValueError:
            is_usable = False
        if not is_usable:
            raise self.wrong(name, f"a URL such as {example}")
        return parts

    def wrong(self, name: str, wanted: str) -> ImproperlyConfigured:
        """The error that names the variable, what it held (secrets left out) and what would do."""
        held = "…" if name.endswith(SECRET_NAMES) else repr(self._source.get(name, ""))
        return ImproperlyConfigured(f"The environment variable {name} is {held}, but must be {wanted}.")

    def warn_of_unknown(self) -> None:
        """Warn of every OKR_… variable that nothing has read: most likely a misspelling."""
        unknown = {name for name in self._source if name.startswith(PREFIX)} - self._known
        for name in sorted(unknown):
            warnings.warn(f"The environment variable {name} is not known and was ignored.", stacklevel=2)


def read_env_file(path: Path, target: dict[str, str] | os._Environ[str] = os.environ) -> None:
    """Add NAME=value lines of a file to the environment; what is already set there wins. A missing file is fine."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = line.strip().removeprefix("export ")
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.strip().isidentifier():
            raise ImproperlyConfigured(f"{path.name}, line {number}: expected NAME=value.")
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        target.setdefault(name.strip(), value)


def database_from_url(env: Environment) -> dict[str, Any] | None:
    """Connection facts of DATABASE_URL for Django (PostgreSQL only), or None when it is unset.

    A socket folder may be given as `postgresql:///name?host=/run/postgresql`; other query keys become libpq options.
    """
    parts = env.url("DATABASE_URL", "postgresql://user:password@host:5432/name", ("postgres", "postgresql"))
    if parts is None:
        return None
    name = unquote(parts.path.lstrip("/"))
    if not name or "/" in name:
        raise env.wrong("DATABASE_URL", "a URL that ends in a database name, such as postgresql://host/name")
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or options.pop("host", ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }


def mail_from_url(env: Environment) -> dict[str, Any] | None:
    """SMTP facts of EMAIL_URL (`smtp://`, `smtp+tls://`, `smtps://`) as Django settings, or None when unset."""
    parts = env.url("EMAIL_URL", "smtp+tls://user:password@host:587", ("smtp", "smtp+tls", "smtps"))
    if parts is None:
        return None
    if not parts.hostname:
        raise env.wrong("EMAIL_URL", "a URL that names a host, such as smtp+tls://user:password@host:587")
    default_port = {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme]
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or default_port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }
