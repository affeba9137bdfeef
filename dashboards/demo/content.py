"""Every objective of the demo, in the order in which it is written."""

from __future__ import annotations

from dashboards.demo import (
    objectives_around,
    objectives_carbon,
    objectives_easiest,
    objectives_past,
    objectives_shelves,
    objectives_trade,
    objectives_unlinked,
)

OBJECTIVES = (
    *objectives_around.YEAR,
    *objectives_past.OBJECTIVES,
    *objectives_easiest.OBJECTIVES,
    *objectives_shelves.OBJECTIVES,
    *objectives_trade.OBJECTIVES,
    *objectives_carbon.OBJECTIVES,
    *objectives_unlinked.OBJECTIVES,
    *objectives_around.DRAFTS,
)
