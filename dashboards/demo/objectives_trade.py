"""This quarter: trade customers come back every week."""

from __future__ import annotations

from alignment.rules.kinds import LinkKind
from dashboards.demo.organisation import DIGITAL, EASIEST, RANGE, STORES, TRADE, TRADE_TEAM
from dashboards.demo.shapes import InitiativeSpec, KeyResultSpec, LinkSpec, ObjectiveSpec
from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.kinds import ObjectiveKind

RIGHT = ObjectiveSpec(
    "Trade orders right first time",
    TRADE_TEAM,
    "Rafael",
    kind=ObjectiveKind.COMMITTED,
    why="A missing box of screws stops four people for a morning. They do not complain, they change shops.",
    links=(LinkSpec(TRADE, weight=35),),
    key_results=(
        KeyResultSpec(
            "Trade orders delivered complete",
            Kind.INCREASE,
            "Rafael",
            "84",
            "96",
            now="92.8",
            unit="%",
            weight=40,
            heard=1,
            confidence="8",
            says={0: ("win", "Sixth week up. The drivers noticed before we did.")},
        ),
        KeyResultSpec(
            "Wrong items per 1,000 order lines",
            Kind.DECREASE,
            "Rafael",
            "14.0",
            "6.0",
            now="8.3",
            unit="items",
            weight=35,
            heard=1,
            confidence="7 8",
            says={1: ("note", "Two of three mistakes are twins: same picture, other thread.")},
        ),
        KeyResultSpec(
            "Delivery slots kept",
            Kind.INCREASE,
            "Ines",
            "78",
            "92",
            now="87.8",
            unit="%",
            weight=25,
            heard=1,
            confidence="8",
        ),
    ),
)

PHOTO = ObjectiveSpec(
    "Order by photo in under a minute",
    DIGITAL,
    "Jun",
    why="The list hangs on the wall of the van, in pencil. Typing it again is where mistakes begin.",
    contributors=("Rafael",),
    links=(
        LinkSpec(TRADE, weight=25),
        LinkSpec(
            "Customers find what they need in one visit",
            LinkKind.SUPPORTS,
            reason="A photograph of a list is a list.",
        ),
    ),
    key_results=(
        KeyResultSpec(
            "Photo orders a week",
            Kind.INCREASE,
            "Jun",
            "0",
            "2000",
            now="1240",
            unit="orders",
            weight=40,
            heard=3,
            confidence="8 9",
            says={0: ("win", "More photo orders than telephone orders, for the first time.")},
            initiatives=(
                InitiativeSpec("Handwriting of left-handers"),
                InitiativeSpec("Pencil on plywood", "planned"),
            ),
        ),
        KeyResultSpec(
            "Lines recognised without a correction",
            Kind.INCREASE,
            "Vikram",
            "70",
            "92",
            now="84.3",
            unit="%",
            weight=30,
            heard=3,
            confidence="8 9",
        ),
        KeyResultSpec(
            "Photo order is open to every trade customer",
            Kind.YES_NO,
            "Jun",
            now="1",
            values="0 0 0 0 1 1 1",
            weight=30,
            heard=3,
            confidence="7 8 9",
            planned=((40, "1"),),
            says={2: ("win", "Open since Monday, without a form.")},
        ),
    ),
)

PRICES = ObjectiveSpec(
    "Trade prices people can predict",
    RANGE,
    "Oskar",
    why="A builder quotes in May what we sell in June. If the price moved in between, we ate the margin of a friend.",
    links=(LinkSpec(TRADE, weight=25),),
    key_results=(
        KeyResultSpec(
            "Trade price complaints",
            Kind.DECREASE,
            "Oskar",
            "120",
            "50",
            now="80",
            unit="complaints",
            weight=45,
            heard=16,
            confidence="7",
            says={0: ("challenge", "Who has the last word when Trade and Merchandising see it differently?")},
        ),
        KeyResultSpec(
            "Price changes announced 14 days ahead",
            Kind.AT_LEAST,
            "Oskar",
            lower="95",
            now="97",
            values="88 92 96 98 97 97",
            unit="%",
            weight=25,
            heard=16,
            confidence="7",
        ),
        KeyResultSpec(
            "Categories with one trade price list",
            Kind.INCREASE,
            "Sofia",
            "2",
            "12",
            now="8",
            unit="categories",
            weight=30,
            heard=16,
            confidence="7",
            says={1: ("note", "Timber and paint are in. Electrics is the long one.")},
        ),
    ),
)

COUNTERS = ObjectiveSpec(
    "Counters open when builders are",
    STORES,
    "Noor",
    why="At half past six there is a van in front of every store and a light in none of them.",
    contributors=("Leila",),
    links=(
        LinkSpec(TRADE, weight=15),
        LinkSpec(EASIEST, LinkKind.SUPPORTS, reason="Early counters help everybody who starts before work."),
    ),
    key_results=(
        KeyResultSpec(
            "Counters open before 6:30",
            Kind.INCREASE,
            "Noor",
            "6",
            "38",
            now="16",
            values="6 6 7 9 11 13 16",
            unit="counters",
            weight=60,
            heard=5,
            confidence="6",
            says={0: ("note", "Two cities said yes this week. The permits are slow, the staff is willing.")},
        ),
        KeyResultSpec(
            "Early orders collected by 7:00",
            Kind.INCREASE,
            "Leila",
            "30",
            "55",
            now="46.6",
            values="30.0 33.5 36.1 39.8 42.0 44.9 46.6",
            unit="%",
            weight=40,
            confidence="6 7",
        ),
    ),
)

OBJECTIVES = (RIGHT, PHOTO, PRICES, COUNTERS)
