"""The strategy page as eight leaders read it, beside its data fetched by one SQL statement."""

from __future__ import annotations

from benchmarks.api_list import failure_lines
from benchmarks.floor_app_paths import STRATEGY_PATH
from benchmarks.load import Call, run_load
from benchmarks.report import Line
from benchmarks.stage import Stage

USERS, THINK_SECONDS, SECONDS = 8, 1.0, 20.0
MOST_MILLISECONDS = 150


def run(stage: Stage) -> list[Line]:
    """First with time to think, then back to back against the floor."""
    from django.urls import reverse

    path = reverse("strategy")
    pages = [Call("GET", path, {"Cookie": cookie}) for cookie in stage.cookies]
    floor = Call("GET", STRATEGY_PATH, {"Authorization": f"Bearer {stage.reader_token}"})
    run_load(stage.address, lambda client, number: pages[client], clients=USERS, seconds=2.0)
    thinking = run_load(
        stage.address,
        lambda client, number: pages[client],
        clients=USERS,
        seconds=SECONDS,
        think_seconds=THINK_SECONDS,
    )
    busy = run_load(stage.address, lambda client, number: pages[client], clients=4, seconds=5.0)
    least = run_load(stage.address, lambda client, number: floor, clients=4, seconds=5.0)
    p95 = thinking.percentile(0.95)
    return [
        Line(
            f"strategy page, {USERS} users, {THINK_SECONDS:.0f} s think time",
            f"p50 {thinking.percentile(0.5):.1f} ms  p95 {p95:.1f} ms  ({len(thinking.seconds)} pages)",
            f"p95 ≤ {MOST_MILLISECONDS} ms",
            p95 <= MOST_MILLISECONDS,
        ),
        Line(
            "  page as a share of plain SQL for its data",
            f"{busy.per_second / least.per_second:.2f}  ({busy.per_second:.1f}/s of {least.per_second:.1f}/s)",
        ),
        *failure_lines("strategy page", thinking, busy, least),
    ]
