"""How the product runs unless told otherwise: `make run`, manage.py, and the containers. DEBUG is always off."""

from __future__ import annotations

from okr_platform.settings.base import *  # noqa: F403
from okr_platform.settings.base import env
from okr_platform.settings.server import *  # noqa: F403

DEBUG = False
env.warn_of_unknown()
