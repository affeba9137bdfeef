"""This quarter: the objective that will not be reached, and says so."""

from __future__ import annotations

from dashboards.demo.organisation import EASIEST, STORES
from dashboards.demo.shapes import KeyResultSpec, LinkSpec, ObjectiveSpec
from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.kinds import ObjectiveKind

RETURNS = ObjectiveSpec(
    "Returns without the queue",
    STORES,
    "Noor",
    kind=ObjectiveKind.COMMITTED,
    why="Kiosks in 80 stores by the middle of the quarter, so that most returns need no one and the queue halves.",
    contributors=("Leila", "Caro"),
    links=(LinkSpec(EASIEST, weight=15, reason="Nobody finishes a project while standing in a queue."),),
    key_results=(
        KeyResultSpec(
            "Minutes in the returns queue",
            Kind.DECREASE,
            "Leila",
            "8.2",
            "4.0",
            now="8.0",
            values="8.2 8.0 7.8 7.9 8.1 8.0 8.0",
            unit="min",
            weight=50,
            heard=8,
            confidence="7 7 6 6 5 5 3",
            skipped=(4, "waiting for data"),
            says={
                0: (
                    "challenge",
                    "The kiosks come in February. We can shout at the queue until then, or use the people where they help.",
                ),
                3: (
                    "note",
                    "Where a kiosk stands the queue halves. There are too few of them to see it in the mean.",
                ),
            },
        ),
        KeyResultSpec(
            "Returns handled without staff",
            Kind.INCREASE,
            "Caro",
            "4",
            "60",
            now="31",
            unit="%",
            weight=24,
            confidence="6 5 5 4",
            says={0: ("note", "All of it comes from 29 stores. The other 183 have nothing to press.")},
        ),
        KeyResultSpec(
            "Stores with a returns kiosk",
            Kind.INCREASE,
            "Noor",
            "0",
            "80",
            now="29",
            values="0 6 14 22 29 29 29 29",
            unit="stores",
            weight=17,
            heard=1,
            confidence="7 7 6 5 4 3",
            says={
                0: (
                    "challenge",
                    "The supplier moved the rest to February. Antwerp and Ghent were first and are done.",
                )
            },
        ),
        KeyResultSpec(
            "Returns refused by mistake",
            Kind.AT_MOST,
            "Noor",
            upper="2",
            now="1.4",
            values="1.8 1.7 1.6 1.6 1.5 1.5 1.4 1.4",
            unit="%",
            weight=9,
            heard=1,
            confidence="8",
        ),
    ),
)
