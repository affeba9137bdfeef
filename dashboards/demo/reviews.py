"""Weekly reviews that two teams of the demo held: what they decided, and who does what."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.demo.organisation import STORES, SUPPLY

FIND = "Customers find what they need in one visit"
RETURNS = "Returns without the queue"
WASTE = "Half the waste in garden and plants"
SHELF = "No empty shelf on the top 500 products"
NOTICE = "Suppliers share their stock with us"


@dataclass(frozen=True, slots=True)
class DecisionSpec:
    """`about` is (objective, key result); `revisit_in` days from the review."""

    text: str
    because: str
    by: str
    about: tuple[str, str] | None = None
    revisit_in: int | None = None


@dataclass(frozen=True, slots=True)
class StepSpec:
    """`ended` is (state, outcome, days after it was said); None while it is open."""

    text: str
    owner: str
    due_in: int
    ended: tuple[str, str, int] | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class ToldSpec:
    """A win (text, who, thanked) or an exception (status, facts, words, who) of a key result."""

    about: tuple[str, str]
    words: str
    who: str
    facts: str = ""
    status: str = ""
    thanked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewSpec:
    """A review so many days ago at ten. `as_planned`: objective, its key results, how many went as planned."""

    team: str
    days_ago: int
    lasted: int
    by: str
    wins: tuple[ToldSpec, ...]
    course: tuple[ToldSpec, ...]
    decisions: tuple[DecisionSpec, ...]
    steps: tuple[StepSpec, ...]
    as_planned: tuple[tuple[str, int, int], ...]


REVIEWS = (
    ReviewSpec(
        STORES,
        16,
        17,
        "Leila",
        wins=(
            ToldSpec(
                (FIND, "Time from “where is it?” to shelf"),
                "The first help point at an aisle end. People walk straight to it.",
                "Leila",
                "3.6 → 3.2 min",
                thanked=("Vikram",),
            ),
        ),
        course=(
            ToldSpec(
                (RETURNS, "Stores with a returns kiosk"),
                "Two deliveries in a row came late. The supplier says it is the last time.",
                "Noor",
                "29 stores. Confidence 6 → 4.",
                "at_risk",
            ),
        ),
        decisions=(
            DecisionSpec(
                "Copy the help point to ten stores before we invent another one.",
                "it works wherever it stands at the aisle end",
                "Leila",
                (FIND, "Time from “where is it?” to shelf"),
                14,
            ),
        ),
        steps=(
            StepSpec(
                "writes down how Ghent set up its help point", "Caro", 7, ("done", "two pages, shared", 4)
            ),
            StepSpec(
                "asks the permit office for a date",
                "Noor",
                7,
                ("dropped", "the office writes to us first", 6),
            ),
        ),
        as_planned=((FIND, 4, 4), (RETURNS, 4, 3), (WASTE, 2, 2)),
    ),
    ReviewSpec(
        STORES,
        9,
        14,
        "Leila",
        wins=(
            ToldSpec(
                (FIND, "Time from “where is it?” to shelf"),
                "Every help point has its own question card. New colleagues answer from their first day.",
                "Leila",
                "3.2 → 2.8 min",
                thanked=("Caro", "Vikram"),
            ),
            ToldSpec(
                (WASTE, "Plants thrown away, share of those bought"),
                "The wettest week of the year, and less in the skip than in the week before.",
                "Noor",
                "10.4 → 9.8 %",
            ),
        ),
        course=(
            ToldSpec(
                (RETURNS, "Minutes in the returns queue"),
                "Where a kiosk stands the queue halves. There are too few of them to see it in the mean.",
                "Leila",
                "8.1 min, plan 6.1. Confidence 7 → 5.",
                "off_track",
            ),
        ),
        decisions=(
            DecisionSpec(
                "Returns: keep the queue staffed until the kiosks are in, no new pilots.",
                "nobody saves time with half a kiosk",
                "Leila",
                (RETURNS, "Minutes in the returns queue"),
                7,
            ),
            DecisionSpec(
                "Give leftover plants away on Saturdays, in every store.",
                "three stores did, and people came back on Monday",
                "Noor",
                (WASTE, "Stores that give leftover plants away"),
            ),
        ),
        steps=(
            StepSpec(
                "checks if a planner is free", "Bram", 5, ("done", "Joao, until the 27th", 5), about=FIND
            ),
            StepSpec("calls the kiosk supplier", "Noor", 12, about=RETURNS),
        ),
        as_planned=((FIND, 4, 4), (RETURNS, 4, 2), (WASTE, 2, 2)),
    ),
    ReviewSpec(
        SUPPLY,
        6,
        12,
        "Bram",
        wins=(
            ToldSpec(
                (SHELF, "Stores with night refill"),
                "Night refill in Liège ran a whole week without a single gap at ten.",
                "Piet",
                "",
                thanked=("Dana", "Joao"),
            ),
        ),
        course=(
            ToldSpec(
                (NOTICE, "Days of notice before a shortage"),
                "Two big suppliers send their stock only once a week.",
                "Dana",
                "Confidence 6 → 4.",
                "at_risk",
            ),
        ),
        decisions=(
            DecisionSpec(
                "Order the Christmas range in two waves with the four suppliers who answer within a day.",
                "the others cannot tell us in time",
                "Bram",
                (SHELF, "Supplier orders confirmed within a day"),
                21,
            ),
        ),
        steps=(
            StepSpec("visits the two suppliers", "Dana", 10, about=NOTICE),
            StepSpec("shows Trade how night refill is planned", "Piet", 4, ("done", "", 3)),
        ),
        as_planned=((SHELF, 4, 3), (NOTICE, 2, 1)),
    ),
)
