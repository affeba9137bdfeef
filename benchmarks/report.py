"""One line of the report, and whether it met its aim."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """`met` is None where nothing is aimed at."""

    what: str
    measured: str
    aim: str = ""
    met: bool | None = None

    def text(self) -> str:
        mark = {True: "met", False: "MISSED", None: ""}[self.met]
        return f"  {self.what:<44} {self.measured:<38} {self.aim:<16} {mark}".rstrip()
