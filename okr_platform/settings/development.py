"""For work on the product itself: DEBUG on, static files straight from their folders."""

from __future__ import annotations

from okr_platform.settings.base import *  # noqa: F403
from okr_platform.settings.base import STORAGES
from okr_platform.settings.server import *  # noqa: F403

DEBUG = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
