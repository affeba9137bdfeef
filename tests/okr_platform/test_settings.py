"""What the settings promise, asked of a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
QUESTION = """
import json, django
from django.conf import settings
print(json.dumps({name: getattr(settings, name, None) for name in %r}, default=str))
"""


def ask(folder: Path, *names: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "okr_platform.settings.production",
        "OKR_DATA_DIR": str(folder),
        "OKR_ENV_FILE": os.devnull,
        **variables,
    }
    command = [sys.executable, "-c", QUESTION % (names,)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def told(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_nothing_set_means_sqlite_and_memory(tmp_path: Path) -> None:
    found = told(ask(tmp_path, "DATABASES", "CELERY_BROKER_URL", "DEBUG", "EMAIL_BACKEND", "IS_EMBEDDED"))
    database = found["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "foreign_keys=ON" in database["OPTIONS"]["init_command"]
    assert database["ATOMIC_REQUESTS"] is False
    assert found["CELERY_BROKER_URL"].startswith("memory://")
    assert found["DEBUG"] is False
    assert found["EMAIL_BACKEND"] == "common.mail_outbox.MailOutboxBackend"
    assert found["IS_EMBEDDED"] is True
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "token_pepper").stat().st_mode & 0o777 == 0o600


def test_urls_choose_postgresql_and_redis(tmp_path: Path) -> None:
    urls = {"DATABASE_URL": "postgresql://db.example/okr", "REDIS_URL": "redis://cache.example:6379/1"}
    found = told(ask(tmp_path, "DATABASES", "CELERY_BROKER_URL", "IS_EMBEDDED", OKR_WEB_WORKERS="3", **urls))
    assert found["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert found["DATABASES"]["default"]["CONN_HEALTH_CHECKS"] is True
    assert found["CELERY_BROKER_URL"] == urls["REDIS_URL"]
    assert found["IS_EMBEDDED"] is False


def test_several_web_processes_need_redis(tmp_path: Path) -> None:
    refused = ask(tmp_path, "DEBUG", OKR_WEB_WORKERS="2")
    assert refused.returncode == 1
    assert "OKR_WEB_WORKERS is 2, but must be 1 while REDIS_URL is unset" in refused.stderr


def test_https_makes_cookies_and_redirects_strict(tmp_path: Path) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")
    found = told(ask(tmp_path, *names, OKR_HTTPS="1"))
    assert found == dict(zip(names, (True, True, True, 31_536_000), strict=True))


@pytest.mark.parametrize("name", ["SIGN_INS_PER_MINUTE", "API_REQUESTS_PER_MINUTE"])
def test_rates_have_defaults(tmp_path: Path, name: str) -> None:
    expected = {"SIGN_INS_PER_MINUTE": 20, "API_REQUESTS_PER_MINUTE": 1200}
    assert told(ask(tmp_path, name))[name] == expected[name]


def test_unknown_variable_is_warned_of(tmp_path: Path) -> None:
    assert "OKR_HTPS is not known" in ask(tmp_path, "DEBUG", OKR_HTPS="1").stderr
