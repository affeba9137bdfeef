"""Lines of a message in the few shapes that a mail can draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from common.templatetags.words import shape_of, word_of
from notices.rendering import Line, Section

BAR_WIDTH = 240
TICK_WIDTH = 2
GLYPHS = {"on": "●", "risk": "▲", "off": "◆", "none": "○", "paused": "‖", "done": "✓"}
Shape = Literal["row", "quote", "measure", "sentence"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One piece of a progress bar. `part`: fill, gap, tick or rest."""

    width: int
    part: str


@dataclass(frozen=True, slots=True)
class Block:
    """One line, ready for the templates. `before`, `bold`, `behind` are the parts of a sentence around its title.

    `facts_end` is the part of the facts that is set in bold.
    """

    shape: Shape
    title: str
    words: str
    facts: str
    facts_end: str
    status_shape: str
    status_glyph: str
    status_word: str
    cells: tuple[Cell, ...]
    before: str
    bold: str
    behind: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the mail: its blocks, runs of the same shape together."""

    title: str
    heads: tuple[str, ...]
    blocks: tuple[Block, ...]


def part_of(section: Section, *, is_leading: bool) -> Part:
    """The section as it is drawn. The leading one stands below the headline, so columns need no heading above."""
    title = "" if is_leading and section.heads else section.title
    return Part(title, section.heads, tuple(_block(line, section) for line in section.lines))


def _block(line: Line, section: Section) -> Block:
    facts, _, end = line.facts.rpartition(" · ")
    shape = shape_of(line.status) if line.status else ""
    before, bold, behind = _around(line.words or line.title, line.title if line.words else "")
    return Block(
        shape=_shape(line, section),
        title=line.title,
        words=line.words,
        facts=facts if facts else line.facts,
        facts_end=end if facts else "",
        status_shape=shape,
        status_glyph=GLYPHS.get(shape, ""),
        status_word=word_of(line.status) if line.status else "",
        cells=bar_cells(line.progress, line.expected),
        before=before,
        bold=bold,
        behind=behind,
    )


def _shape(line: Line, section: Section) -> Shape:
    if line.status is not None or section.heads:
        return "row"
    is_sentence = not line.words or bool(line.title and line.title in line.words)
    if line.progress is not None:
        return "sentence" if is_sentence and line.words else "measure"
    return "sentence" if is_sentence else "quote"


def _around(words: str, title: str) -> tuple[str, str, str]:
    if not title or title not in words:
        return words, "", ""
    before, _, behind = words.partition(title)
    return before, title, behind


def bar_cells(progress: float | None, expected: float | None, width: int = BAR_WIDTH) -> tuple[Cell, ...]:
    """Fill, what is missing to the plan, the plan's tick, the rest; together `width`. Empty without progress."""
    if progress is None:
        return ()
    filled = round(width * min(max(progress, 0.0), 1.0))
    if expected is None:
        cells = [Cell(filled, "fill"), Cell(width - filled, "rest")]
        return tuple(cell for cell in cells if cell.width > 0)
    tick = min(max(round(width * min(max(expected, 0.0), 1.0)) - 1, 0), width - TICK_WIDTH)
    after = tick + TICK_WIDTH
    if filled <= tick:
        cells = [Cell(filled, "fill"), Cell(tick - filled, "gap"), Cell(TICK_WIDTH, "tick")]
        cells.append(Cell(width - after, "rest"))
    else:
        beyond = max(filled - after, 0)
        cells = [Cell(tick, "fill"), Cell(TICK_WIDTH, "tick"), Cell(beyond, "fill")]
        cells.append(Cell(width - after - beyond, "rest"))
    return tuple(cell for cell in cells if cell.width > 0)
