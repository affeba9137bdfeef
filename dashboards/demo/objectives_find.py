"""This quarter: the objective that the pictures show in full."""

from __future__ import annotations

from alignment.rules.kinds import LinkKind, LinkState
from dashboards.demo.organisation import EASIEST, STORES
from dashboards.demo.shapes import InitiativeSpec, KeyResultSpec, LinkSpec, ObjectiveSpec
from objectives.rules.kinds import KeyResultKind as Kind

FIND = ObjectiveSpec(
    "Customers find what they need in one visit",
    STORES,
    "Leila",
    why="Four in ten visits end with something missing from the list, though the shelf has it. A second trip is what "
    "people hate most about a project.",
    contributors=("Caro", "Vikram"),
    links=(
        LinkSpec(EASIEST, weight=30, reason="A complete list is what finishing a project is about."),
        LinkSpec(
            "No empty shelf on the top 500 products",
            LinkKind.SUPPORTS,
            reason="Maps show which shelves run low before the count does.",
        ),
        LinkSpec(
            "Demand forecast by store, not region",
            LinkKind.DEPENDS_ON,
            reason="A daily feed of what stands in the wrong aisle.",
            state=LinkState.ACCEPTED,
        ),
    ),
    key_results=(
        KeyResultSpec(
            "Visits where the full list is found",
            Kind.INCREASE,
            "Leila",
            "71",
            "85",
            now="75.6",
            values="71.0 71.4 72.6 73.5 74.9 75.2 75.6",
            unit="%",
            weight=40,
            confidence="7 7 7 7 7 7 6",
            also_fed=True,
            says={
                0: (
                    "note",
                    "Search times fall in every store with help points at the aisle ends. Maps worry me: two planners "
                    "for 212 stores is thin once the seasonal rebuild starts.",
                ),
                1: ("challenge", "The pilot in Ghent ended on Friday, so the easy gains are in."),
                3: ("note", "We aim for 85 instead of 88. The Ghent pilot showed what one quarter can do."),
                6: ("note", "First count in all 212 stores. From here we know what we talk about."),
            },
            initiatives=(
                InitiativeSpec("Help points at aisle ends", owner="Caro"),
                InitiativeSpec("Map rebuild after seasonal change", owner="Vikram"),
                InitiativeSpec("Voice search on handhelds", "paused", "Jun"),
            ),
        ),
        KeyResultSpec(
            "Time from “where is it?” to shelf",
            Kind.DECREASE,
            "Caro",
            "4.5",
            "2.0",
            now="3.2",
            values="4.5 4.4 4.1 3.9 3.7 3.5 3.2",
            unit="min",
            weight=30,
            confidence="6 6 6 7 7 7 7",
            says={
                0: (
                    "win",
                    "Antwerp moved the help points to the aisle ends. Search time down a fifth in four days.",
                ),
                2: ("next_step", "Four more stores copy the Antwerp layout before Saturday."),
            },
            initiatives=(InitiativeSpec("One question card for every colleague", "done", "Caro"),),
        ),
        KeyResultSpec(
            "Stores with maps correct within 24 h",
            Kind.INCREASE,
            "Vikram",
            "40",
            "212",
            now="138",
            values="40 52 64 79 96 112 130",
            unit="stores",
            weight=20,
            confidence="7 7 7 7 6 6 6",
            is_automatic=True,
            says={
                0: (
                    "note",
                    "Eight more stores since last week. Half of the rest wait for the seasonal rebuild.",
                )
            },
        ),
        KeyResultSpec(
            "Wrong-aisle complaints per 10,000 visits",
            Kind.DECREASE,
            "Leila",
            "19",
            "12",
            now="17.0",
            values="19.0 18.5 17.6 18.0 17.2 16.6 17.0",
            unit="complaints",
            weight=10,
            confidence="6 6 6 5 5 5 5",
            says={
                0: (
                    "challenge",
                    "Every rebuilt aisle brings two days of complaints. We rebuild three a week.",
                ),
                3: ("note", "Up for a week, as the garden aisles moved indoors."),
            },
        ),
    ),
)
