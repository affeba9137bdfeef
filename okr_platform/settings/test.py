"""For the tests: a data folder of their own, cheap passwords, no doorbell (fixture `run_jobs` delivers).

DATABASE_URL and REDIS_URL choose the PostgreSQL + Redis lane, as scripts/test.py does.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if "OKR_DATA_DIR" not in os.environ or "PYTEST_XDIST_WORKER" in os.environ:
    _folder = tempfile.mkdtemp(prefix="okr-test-")
    os.environ["OKR_DATA_DIR"] = _folder
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["OKR_ENV_FILE"] = os.devnull
os.environ.setdefault("OKR_SECRET_KEY", "only-for-tests-" + "k" * 40)
os.environ.setdefault("OKR_TOKEN_PEPPER", "only-for-tests-" + "p" * 40)

from okr_platform.settings.base import *  # noqa: F403
from okr_platform.settings.base import DATABASES, OKR_DATA_DIR, STORAGES
from okr_platform.settings.server import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
DOORBELL_RINGS = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": OKR_DATA_DIR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
