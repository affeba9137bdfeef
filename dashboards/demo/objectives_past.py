"""The quarter before the last, one objective that was given up, and what was learned from both quarters."""

from __future__ import annotations

from dashboards.demo.objectives_last import LAST
from dashboards.demo.organisation import (
    CARBON,
    DATA,
    DIGITAL,
    EASIEST,
    ENERGY,
    SHELVES,
    STORES,
    SUPPLY,
    TRADE,
    TRADE_TEAM,
)
from dashboards.demo.past_shapes import COMMITTED, closed, done, rise
from dashboards.demo.shapes import KeyResultSpec, LinkSpec, ObjectiveSpec
from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.kinds import ObjectiveState

BEFORE = (
    closed(
        "before",
        "Every aisle has a map",
        STORES,
        "Leila",
        EASIEST,
        (
            rise("Stores with a map of every aisle", "0", "212", "212", "stores"),
            rise("Maps checked on the floor", "0", "100", "64"),
        ),
    ),
    closed(
        "before",
        "Baskets survive a change of mind",
        DIGITAL,
        "Jun",
        EASIEST,
        (rise("Baskets picked up again within a week", "21", "40", "31.5"),),
    ),
    closed(
        "before",
        "The top 500 have a name",
        SUPPLY,
        "Piet",
        SHELVES,
        (
            done("Lists agreed with every region", "100"),
            rise("Top-500 products on the shelf", "92.0", "97.0", "95.4"),
        ),
    ),
    closed(
        "before",
        "One truth about stock",
        DATA,
        "Yuki",
        SHELVES,
        (
            rise("Systems that count stock", "7", "2", "4", "systems"),
            rise("Counting errors per 1,000", "38", "15", "29", "errors"),
        ),
        score="0.5",
        score_reason="The fifth system was harder than the other four together.",
    ),
    closed(
        "before",
        "Trade orders arrive before eight",
        TRADE_TEAM,
        "Rafael",
        TRADE,
        (rise("Orders delivered before eight", "61", "85", "79.5"),),
    ),
    closed(
        "before",
        "Know where the energy goes",
        ENERGY,
        "Anouk",
        CARBON,
        (rise("Stores with a meter of their own", "15", "212", "180", "stores"),),
        COMMITTED,
        "0.8",
        "The rest are inside shopping centres that do not let us in.",
    ),
)

CANCELLED = ObjectiveSpec(
    "Drones count the depots",
    DATA,
    "Yuki",
    (
        KeyResultSpec(
            "Depots counted by air",
            Kind.INCREASE,
            "",
            "0",
            "4",
            now="0",
            values="0 0 0",
            unit="depots",
            heard=60,
        ),
    ),
    cycle="last",
    state=ObjectiveState.CANCELLED,
    links=(LinkSpec(SHELVES),),
    state_reason="We spread three teams over everything. One thing done well is worth more than three begun.",
)

LEARNED = (
    ("last", STORES, "GOOD", "Asking the same question every week made the answers honest."),
    (
        "last",
        SUPPLY,
        "BAD",
        "We tied a whole quarter to one delivery date, and saw the risk in week 4 without saying it loudly.",
    ),
    ("last", DATA, "TRY", "A forecast needs a reader. Name one before building it."),
    ("before", TRADE_TEAM, "GOOD", "Pilot in one store for two weeks before setting the target."),
    ("before", SUPPLY, "TRY", "Ask the supplier for the date they would bet on."),
)

OBJECTIVES = (*LAST, CANCELLED, *BEFORE)
