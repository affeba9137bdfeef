from okr_platform.settings.base import *  # noqa: F403
