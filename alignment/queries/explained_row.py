"""An explained number as the REST interface shows it."""

from __future__ import annotations

from typing import Any

from alignment.queries.explain import Explained
from common.plain import plain_number


def explained_row(explained: Explained) -> dict[str, Any]:
    """`{value, rule, parts, left_out, expected, forecast, sentence}`; contributions add up to `value` exactly."""
    likely = explained.forecast
    return {
        "value": plain_number(explained.value),
        "rule": explained.rule,
        "parts": [
            {
                "type": part.type,
                "id": part.id,
                "title": part.title,
                "weight": plain_number(part.weight),
                "share": plain_number(part.share),
                "progress": plain_number(part.progress),
                "contribution": plain_number(part.contribution),
                "status": part.status,
            }
            for part in explained.parts
        ],
        "left_out": [
            {"type": one.type, "id": one.id, "title": one.title, "reason": one.reason, "words": one.words}
            for one in explained.left_out
        ],
        "expected": plain_number(explained.expected),
        "forecast": None
        if likely is None
        else {
            "mean": plain_number(likely.mean),
            "low": plain_number(likely.low),
            "high": plain_number(likely.high),
        },
        "sentence": explained.sentence,
    }
