"""Where the floor answers."""

from __future__ import annotations

LIST_PATH = "/floor/objectives/"
STRATEGY_PATH = "/floor/strategy/"
