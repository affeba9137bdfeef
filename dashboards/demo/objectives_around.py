"""Around this quarter: what the whole year is for, and what is being written for the next quarter."""

from __future__ import annotations

from dashboards.demo.organisation import CARBON, CULTURE, ENERGY, GROW, SHELVES, STORES, SUPPLY
from dashboards.demo.shapes import KeyResultSpec, LinkSpec, ObjectiveSpec, StepSpec
from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.kinds import ObjectiveKind, ObjectiveState

YEAR = (
    ObjectiveSpec(
        "Shelves full in every store, all year",
        SUPPLY,
        "Tomasz",
        why="One good quarter is luck. Four are a habit.",
        cycle="year",
        links=(LinkSpec(SHELVES, weight=20),),
        key_results=(
            KeyResultSpec(
                "What the quarters bring", Kind.PERCENT_DONE, "Tomasz", unit="%", weight=2, from_aligned=True
            ),
            KeyResultSpec(
                "Weeks in which 97 % of the top 500 were there",
                Kind.INCREASE,
                "Piet",
                "0",
                "45",
                now="33",
                values="3 6 9 12 16 20 23 26 29 33",
                unit="weeks",
                heard=10,
                confidence="6 7",
                cadence_days=28,
                says={0: ("note", "The two weeks we lost were both storms.")},
            ),
        ),
    ),
    ObjectiveSpec(
        "Every tenth kilowatt-hour stays in the wall",
        ENERGY,
        "Kofi",
        kind=ObjectiveKind.COMMITTED,
        why="What we do not use this year is the cheapest part of 2030.",
        cycle="year",
        links=(LinkSpec(CARBON, weight=30),),
        key_results=(
            KeyResultSpec(
                "Gigawatt-hours saved against last year",
                Kind.INCREASE,
                "Kofi",
                "0.0",
                "9.0",
                now="3.1",
                values="0.0 0.2 0.5 0.9 1.3 1.7 2.1 2.4 2.8 3.1",
                unit="GWh",
                weight=3,
                heard=12,
                confidence="6 5 4",
                cadence_days=28,
            ),
            KeyResultSpec(
                "Stores with solar roofs",
                Kind.INCREASE,
                "Anouk",
                "3",
                "20",
                now="11",
                values="3 3 4 5 6 7 8 9 10 11",
                unit="stores",
                heard=12,
                confidence="6",
                cadence_days=28,
            ),
        ),
    ),
)

DRAFTS = (
    ObjectiveSpec(
        "New colleagues want to stay past their first spring",
        CULTURE,
        "Hana",
        why="One in three leaves within ninety days. Most say that nobody had time for them.",
        cycle="next",
        state=ObjectiveState.DRAFT,
        contributors=("Ben", "Emil"),
        links=(
            LinkSpec(GROW, weight=40, reason="People who stay past spring are the ones who train the next."),
        ),
        key_results=(
            KeyResultSpec(
                "New colleagues who leave within 90 days",
                Kind.DECREASE,
                "Hana",
                "31",
                "22",
                unit="% of new colleagues",
                weight=2,
                planned=((34, "30"), (62, "27")),
            ),
            KeyResultSpec(
                "New colleagues with a named buddy on day one", Kind.AT_LEAST, "Ben", lower="95", unit="%"
            ),
            KeyResultSpec(
                "Rotas known three weeks ahead, everywhere",
                Kind.MILESTONES,
                "Emil",
                steps=(
                    StepSpec("North", 1, 34),
                    StepSpec("Coast", 1, 54),
                    StepSpec("South", 1, 82),
                ),
            ),
            KeyResultSpec(
                "Every leaver is asked why, and their store hears it",
                Kind.YES_NO,
                "Hana",
                planned=((60, "1"),),
            ),
            KeyResultSpec("Buddy handbook in 212 stores", Kind.PERCENT_DONE, "Ben", cadence_days=14),
            KeyResultSpec("Would you tell a friend to work here?", Kind.BASELINE, "Mirela", unit="of 10"),
        ),
    ),
    ObjectiveSpec(
        "Returns without the queue, with kiosks that arrive",
        STORES,
        "Noor",
        why="Every store with a kiosk reached the target. The others had nothing to press.",
        cycle="next",
        state=ObjectiveState.DRAFT,
    ),
    ObjectiveSpec(
        "Stores heat only when somebody is there",
        ENERGY,
        "Anouk",
        why="The controls come in January. The habit can start on the first day.",
        cycle="next",
        state=ObjectiveState.PROPOSED,
        links=(LinkSpec(CARBON, weight=50),),
        key_results=(
            KeyResultSpec("Stores with heating controls", Kind.INCREASE, "Anouk", "2", "60", unit="stores"),
            KeyResultSpec("Night temperature in closed stores", Kind.AT_MOST, "Kofi", upper="14", unit="°C"),
        ),
    ),
)
