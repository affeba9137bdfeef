"""The small organisation of the REST tests, for pages that are tested beside their address."""

from tests.api_world import fixed_day, world

__all__ = ["fixed_day", "world"]
