"""This quarter: what makes Harbour & Pine the easiest place to finish a project."""

from __future__ import annotations

from alignment.rules.kinds import LinkKind, LinkState
from dashboards.demo.objectives_find import FIND
from dashboards.demo.objectives_returns import RETURNS
from dashboards.demo.organisation import DIGITAL, EASIEST, RANGE, SUPPLY
from dashboards.demo.shapes import InitiativeSpec, KeyResultSpec, LinkSpec, ObjectiveSpec
from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.kinds import ObjectiveKind

APP = ObjectiveSpec(
    "The app plans a project end to end",
    DIGITAL,
    "Jun",
    why="People photograph a wall and ask what they need. Today we answer with a search box.",
    contributors=("Vikram",),
    links=(LinkSpec(EASIEST, weight=20, reason="A plan is a list before it is a basket."),),
    key_results=(
        KeyResultSpec(
            "Projects planned in the app each week",
            Kind.INCREASE,
            "Jun",
            "1200",
            "4000",
            now="2680",
            unit="projects",
            weight=40,
            heard=2,
            confidence="6 6 7 7",
            says={0: ("win", "Bathrooms overtook terraces: the tile calculator does what the forum did.")},
            initiatives=(
                InitiativeSpec("Tile and paint calculator", "done"),
                InitiativeSpec("Plan shared by a link"),
            ),
        ),
        KeyResultSpec(
            "Plans that end in a full basket",
            Kind.INCREASE,
            "Jun",
            "18",
            "30",
            now="23.4",
            unit="%",
            weight=30,
            heard=2,
            confidence="6",
            says={1: ("note", "People plan on Sunday and buy on Saturday. We remind them on Friday now.")},
        ),
        KeyResultSpec(
            "First plan ready in under five minutes",
            Kind.DECREASE,
            "Vikram",
            "11.0",
            "5.0",
            now="8.9",
            unit="min",
            weight=30,
            heard=2,
            confidence="7 6 6 5",
            says={
                0: (
                    "challenge",
                    "Old phones need twenty seconds for one photograph. Most of our builders have one.",
                )
            },
        ),
    ),
)

COLLECT = ObjectiveSpec(
    "Click & collect is ready when you are",
    SUPPLY,
    "Bram",
    kind=ObjectiveKind.COMMITTED,
    why="“Ready in two hours” is a promise. In the peak weeks we break it at every third counter.",
    contributors=("Joao",),
    links=(
        LinkSpec(EASIEST, weight=20),
        LinkSpec(
            FIND.title,
            LinkKind.DEPENDS_ON,
            reason="The same planners are needed in week 10.",
            state=LinkState.REQUESTED,
        ),
    ),
    key_results=(
        KeyResultSpec(
            "Orders ready within two hours",
            Kind.INCREASE,
            "Bram",
            "62",
            "90",
            now="81.2",
            unit="%",
            weight=40,
            heard=3,
            confidence="7 8 8",
            says={0: ("win", "Saturday in Liège: 412 orders, none of them late.")},
        ),
        KeyResultSpec(
            "Lockers in service",
            Kind.INCREASE,
            "Joao",
            "20",
            "120",
            now="75",
            values="20 22 26 34 44 55 66 75",
            unit="lockers",
            weight=30,
            heard=3,
            confidence="7 8",
            planned=((28, "36"), (56, "62"), (77, "96")),
            says={0: ("note", "Two suppliers deliver in turn, so one late lorry no longer stops us.")},
        ),
        KeyResultSpec(
            "Orders picked wrong",
            Kind.AT_MOST,
            "Bram",
            upper="1.5",
            now="1.2",
            values="2.1 1.9 1.8 1.4 1.3 1.3 1.2",
            unit="%",
            weight=30,
            heard=3,
            confidence="7 7 8",
            says={3: ("win", "First week under the line. Scanning the shelf before the product did it.")},
        ),
    ),
)

ADVICE = ObjectiveSpec(
    "Advice people trust",
    RANGE,
    "Sofia",
    why="Our colleagues know things that no video knows. Hardly anybody finds them.",
    links=(
        LinkSpec(EASIEST, weight=15),
        LinkSpec(
            "Returns without the queue",
            LinkKind.DEPENDS_ON,
            reason="Advice at the returns desk needs the people who now calm the queue.",
            state=LinkState.REQUESTED,
        ),
    ),
    key_results=(
        KeyResultSpec(
            "Product pages with advice from our own staff",
            Kind.INCREASE,
            "Sofia",
            "120",
            "600",
            now="388",
            unit="pages",
            weight=50,
            heard=6,
            confidence="6",
            says={0: ("note", "Plumbing is done. Electrics waits for the people who may sign it.")},
        ),
        KeyResultSpec(
            "Answers rated helpful",
            Kind.INCREASE,
            "Oskar",
            "64",
            "80",
            now="71.7",
            unit="%",
            weight=50,
            heard=6,
            confidence="6 6 7 6",
        ),
        KeyResultSpec(
            "Would you ask us again?",
            Kind.BASELINE,
            "Sofia",
            now="6.8",
            values="6.5 6.8",
            unit="of 10",
            heard=6,
            confidence="5",
            says={0: ("note", "Second round of asking at the door. One more, then we choose a target.")},
        ),
    ),
)

OBJECTIVES = (FIND, APP, COLLECT, ADVICE, RETURNS)
