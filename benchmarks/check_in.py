"""Check-ins over REST, one client and eight, on key results all over the organisation."""

from __future__ import annotations

import json
import random

from benchmarks.api_list import failure_lines
from benchmarks.load import Call, run_load
from benchmarks.report import Line
from benchmarks.stage import Stage

SECONDS = 12.0
AIMS = ((1, 0.5, 15), (8, 0.95, 120))
"""Clients, the share that must be answered in time, and the time in milliseconds."""


def run(stage: Stage) -> list[Line]:
    """p50 and p95 for both numbers of clients; every check-in moves its ancestors before it is answered."""
    dice = random.Random(1)
    run_load(stage.address, lambda client, number: _call(stage, client, dice), clients=2, seconds=2.0)
    lines = []
    for clients, share, most in AIMS:
        result = run_load(
            stage.address, lambda client, number: _call(stage, client, dice), clients=clients, seconds=SECONDS
        )
        measured = result.percentile(share)
        lines.append(
            Line(
                f"check-in, {clients} client{'s' if clients > 1 else ''}",
                f"p50 {result.percentile(0.5):.1f} ms  p95 {result.percentile(0.95):.1f} ms  "
                f"({result.per_second:.0f}/s)",
                f"p{share * 100:.0f} ≤ {most} ms",
                measured <= most,
            )
        )
        lines += failure_lines("check-in", result)
    return [*lines, _drift()]


def _call(stage: Stage, client: int, dice: random.Random) -> Call:
    said = {"value": dice.randint(0, 100), "confidence": dice.randint(1, 10), "note": "Measured."}
    headers = {
        "Authorization": f"Bearer {stage.writer_tokens[client % len(stage.writer_tokens)]}",
        "Content-Type": "application/json",
    }
    path = f"/api/v1/key-results/{dice.choice(stage.key_result_ids)}/check-ins/"
    return Call("POST", path, headers, json.dumps(said).encode(), wanted=201)


def _drift() -> Line:
    """After all that, every stored number must still be exact."""
    from checkins.services.find_drift import find_drift
    from common.clock import day_in, now
    from people.models import Organisation

    organisation = Organisation.objects.get()
    drift = find_drift(organisation=organisation, today=day_in(organisation.time_zone, now()))
    return Line("  stored numbers that drifted", str(len(drift)), "0", not drift)
