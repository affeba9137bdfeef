"""This quarter: halve our carbon by 2030."""

from __future__ import annotations

from dashboards.demo.organisation import CARBON, ENERGY, STORES, SUPPLY
from dashboards.demo.shapes import InitiativeSpec, KeyResultSpec, LinkSpec, ObjectiveSpec, StepSpec
from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.kinds import KeyResultState, ObjectiveKind

ENERGY_CUT = ObjectiveSpec(
    "Cut store energy 12 %",
    ENERGY,
    "Anouk",
    kind=ObjectiveKind.COMMITTED,
    why="Heating and light of 212 stores are half of what we emit ourselves.",
    contributors=("Kofi",),
    links=(LinkSpec(CARBON, weight=50),),
    key_results=(
        KeyResultSpec(
            "Electricity per square metre",
            Kind.DECREASE,
            "Anouk",
            "41.2",
            "36.3",
            now="40.4",
            values="41.2 41.1 41.0 41.0 40.8 40.7 40.6 40.5",
            unit="kWh",
            weight=50,
            heard=1,
            is_automatic=True,
            confidence="6 5 5 4 4 3 3",
            says={
                0: (
                    "challenge",
                    "Can the heating-controls budget be released before the tender closes? After Friday the savings "
                    "move to next winter.",
                ),
                4: ("note", "Lamps are done. What is left is heat."),
            },
        ),
        KeyResultSpec(
            "Stores with heating controls",
            Kind.INCREASE,
            "Anouk",
            "0",
            "60",
            now="2",
            values="0 0 0 1 1 2 2 2",
            unit="stores",
            weight=35,
            heard=1,
            confidence="6 5 4 3 2",
            initiatives=(InitiativeSpec("Tender for controls"), InitiativeSpec("Two pilot stores", "done")),
            says={
                2: (
                    "challenge",
                    "The tender slipped by three weeks. Nothing can be installed before it closes.",
                )
            },
        ),
        KeyResultSpec(
            "Night checks done in every store",
            Kind.PERCENT_DONE,
            "Kofi",
            now="60",
            values="0 10 20 30 40 48 55 60",
            unit="%",
            weight=15,
            heard=1,
            confidence="6 6 5",
        ),
    ),
)

LORRIES = ObjectiveSpec(
    "No lorry drives home empty",
    SUPPLY,
    "Dana",
    why="Every second kilometre of our lorries carries air.",
    contributors=("Piet",),
    links=(LinkSpec(CARBON, weight=30),),
    key_results=(
        KeyResultSpec(
            "Return loads booked a week",
            Kind.INCREASE,
            "Piet",
            "40",
            "200",
            now="64",
            values="40 44 47 51 55 60 64",
            unit="loads",
            weight=45,
            heard=6,
            confidence="6 5 4 4",
            says={
                0: ("challenge", "The exchange for return loads wants a minimum that one depot cannot reach.")
            },
        ),
        KeyResultSpec(
            "Lorries that drive home empty",
            Kind.DECREASE,
            "Piet",
            "46.0",
            "30.0",
            now="43.3",
            values="46.0 45.8 45.4 45.1 44.6 43.9 43.3",
            unit="%",
            weight=22,
            heard=6,
            confidence="5 4 3",
        ),
        KeyResultSpec(
            "Depots that share their return lorries",
            Kind.MILESTONES,
            "Joao",
            now="2",
            weight=33,
            heard=6,
            confidence="6",
            steps=(
                StepSpec("Antwerp and Ghent share", 1, 21, 18),
                StepSpec("Liège joins", 1, 42, 40),
                StepSpec("Charleroi joins", 1, 63),
                StepSpec("One plan for all four", 1, 84),
            ),
            says={0: ("win", "Liège joined without being asked twice.")},
        ),
    ),
)

REPAIR = ObjectiveSpec(
    "Repair before replace, in 40 stores",
    STORES,
    "Noor",
    why="The greenest drill is the one that works again.",
    contributors=("Caro",),
    links=(LinkSpec(CARBON, weight=20),),
    key_results=(
        KeyResultSpec(
            "Repair desks opened",
            Kind.INCREASE,
            "Noor",
            "3",
            "40",
            now="12",
            values="3 5 7 9 12",
            unit="desks",
            weight=60,
            heard=19,
            confidence="5",
            says={0: ("note", "Could two stores try the desk before Christmas?")},
        ),
        KeyResultSpec(
            "Customers who would repair again",
            Kind.INCREASE,
            "Caro",
            "50",
            "80",
            now="65.3",
            unit="%",
            weight=40,
            confidence="5 6",
            says={0: ("win", "An old sewing machine came back twice, the second time with cake.")},
        ),
        KeyResultSpec(
            "Spare parts found while people wait",
            Kind.PERCENT_DONE,
            "Noor",
            now="20",
            values="0 10 20",
            unit="%",
            weight=0,
            heard=33,
            confidence="5",
            state=KeyResultState.PAUSED,
            state_reason="The parts catalogue comes with the new supplier portal in spring.",
        ),
    ),
)

OBJECTIVES = (ENERGY_CUT, LORRIES, REPAIR)
