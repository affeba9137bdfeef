"""The two closed quarters: what was tried, where it ended, which score its owner gave it and what was learned."""

from __future__ import annotations

from dashboards.demo.organisation import (
    CARBON,
    CULTURE,
    DATA,
    DIGITAL,
    EASIEST,
    ENERGY,
    RANGE,
    SHELVES,
    STORES,
    SUPPLY,
    TRADE,
    TRADE_TEAM,
)
from dashboards.demo.shapes import KeyResultSpec, LinkSpec, ObjectiveSpec
from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.kinds import KeyResultState, ObjectiveKind, ObjectiveState

COMMITTED, ASPIRATIONAL = ObjectiveKind.COMMITTED, ObjectiveKind.ASPIRATIONAL


def _rise(
    title: str, start: str, target: str, now: str, unit: str = "%", confidence: str = "7"
) -> KeyResultSpec:
    kind = Kind.INCREASE if float(target) > float(start) else Kind.DECREASE
    return KeyResultSpec(
        title,
        kind,
        "",
        start,
        target,
        now=now,
        unit=unit,
        confidence=confidence,
        heard=3,
        state=KeyResultState.CLOSED,
    )


def _done(title: str, now: str, confidence: str = "7") -> KeyResultSpec:
    return KeyResultSpec(
        title,
        Kind.PERCENT_DONE,
        "",
        now=now,
        unit="%",
        confidence=confidence,
        heard=3,
        state=KeyResultState.CLOSED,
    )


def _closed(
    cycle: str,
    title: str,
    team: str,
    owner: str,
    priority: str,
    key_results: tuple[KeyResultSpec, ...],
    kind: ObjectiveKind = ASPIRATIONAL,
    score: str = "",
    score_reason: str = "",
    why: str = "",
) -> ObjectiveSpec:
    links = (LinkSpec(priority),) if priority else ()
    return ObjectiveSpec(
        title,
        team,
        owner,
        key_results,
        why,
        links,
        kind,
        cycle=cycle,
        state=ObjectiveState.CLOSED,
        score=score,
        score_reason=score_reason,
    )


LAST = (
    _closed(
        "last",
        "People ask once and get an answer",
        STORES,
        "Leila",
        EASIEST,
        (
            _rise("Questions answered by the first colleague", "58", "80", "73.4"),
            _rise("Minutes until somebody is free", "6.5", "3.0", "4.2", "min"),
        ),
        why="Whoever is sent on twice goes home.",
    ),
    _closed(
        "last",
        "The app shows what the store has",
        DIGITAL,
        "Jun",
        EASIEST,
        (
            _rise("Stock shown right on the first look", "81", "95", "93.6"),
            _rise("Searches that end with nothing", "22", "12", "13.5"),
        ),
    ),
    _closed(
        "last",
        "Lockers before the peak",
        SUPPLY,
        "Bram",
        EASIEST,
        (
            _rise("Lockers ordered", "0", "120", "120", "lockers"),
            _done("Sites ready for power", "85"),
        ),
        COMMITTED,
        "0.9",
        "Two sites wait for the grid, all the rest stands.",
    ),
    _closed(
        "last",
        "Fewer lorries on Mondays",
        SUPPLY,
        "Piet",
        SHELVES,
        (
            _rise("Deliveries moved to other days", "0", "400", "236", "deliveries"),
            _rise("Hours lost at the gate", "34", "15", "25", "hours"),
        ),
    ),
    _closed(
        "last",
        "A forecast for every region",
        DATA,
        "Yuki",
        SHELVES,
        (
            _rise("Regions with a forecast of their own", "2", "11", "11", "regions"),
            _rise("Forecast error per region", "29", "20", "21.2"),
        ),
    ),
    _closed(
        "last",
        "Plants live longer",
        STORES,
        "Noor",
        SHELVES,
        (_rise("Plants thrown away, share of those bought", "14.5", "10.0", "12.4"),),
        why="Water before markdown.",
    ),
    _closed(
        "last",
        "Trade counters know their people",
        TRADE_TEAM,
        "Rafael",
        TRADE,
        (
            _rise("Customers greeted by name", "35", "70", "61"),
            _done("Morning coffee in every counter", "100"),
        ),
    ),
    _closed(
        "last",
        "Prices on paper are prices at the till",
        RANGE,
        "Oskar",
        TRADE,
        (_rise("Price differences found a week", "310", "100", "148", "differences"),),
        COMMITTED,
        "0.7",
        "The difference that is left is one supplier.",
    ),
    _closed(
        "last",
        "Lamps of every store are LED",
        ENERGY,
        "Anouk",
        CARBON,
        (_rise("Stores with LED only", "120", "212", "212", "stores"),),
        COMMITTED,
    ),
    _closed(
        "last",
        "Everybody knows their next shift",
        CULTURE,
        "Emil",
        "",
        (_rise("Stores that publish rotas two weeks ahead", "88", "212", "196", "stores"),),
    ),
)

BEFORE = (
    _closed(
        "before",
        "Every aisle has a map",
        STORES,
        "Leila",
        EASIEST,
        (
            _rise("Stores with a map of every aisle", "0", "212", "212", "stores"),
            _rise("Maps checked on the floor", "0", "100", "64"),
        ),
    ),
    _closed(
        "before",
        "Baskets survive a change of mind",
        DIGITAL,
        "Jun",
        EASIEST,
        (_rise("Baskets picked up again within a week", "21", "40", "31.5"),),
    ),
    _closed(
        "before",
        "The top 500 have a name",
        SUPPLY,
        "Piet",
        SHELVES,
        (
            _done("Lists agreed with every region", "100"),
            _rise("Top-500 products on the shelf", "92.0", "97.0", "95.4"),
        ),
    ),
    _closed(
        "before",
        "One truth about stock",
        DATA,
        "Yuki",
        SHELVES,
        (
            _rise("Systems that count stock", "7", "2", "4", "systems"),
            _rise("Counting errors per 1,000", "38", "15", "29", "errors"),
        ),
        score="0.5",
        score_reason="The fifth system was harder than the other four together.",
    ),
    _closed(
        "before",
        "Trade orders arrive before eight",
        TRADE_TEAM,
        "Rafael",
        TRADE,
        (_rise("Orders delivered before eight", "61", "85", "79.5"),),
    ),
    _closed(
        "before",
        "Know where the energy goes",
        ENERGY,
        "Anouk",
        CARBON,
        (_rise("Stores with a meter of their own", "15", "212", "180", "stores"),),
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
