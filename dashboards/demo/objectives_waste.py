"""This quarter: less thrown away, and suppliers who say early what they lack."""

from __future__ import annotations

from alignment.rules.kinds import LinkKind
from dashboards.demo.organisation import SHELVES, STORES, SUPPLY
from dashboards.demo.shapes import KeyResultSpec, LinkSpec, ObjectiveSpec
from objectives.rules.kinds import KeyResultKind as Kind

WASTE = ObjectiveSpec(
    "Half the waste in garden and plants",
    STORES,
    "Noor",
    why="We throw away one plant in eight. People notice the skip behind the store before they notice the flowers.",
    contributors=("Leila",),
    links=(LinkSpec(SHELVES, weight=20), LinkSpec("Cut store energy 12 %", LinkKind.SUPPORTS)),
    key_results=(
        KeyResultSpec(
            "Plants thrown away, share of those bought",
            Kind.DECREASE,
            "Leila",
            "12.4",
            "6.2",
            now="9.3",
            values="12.4 12.1 11.6 11.2 10.4 9.8 9.3",
            unit="%",
            weight=60,
            confidence="7 8",
            says={
                0: ("win", "Ghent sold every last spring bulb. Nothing went to waste, for the first time.")
            },
        ),
        KeyResultSpec(
            "Stores that give leftover plants away",
            Kind.INCREASE,
            "Noor",
            "20",
            "90",
            now="92",
            values="20 31 44 58 71 83 92",
            unit="stores",
            weight=40,
            heard=4,
            confidence="8 9 9",
            says={
                0: ("win", "Ninety-two stores, two more than we hoped for. Schools come by themselves now.")
            },
        ),
    ),
)

SUPPLIERS = ObjectiveSpec(
    "Suppliers share their stock with us",
    SUPPLY,
    "Dana",
    why="We learn about a shortage when the lorry is half empty. The supplier knew ten days earlier.",
    links=(
        LinkSpec(SHELVES, weight=10),
        LinkSpec("No empty shelf on the top 500 products", LinkKind.SUPPORTS),
    ),
    key_results=(
        KeyResultSpec(
            "Suppliers that send their stock every day",
            Kind.INCREASE,
            "Dana",
            "4",
            "40",
            now="28",
            values="4 9 17 28",
            unit="suppliers",
            weight=60,
            heard=24,
            confidence="6 7",
            says={0: ("next_step", "I am away for a month. Piet has the list of the twelve that are left.")},
        ),
        KeyResultSpec(
            "Days of notice before a shortage",
            Kind.INCREASE,
            "Dana",
            "3.0",
            "10.0",
            now="4.4",
            values="3.0 3.6 4.1 4.4",
            unit="days",
            weight=40,
            heard=24,
            confidence="6 5",
        ),
    ),
)
