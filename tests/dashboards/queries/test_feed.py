"""A feed in pages: no line lost or twice, days whole, counts that agree with what is shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.queries import feed as feed_module
from dashboards.queries import feed_sources
from dashboards.queries.feed import first_days
from dashboards.queries.feed_lines import feed_lines
from dashboards.queries.feed_rows import FeedKind, Line
from dashboards.queries.feed_scope import Scope, ScopeRows

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(2026, 11, 1, tzinfo=UTC)
EVERYONE = ScopeRows(Scope.EVERYONE, None, None, None, {})


class Rows:
    """What a source reads, without a database: (id, moment) latest first."""

    def __init__(self, rows: list[tuple[UUID, datetime]], moment: str = "at") -> None:
        self.rows, self.moment = sorted(rows, key=lambda row: row[1], reverse=True), moment
        self.line = self._line

    def latest(self, most: int) -> list[tuple[UUID, datetime]]:
        return self.rows[:most]

    def at(self, moment: datetime) -> list[tuple[UUID, datetime]]:
        return [row for row in self.rows if row[1] == moment]

    def _line(self, row: tuple[UUID, datetime]) -> Line:
        pk, at = row
        day = at.astimezone(AMSTERDAM).date()
        group = ("said", pk.int % 3, day) if pk.int % 2 else ("event", pk)
        return Line(FeedKind.CHECK_INS, at, group, None, "", None, pk)


def walk(
    monkeypatch: pytest.MonkeyPatch, tables: list[list[tuple[UUID, datetime]]], most: int
) -> list[list[list[Line]]]:
    """Every page from the latest to the end."""
    pages, before = [], START + timedelta(days=100)
    for _ in range(400):

        def made(*_: object, before: datetime = before, **__: object) -> list[Rows]:
            return [Rows([row for row in rows if row[1] < before]) for rows in tables]

        monkeypatch.setattr("dashboards.queries.feed_lines.sources", made)
        lines, cut = feed_lines(None, EVERYONE, FeedKind.EVERYTHING, since=START, before=before, most=most)  # type: ignore[arg-type]
        page, earlier = first_days(lines, cut=cut, zone=AMSTERDAM)
        pages.append(page)
        if earlier is None:
            return pages
        assert earlier < before or page, "goes on"
        before = earlier
    raise AssertionError("the feed does not end")


moments = st.one_of(
    st.integers(0, 60 * 24 * 9).map(lambda minutes: START + timedelta(minutes=minutes)),
    st.integers(0, 90).map(lambda minutes: START + timedelta(hours=8, minutes=minutes)),
    st.integers(0, 6).map(lambda half_days: START + timedelta(hours=12 * half_days)),
)
tables = st.lists(st.lists(moments, max_size=90), min_size=1, max_size=3)


@given(found=tables, most=st.integers(1, 40), page=st.integers(1, 8), limit=st.integers(8, 14))
def test_walking_to_the_end_tells_every_line_once(
    found: list[list[datetime]], most: int, page: int, limit: int
) -> None:
    rows = [[(uuid4(), at) for at in moments] for moments in found]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(feed_module, "PAGE_SIZE", page)
        patched.setattr(feed_module, "MOST_ON_PAGE", limit)
        pages = walk(patched, rows, most)
    told = [line.subject_id for page_ in pages for group in page_ for line in group]
    assert sorted(told) == sorted(pk for table in rows for pk, _ in table)
    latest = [group[0].at for page_ in pages for group in page_]
    assert latest == sorted(latest, reverse=True), "latest first, over all pages"


@given(found=tables)
def test_a_page_ends_with_a_day_unless_the_day_is_too_long(found: list[list[datetime]]) -> None:
    rows = [[(uuid4(), at) for at in moments] for moments in found]
    with pytest.MonkeyPatch.context() as patched:
        pages = walk(patched, rows, 1000)
    for page, following in pairwise(pages):
        if len(page) < feed_module.MOST_ON_PAGE:
            last = min(line.at for group in page for line in group).astimezone(AMSTERDAM).date()
            assert following[0][0].at.astimezone(AMSTERDAM).date() < last


def test_a_moment_with_more_rows_than_a_page_reads_is_told_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = [(uuid4(), START + timedelta(hours=1)) for _ in range(50)]
    pages = walk(monkeypatch, [at_once, [(uuid4(), START + timedelta(hours=2))]], most=10)
    assert sum(len(group) for page in pages for group in page) == 51


def test_rows_have_their_moment_in_the_second_place() -> None:
    """`_read` looks there to find where it cuts."""
    for columns, moment in (
        (feed_sources.OF_A_CHECK_IN, "known_at"),
        (feed_sources.OF_AN_EVENT, "at"),
        (feed_sources.OF_NEWS, "created_at"),
    ):
        assert columns[1] == moment
