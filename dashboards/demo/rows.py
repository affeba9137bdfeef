"""Rows of the demo before they are written, by table, and how one finds another by its name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import models

from alignment.models import StrategicPriority
from dashboards.demo.calendar import Calendar
from objectives.models import Cycle, KeyResult, Objective
from people.models import Organisation, Team, User


@dataclass(slots=True)
class Rows:
    """Unsaved rows in the order in which they can be written, with lookups by name or title."""

    calendar: Calendar
    organisation: Organisation
    people: dict[str, User] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    cycles: dict[str, Cycle] = field(default_factory=dict)
    priorities: dict[str, StrategicPriority] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)
    key_results: dict[str, KeyResult] = field(default_factory=dict)
    in_order: list[models.Model] = field(default_factory=list)

    def add(self, row: Any) -> Any:
        """Keep a row for writing; tables are written in the order of their first row."""
        self.in_order.append(row)
        return row

    def person(self, name: str | None) -> User | None:
        return self.people[name] if name else None

    def by_table(self) -> dict[type[models.Model], list[models.Model]]:
        """Every row under its table, tables in the order of their first row."""
        tables: dict[type[models.Model], list[models.Model]] = {}
        for row in self.in_order:
            tables.setdefault(type(row), []).append(row)
        return tables
