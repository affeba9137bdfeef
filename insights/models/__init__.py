"""What was learned."""

from insights.models.retrospective import Retrospective

__all__ = ["Retrospective"]
