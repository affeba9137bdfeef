"""What happened, latest first, as plain lines before their words are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dashboards.queries.feed_rows import FeedKind, Line
from dashboards.queries.feed_scope import ScopeRows
from dashboards.queries.feed_sources import Source, sources
from people.models import User


def feed_lines(
    user: User,
    scope: ScopeRows,
    kind: FeedKind,
    *,
    since: datetime,
    before: datetime | None,
    most: int,
) -> tuple[list[Line], datetime | None]:
    """Lines of (since, before), latest first, and from which moment on all of them are there; None: from `since` on.

    A source that holds more than `most` cuts all of them at its oldest moment, so that nothing is skipped; a moment
    is never cut in itself. At most three statements, one more where a single moment holds more than `most`.
    """
    found: list[Line] = []
    cut: datetime | None = None
    for source in sources(user, scope, kind, since=since, before=before):
        lines, is_cut_at = read_source(source, most)
        found += lines
        if is_cut_at is not None:
            cut = is_cut_at if cut is None else max(cut, is_cut_at)
    if cut is not None:
        found = [line for line in found if line.at >= cut]
    found.sort(key=lambda line: (line.at, str(line.subject_id)), reverse=True)
    return found, cut


def read_source(source: Source, most: int) -> tuple[list[Line], datetime | None]:
    """About `most` of the latest lines of one source, and from which moment on all of them are there."""
    rows = source.latest(most + 1)
    if len(rows) <= most:
        return _lines(source, rows), None
    end: datetime = rows[most - 1][1]
    if rows[most][1] != end:
        return _lines(source, rows[:most]), end
    if later := [row for row in rows if row[1] > end]:
        return _lines(source, later), later[-1][1]
    return _lines(source, source.at(end)), end


def _lines(source: Source, rows: Sequence[tuple[Any, ...]]) -> list[Line]:
    return [line for line in map(source.line, rows) if line is not None]
