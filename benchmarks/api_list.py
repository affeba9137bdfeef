"""The list of 100 objectives over REST, beside one SQL statement that builds the same document."""

from __future__ import annotations

import json

from benchmarks.floor_app_paths import LIST_PATH
from benchmarks.load import Call, Result, ask, run_load
from benchmarks.report import Line
from benchmarks.stage import Stage

PATH = "/api/v1/objectives/?page_size=100"
CLIENTS = 4
SLICES, SLICE_SECONDS = 4, 3.0
LEAST_SHARE = 1 / 3


def run(stage: Stage) -> list[Line]:
    """Slices of product and floor in turn, so that whatever else the machine does hits both."""
    headers = {"Authorization": f"Bearer {stage.reader_token}"}
    product, floor = Call("GET", PATH, headers), Call("GET", LIST_PATH, headers)
    same = _same_documents(stage, product, floor)
    totals: dict[str, Result] = {}
    for place in range(-1, SLICES):
        for call in (product, floor):
            result = run_load(
                stage.address,
                lambda client, number, call=call: call,  # type: ignore[misc]
                clients=CLIENTS,
                seconds=SLICE_SECONDS if place >= 0 else 1.0,
            )
            if place >= 0:  # the first round only warms up
                totals[call.path] = totals[call.path].merged(result) if call.path in totals else result
    mine, least = totals[PATH], totals[LIST_PATH]
    share = mine.per_second / least.per_second
    return [
        same,
        Line("API list of 100", _speed(mine)),
        Line("  floor: one SQL statement, same document", _speed(least)),
        Line("  list as a share of its floor", f"{share:.2f}", f"≥ {LEAST_SHARE:.2f}", share >= LEAST_SHARE),
        *failure_lines("API list", mine, least),
    ]


def failure_lines(what: str, *results: Result) -> list[Line]:
    """A line for answers that were not as wanted; none when all were."""
    failures = [one for result in results for one in result.failures]
    return [Line(f"  {what}: {len(failures)} bad answers", failures[0][:120], "0", False)] if failures else []


def _same_documents(stage: Stage, product: Call, floor: Call) -> Line:
    """Both bodies, read as JSON, must say the same."""
    bodies = []
    for call in (product, floor):
        status, _, body = ask(stage.address, call)
        if status != 200:
            return Line("bodies of list and floor", f"{call.path}: {status} {body[:150]!r}", "equal", False)
        bodies.append(json.loads(body))
    difference = first_difference(*bodies)
    return Line(
        "bodies of list and floor", difference or f"equal, {len(body)} bytes", "equal", not difference
    )


def first_difference(left: object, right: object, where: str = "") -> str:
    """The first place where two JSON values differ; empty when they are equal."""
    if isinstance(left, dict) and isinstance(right, dict):
        if left.keys() != right.keys():
            return f"{where}: fields {sorted(left.keys() ^ right.keys())}"
        found = (first_difference(left[key], right[key], f"{where}.{key}") for key in left)
        return next(filter(None, found), "")
    if isinstance(left, list) and isinstance(right, list):
        if len(left) != len(right):
            return f"{where}: {len(left)} and {len(right)} rows"
        pairs = enumerate(zip(left, right, strict=True))
        return next(filter(None, (first_difference(a, b, f"{where}[{at}]") for at, (a, b) in pairs)), "")
    return "" if left == right else f"{where}: {left!r} and {right!r}"


def _speed(result: Result) -> str:
    return f"{result.per_second:6.1f}/s  p50 {result.percentile(0.5):.1f} ms  p95 {result.percentile(0.95):.1f} ms"
