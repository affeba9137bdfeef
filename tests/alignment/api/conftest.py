"""The small organisation that these tests call."""

from tests.api_world import fixed_day, world

__all__ = ["fixed_day", "world"]
