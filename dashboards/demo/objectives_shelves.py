"""This quarter: shelves full, waste low."""

from __future__ import annotations

from dashboards.demo.objectives_waste import SUPPLIERS, WASTE
from dashboards.demo.organisation import DATA, RANGE, SHELVES, SUPPLY
from dashboards.demo.shapes import InitiativeSpec, KeyResultSpec, LinkSpec, ObjectiveSpec, StepSpec
from objectives.rules.kinds import KeyResultKind as Kind

YEARLY_SHARE = "Shelves full in every store, all year / What the quarters bring"

EMPTY_SHELF = ObjectiveSpec(
    "No empty shelf on the top 500 products",
    SUPPLY,
    "Piet",
    why="Five hundred products are on two lists of three. If one of them is missing, the visit failed.",
    links=(
        LinkSpec(SHELVES, weight=30),
        LinkSpec(YEARLY_SHARE, weight=60, reason="Half of the yearly aim is made here."),
    ),
    key_results=(
        KeyResultSpec(
            "Top-500 products on the shelf at ten o’clock",
            Kind.AT_LEAST,
            "Piet",
            lower="97",
            now="97.6",
            values="95.8 96.4 97.1 97.3 97.8 97.4 97.6",
            unit="%",
            weight=25,
            heard=1,
            confidence="7 8",
            says={
                0: (
                    "win",
                    "The shelves held through the storm week. The Ghent crew drove the last pallets themselves.",
                )
            },
        ),
        KeyResultSpec(
            "Empty-shelf hours per store and week",
            Kind.DECREASE,
            "Piet",
            "41",
            "20",
            now="26",
            unit="hours",
            weight=35,
            heard=1,
            confidence="8",
            says={2: ("note", "Monday mornings are solved. Saturday afternoons are next.")},
        ),
        KeyResultSpec(
            "Stores with night refill",
            Kind.INCREASE,
            "Joao",
            "18",
            "60",
            now="49",
            unit="stores",
            weight=25,
            heard=1,
            confidence="7 8",
            initiatives=(InitiativeSpec("Night teams in the coastal stores", owner="Joao"),),
        ),
        KeyResultSpec(
            "Supplier orders confirmed within a day",
            Kind.INCREASE,
            "Dana",
            "55",
            "80",
            now="63.5",
            unit="%",
            weight=15,
            heard=6,
            confidence="7 6",
            says={0: ("challenge", "The small suppliers answer by telephone, on Thursdays.")},
        ),
    ),
)

FORECAST = ObjectiveSpec(
    "Demand forecast by store, not region",
    DATA,
    "Yuki",
    why="Ostend sells parasols while Arlon sells salt. One number for both is wrong twice.",
    contributors=("Vikram",),
    links=(LinkSpec(SHELVES, weight=20), LinkSpec(YEARLY_SHARE, weight=40)),
    key_results=(
        KeyResultSpec(
            "Stores with their own forecast",
            Kind.INCREASE,
            "Yuki",
            "30",
            "212",
            now="142",
            unit="stores",
            weight=50,
            heard=21,
            is_automatic=True,
            confidence="7",
            says={
                0: ("note", "The numbers come by themselves now. What is missing is somebody who reads them.")
            },
        ),
        KeyResultSpec(
            "Forecast error per product and store",
            Kind.DECREASE,
            "Yuki",
            "34.0",
            "22.0",
            now="27.7",
            unit="%",
            weight=50,
            heard=21,
            is_automatic=True,
            confidence="7",
        ),
    ),
)

SEASON = ObjectiveSpec(
    "Seasonal stock sold before markdown",
    RANGE,
    "Sofia",
    why="Every chair that we mark down in January was bought in March with money we wanted for something else.",
    links=(LinkSpec(SHELVES, weight=20),),
    key_results=(
        KeyResultSpec(
            "Garden furniture sold at full price",
            Kind.INCREASE,
            "Sofia",
            "38",
            "70",
            now="56.2",
            unit="%",
            weight=40,
            heard=2,
            confidence="6 7",
            says={
                0: (
                    "next_step",
                    "Mark down now, or hold until the long weekend is over? Tomasz and I decide on Friday.",
                )
            },
        ),
        KeyResultSpec(
            "Christmas range ordered in two waves",
            Kind.MILESTONES,
            "Oskar",
            now="5",
            weight=30,
            heard=2,
            confidence="7 8",
            steps=(
                StepSpec("First wave at half the usual volume", 1, 10, 9),
                StepSpec("Sales of the first ten days by store", 2, 35, 38),
                StepSpec("Second wave ordered by store", 2, 49, 48),
                StepSpec("Second wave on the shelf", 1, 63),
                StepSpec("Nothing left on the first of January", 2, 91),
            ),
            says={
                0: (
                    "win",
                    "The second wave is ordered by store for the first time, and it is a third smaller.",
                )
            },
        ),
        KeyResultSpec(
            "Leftover pallets in the depots",
            Kind.DECREASE,
            "Sofia",
            "900",
            "400",
            now="675",
            unit="pallets",
            weight=30,
            heard=2,
            confidence="7",
        ),
    ),
)

OBJECTIVES = (EMPTY_SHELF, FORECAST, SEASON, WASTE, SUPPLIERS)
