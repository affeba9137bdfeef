"""Fixed, fictional rows for the gallery: every component in every state, without a database."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace as Row
from typing import Any

from common.svg.history_line import HistoryPoint
from common.svg.key_result_chart import Fan, KeyResultChart, PlanPoint, ValuePoint

STARTS_ON = date(2026, 9, 28)
ENDS_ON = date(2026, 12, 27)
TODAY = date(2026, 11, 19)
LONG_TITLE = (
    "Every colleague who works with customers in the store, at the counter, on the phone or in the app knows "
) * 6

STATUSES = ("on_track", "at_risk", "off_track", "no_data", "too_early", "paused", "achieved", "cancelled")
KINDS = (
    "increase", "decrease", "at_least", "at_most", "between", "milestones", "yes_no", "percent_done", "baseline",
)  # fmt: skip


def _week(number: int) -> date:
    return STARTS_ON + timedelta(days=7 * (number - 1))


def rising_chart() -> KeyResultChart:
    """A key result that people check in and a machine reports, re-aimed once, with a likely range."""
    people = ((1, 71.0), (2, 71.4), (3, 72.6), (4, 73.5), (5, 74.9), (6, 75.2), (7, 75.6))
    machine = ((1, 71.2), (2, 72.1), (4, 74.3), (5, 75.1), (7, 75.3))
    points = [ValuePoint(_week(week), value) for week, value in people]
    points += [ValuePoint(_week(week) + timedelta(days=3), value, is_person=False) for week, value in machine]
    return KeyResultChart(
        key="rising", title="Visits where the full list is found", starts_on=STARTS_ON, ends_on=ENDS_ON, today=TODAY,
        points=tuple(sorted(points, key=lambda point: point.on)), unit="%", target=85,
        plan=(PlanPoint(STARTS_ON, 71), PlanPoint(ENDS_ON, 85)),
        first_plan=(PlanPoint(STARTS_ON, 71), PlanPoint(ENDS_ON, 88)),
        fan=Fan(likely=81, low80=78.4, high80=83.4, low50=79.8, high50=82.1),
    )  # fmt: skip


def guardrail_chart() -> KeyResultChart:
    """A number that is to stay inside two bounds, over a whole year."""
    values = (5.2, 4.4, 6.1, 5.0, 3.2, 4.8, 5.6)
    first = date(2026, 1, 1)
    points = tuple(ValuePoint(first + timedelta(days=42 * n), value) for n, value in enumerate(values))
    return KeyResultChart(
        key="guard", title="Days from order to shelf", starts_on=first, ends_on=date(2026, 12, 31), today=TODAY,
        points=points, unit="days", lower_bound=4, upper_bound=6,
    )  # fmt: skip


def empty_chart() -> KeyResultChart:
    return KeyResultChart(
        key="empty",
        title="Would you tell a friend to work here",
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        today=TODAY,
    )


def objective_rows() -> list[Row]:
    def row(title: str, progress: str | None, status: str, heard: int | None, **more: Any) -> Row:
        value = None if progress is None else Decimal(progress)
        row = Row(
            title=title, href="#main", is_committed=False, where="Store Operations", where_href="#main",
            owner=Row(name="Leila"), owner_label="", progress=value, expected=Decimal("0.58"), status=status,
            status_counts={"on_track": 2, "at_risk": 2}, confidence=6, heard_days=heard, freshness="fresh",
            check_in_href="", edit_href="",
        )  # fmt: skip
        vars(row).update(more)
        return row

    return [
        row("Customers find what they need in one visit", "0.43", "at_risk", 7),
        row("Returns without the queue", "0.29", "off_track", 24, freshness="silent", is_committed=True),
        row("Half the waste in garden and plants", "1", "achieved", 0, status_counts={"achieved": 3}),
        row(
            LONG_TITLE, None, "no_data", None, owner=None, where="", where_href="", confidence=None, status_counts={},
            expected=None,
        ),
    ]  # fmt: skip


def group() -> Row:
    return Row(
        title="Be the easiest place to finish a project", href="#main", subtitle="Amara", progress=Decimal("0.46"),
        expected=Decimal("0.58"), status_counts={"on_track": 2, "at_risk": 2, "off_track": 1}, confidence=6.0,
        is_empty=False,
    )  # fmt: skip


def why() -> Row:
    parts = (
        ("Visits where the full list is found", "0.329", "0.4", "0.1314"),
        ("Time from “where is it?” to shelf", "0.52", "0.3", "0.156"),
        ("Stores with maps correct within 24 h", "0.57", "0.2", "0.114"),
        ("Wrong-aisle complaints per 10,000 visits", "0.286", "0.1", "0.0286"),
    )
    return Row(
        title="Why 43 %?", value=Decimal("0.43"), expected=Decimal("0.58"), sentence="13.1 + 15.6 + 11.4 + 2.9 = 43.0 %.",
        plan_sentence="Plan for today is 58 %: a straight line, day 53 of 91.", advice="Fastest way up: the first one.",
        parts=[
            Row(title=t, href="#main", progress=Decimal(p), share=Decimal(s), contribution=Decimal(c))
            for t, p, s, c in parts
        ],
        left_out=[Row(title="Order by photo in under a minute", reason="supports this, without weight")],
    )  # fmt: skip


def history() -> list[HistoryPoint]:
    return [HistoryPoint(_week(n), 0.07 * n, n / 13) for n in range(1, 9)]


def timeline() -> list[Row]:
    base: dict[str, Any] = {
        "glyph": "", "facts": (), "status": "", "confidence": None, "was_confidence": None, "extra": (), "note": "",
        "edited_words": "", "edited_href": "",
    }  # fmt: skip
    return [
        Row(**base | {"name": "Vikram", "when": "today, 07:10", "glyph": "bolt", "facts": ["130 → 138"]}),
        Row(
            **base
            | {
                "name": "Leila", "when": "Thu 12 Nov", "note": "Search times fall. Maps worry me: two planners are thin.",
                "facts": ["41 → 43 %"], "status": "at_risk", "confidence": 6, "was_confidence": 7,
                "edited_words": "edited once", "edited_href": "#main",
            }
        ),
    ]  # fmt: skip
