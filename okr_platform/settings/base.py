"""Settings shared by every way to run. production.py, development.py and test.py add to these.

Values come from the environment through `env`; docs/operating.md lists every variable.
"""

from __future__ import annotations

from okr_platform.secret_file import read_or_make_secret
from okr_platform.settings.celery_config import *  # noqa: F403
from okr_platform.settings.database import *  # noqa: F403
from okr_platform.settings.log import *  # noqa: F403
from okr_platform.settings.mail import *  # noqa: F403
from okr_platform.settings.place import BASE_DIR, OKR_DATA_DIR, env
from okr_platform.settings.rest import *  # noqa: F403
from okr_platform.settings.security import *  # noqa: F403
from okr_platform.settings.sign_in import *  # noqa: F403

SECRET_KEY = env.text("OKR_SECRET_KEY") or read_or_make_secret(OKR_DATA_DIR / "secret_key")
TOKEN_PEPPER = env.text("OKR_TOKEN_PEPPER") or read_or_make_secret(OKR_DATA_DIR / "token_pepper")
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "common",
    "people",
    "activity",
    "notices",
    "objectives",
    "alignment",
    "checkins",
    "insights",
    "dashboards",
    "integrations",
]
MIDDLEWARE = [
    "common.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.first_run_middleware.FirstRunMiddleware",
    "people.locale_middleware.LocaleMiddleware",
    "people.middleware.BearerTokenMiddleware",
    "dashboards.middleware.TodayMiddleware",
    "dashboards.middleware.AsOfMiddleware",
]

ROOT_URLCONF = "okr_platform.urls"
WSGI_APPLICATION = "okr_platform.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dashboards.context.shell",
            ],
        },
    }
]
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("OKR_STATIC_DIR", OKR_DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # only our own files
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": OKR_DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "okr_platform.static_storage.ModuleStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
