"""Addresses of many rows on one page: each pattern is looked up once, not once per row."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from common.templatetags.outline import NOBODY


class RowAddresses:
    """`of("objective", id)` is what `reverse` answers; kept for one request, as the prefix may change with it."""

    def __init__(self) -> None:
        self._around: dict[str, tuple[str, str]] = {}

    def of(self, name: str, row_id: UUID | None) -> str:
        around = self._around.get(name)
        if around is None:
            before, _, after = reverse(name, args=[NOBODY]).partition(str(NOBODY))
            around = self._around[name] = (before, after)
        return f"{around[0]}{row_id}{around[1]}"

    def of_objective(self, row_id: UUID) -> dict[str, Any]:
        """Where the keys of a list lead."""
        return {
            "href": self.of("objective", row_id),
            "check_in_href": self.of("check_in_objective", row_id),
            "edit_href": self.of("objective_edit", row_id),
        }
