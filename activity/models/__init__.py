"""The event log."""

from activity.models.event import Event

__all__ = ["Event"]
