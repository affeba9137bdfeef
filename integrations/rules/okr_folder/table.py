"""One table: from bytes to rows that know their line, and refusals that say how to mend them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from integrations.rules.okr_folder.files import FolderRefused

MAX_ROWS = 100_000
MAX_CELL = 200_000

REQUIRED_COLUMNS: dict[str, tuple[str, ...]] = {
    "cycles.csv": ("cycle",),
    "priorities.csv": ("priority_id", "title"),
    "objectives.csv": ("objective_id", "title"),
    "key_results.csv": ("kr_id", "objective_id", "title"),
    "updates.csv": ("item_kind", "item_id"),
    "initiatives.csv": ("initiative_id", "kr_id", "title"),
    "retrospectives.csv": ("kind", "text"),
}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row as written; `cells` holds every cell that is not empty, by column, outer spaces taken off."""

    file: str
    line: int
    cells: dict[str, str] = field(hash=False)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not made: why, and what would mend it."""

    file: str
    line: int
    title: str
    reason: str
    mend: str


@dataclass(slots=True)
class Table:
    """The rows of one file, in its order."""

    file: str
    columns: tuple[str, ...] = ()
    rows: list[SourceRow] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


def parse_table(file: str, content: bytes) -> Table:
    """Read a table. A row that cannot be read is refused by itself; a whole file only when nothing in it can be.

    Raises FolderRefused for a wrong encoding, missing or doubled columns, or a quote that is never closed.
    """
    text = _decode(file, content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    csv.field_size_limit(MAX_CELL)
    lines = _numbered_rows(file, reader, text.count("\n") + 1)
    header = next((cells for _, cells, _ in lines if cells is not None), None)
    columns = _columns(file, header)
    table = Table(file, columns)
    for line, cells, problem in lines:
        if cells is None:
            table.refusals.append(Refusal(file, line, "", problem, "Put quotes around the text once more."))
        elif any(cell.strip() for cell in cells):
            _add_row(table, line, cells)
        if len(table.rows) > MAX_ROWS:
            raise FolderRefused(f"{file} has more than {MAX_ROWS} rows.", "Split it by cycle.")
    return table


def _add_row(table: Table, line: int, cells: list[str]) -> None:
    if len(cells) > len(table.columns):
        reason = f"{len(cells)} cells where the header names {len(table.columns)}."
        mend = "Put quotes around the text that holds a comma."
        table.refusals.append(Refusal(table.file, line, " ".join(cells)[:80], reason, mend))
        return
    if any("\x00" in cell or any("\udc80" <= sign <= "\udcff" for sign in cell) for cell in cells):
        reason = "It holds bytes that are no UTF-8 text."
        readable = " ".join(cells).encode("utf-8", "replace").decode()[:80].replace("\x00", "")
        table.refusals.append(Refusal(table.file, line, readable, reason, "Save the file as UTF-8."))
        return
    filled = {
        column: cell.strip() for column, cell in zip(table.columns, cells, strict=False) if cell.strip()
    }
    table.rows.append(SourceRow(table.file, line, filled))


def _decode(file: str, content: bytes) -> str:
    """UTF-8, with or without a byte order mark; stray bytes are kept aside so that only their rows are refused."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FolderRefused(f"{file} is saved as UTF-16.", "Save it as UTF-8.")
    return content.decode("utf-8-sig", "surrogateescape")


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max((",", ";", "\t"), key=first.count)


def _columns(file: str, header: list[str] | None) -> tuple[str, ...]:
    required = REQUIRED_COLUMNS[file]
    if header is None:
        raise FolderRefused(f"{file} is empty.", f"Its first line names the columns: {', '.join(required)} …")
    columns = tuple(cell.strip().lower().replace(" ", "_") for cell in header)
    missing = [column for column in required if column not in columns]
    if missing:
        found = ", ".join(column for column in columns if column)[:300]
        reason = f"{file} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}."
        raise FolderRefused(reason, f"Its first line names: {found}. Rename or add what is missing.")
    doubled = sorted({column for column in columns if column and columns.count(column) > 1})
    if doubled:
        raise FolderRefused(f"{file} names {', '.join(doubled)} twice.", "Give each column its own name.")
    return tuple(column or f"column_{place}" for place, column in enumerate(columns, start=1))


def _numbered_rows(
    file: str, reader: Iterator[list[str]], line_count: int
) -> Iterator[tuple[int, list[str] | None, str]]:
    """(first line, cells, "") or (first line, None, what is wrong), row by row."""
    before = 0
    while True:
        line = before + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error):
                reason = f"{file}: a quote that opens on line {line} is never closed."
                raise FolderRefused(reason, "Close it, or double it if it belongs to the text.") from error
            before = max(reader.line_num, line)  # type: ignore[attr-defined]
            yield line, None, f"The quotes do not pair up ({error})."
            continue
        before = reader.line_num  # type: ignore[attr-defined]
        yield line, cells, ""
