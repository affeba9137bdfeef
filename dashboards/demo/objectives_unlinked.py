"""This quarter: what leads to no priority, and what few may see."""

from __future__ import annotations

from alignment.rules.kinds import LinkKind
from dashboards.demo.organisation import CULTURE, DATA, SHELVES, STORES, SUPPLY
from dashboards.demo.shapes import KeyResultSpec, LinkSpec, ObjectiveSpec, StepSpec
from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.kinds import ObjectiveKind, Visibility

CONFIDENT = ObjectiveSpec(
    "New colleagues are confident in 30 days",
    CULTURE,
    "Hana",
    why="Whoever knows on day five where the hinges are does not leave on day sixty.",
    contributors=("Ben",),
    key_results=(
        KeyResultSpec(
            "New colleagues who feel confident after 30 days",
            Kind.INCREASE,
            "Hana",
            "48",
            "75",
            now="65.3",
            unit="%",
            weight=40,
            heard=2,
            confidence="6 7",
            says={0: ("note", "The question is the same, the answers got longer.")},
        ),
        KeyResultSpec(
            "New colleagues with a named buddy on day one",
            Kind.AT_LEAST,
            "Ben",
            lower="95",
            now="97",
            values="84 91 96 96 97 98 97",
            unit="%",
            weight=30,
            heard=2,
            confidence="8",
        ),
        KeyResultSpec(
            "First-month plan used by store leads",
            Kind.PERCENT_DONE,
            "Hana",
            now="55",
            unit="%",
            weight=30,
            heard=2,
            confidence="7",
            says={1: ("win", "Charleroi wrote its own plan and it is better than ours.")},
        ),
    ),
)

ROTAS = ObjectiveSpec(
    "Rotas known three weeks ahead",
    CULTURE,
    "Emil",
    kind=ObjectiveKind.COMMITTED,
    why="People plan a birthday a month ahead and their shifts on Thursday.",
    contributors=("Leila",),
    links=(LinkSpec(CONFIDENT.title, LinkKind.SUPPORTS, reason="A known week is a calm first month."),),
    key_results=(
        KeyResultSpec(
            "Stores that publish rotas three weeks ahead",
            Kind.INCREASE,
            "Emil",
            "40",
            "212",
            now="145",
            values="40 48 60 74 92 110 128 145",
            unit="stores",
            weight=60,
            heard=3,
            confidence="8 8 8 7 7 6 5 4",
            planned=((28, "80"), (56, "122"), (77, "170")),
            says={
                0: (
                    "challenge",
                    "The number looks fine. The stores that are left are the ones without a planner.",
                ),
                2: ("note", "Three stores went back to Thursday rotas after the holidays."),
            },
        ),
        KeyResultSpec(
            "Rota changes in the last 48 hours",
            Kind.AT_MOST,
            "Leila",
            upper="6",
            now="5.1",
            values="8.2 7.4 6.6 5.9 5.6 5.4 5.1",
            unit="per store and week",
            weight=40,
            confidence="7 6 6 5",
        ),
        KeyResultSpec(
            "Hours of notice before a shift changes",
            Kind.BASELINE,
            "Emil",
            now="26",
            values="31 26",
            unit="hours",
            heard=3,
            confidence="6",
            says={0: ("note", "Counted by hand in ten stores. The rota system tells us from next month.")},
        ),
    ),
)

LOGIN = ObjectiveSpec(
    "One login for every colleague",
    DATA,
    "Yuki",
    kind=ObjectiveKind.COMMITTED,
    keeps_us_running="Passwords on paper beside the till are a risk that no customer should ever notice.",
    key_results=(
        KeyResultSpec(
            "Systems behind one login",
            Kind.MILESTONES,
            "Yuki",
            now="5",
            weight=70,
            heard=8,
            confidence="7",
            steps=(
                StepSpec("Tills", 3, 42, 37),
                StepSpec("Rota", 1, 42, 30),
                StepSpec("Learning", 1, 49, 23),
                StepSpec("Handhelds", 3, 77),
                StepSpec("Supplier portal", 2, 91),
            ),
            planned=((42, "3"), (49, "3.4"), (63, "5"), (77, "8")),
            says={0: ("win", "All tills in one night, and nobody stood outside in the morning.")},
        ),
        KeyResultSpec(
            "Password calls to the help desk",
            Kind.AT_MOST,
            "Vikram",
            upper="150",
            now="131",
            values="210 188 149 140 133 131",
            unit="calls a week",
            weight=30,
            heard=8,
            confidence="7 8",
        ),
        KeyResultSpec(
            "Stores that have practised the fallback sign-in",
            Kind.AT_LEAST,
            "Vikram",
            lower="100",
            unit="%",
            weight=20,
        ),
    ),
)

DEPOTS = ObjectiveSpec(
    "Depots breathe with the season",
    SUPPLY,
    None,
    why="Matteo began this and has left. The work is good, it only needs somebody who looks after it.",
    links=(LinkSpec(SHELVES, LinkKind.SUPPORTS),),
    key_results=(
        KeyResultSpec(
            "Days of stock in the depots",
            Kind.BETWEEN,
            "Joao",
            lower="18",
            upper="26",
            now="24.5",
            values="29.0 27.5 25.8 24.9 24.1 24.5",
            unit="days",
            heard=9,
            confidence="6",
        ),
        KeyResultSpec(
            "Pallets moved between depots without a lorry of their own",
            Kind.PERCENT_DONE,
            "Joao",
            now="35",
            values="0 10 20 25 30 35",
            unit="%",
            heard=9,
            confidence="6",
            cadence_days=14,
        ),
    ),
)

TEST_STORE = ObjectiveSpec(
    "Antwerp tries the new help desk before anybody else",
    STORES,
    "Leila",
    why="We want to make our mistakes where only we can see them.",
    visibility=Visibility.TEAM,
    contributors=("Caro",),
    key_results=(
        KeyResultSpec(
            "Help desk ready for its first Saturday",
            Kind.MILESTONES,
            "Caro",
            now="3",
            confidence="6 7",
            steps=(
                StepSpec("Desk moved beside the paint", 1, 21, 18),
                StepSpec("Four colleagues trained", 2, 42, 39),
                StepSpec("Handhelds know every shelf", 2, 63),
                StepSpec("First Saturday without a queue", 1, 77),
            ),
        ),
        KeyResultSpec(
            "The store wants to keep it",
            Kind.YES_NO,
            "Caro",
            now="0",
            values="0 0 0",
            confidence="7",
            says={0: ("note", "Ask again after the first Saturday.")},
        ),
    ),
)

SUCCESSION = ObjectiveSpec(
    "Two leads can take a sabbatical next year",
    CULTURE,
    "Mirela",
    why="Nobody should be irreplaceable, least of all the people we would miss most.",
    visibility=Visibility.PRIVATE,
    key_results=(
        KeyResultSpec(
            "Deputies who have led a review on their own",
            Kind.INCREASE,
            "Mirela",
            "0",
            "4",
            now="2",
            values="0 0 1 1 2",
            unit="people",
            heard=4,
            confidence="7",
        ),
    ),
)

OBJECTIVES = (CONFIDENT, ROTAS, LOGIN, DEPOTS, TEST_STORE, SUCCESSION)
