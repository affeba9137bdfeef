"""What people of the demo said to each other: replies to check-ins, comments, thanks, good things told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FIND = "Customers find what they need in one visit"
COUNTERS = "Counters open when builders are"
SHELVES = "No empty shelf on the top 500 products"
RETURNS = "Returns without the queue"
WASTE = "Half the waste in garden and plants"
ENERGY = "Cut store energy 12 %"
COLLECT = "Click & collect is ready when you are"
TRADE = "Trade orders right first time"

Counts = Mapping[str, int]
"""How many people left which word."""


@dataclass(frozen=True, slots=True)
class ReplySpec:
    """Words on a check-in, so many days ago; `was` is what they said before they were edited; `@Name` is told."""

    by: str
    days_ago: int
    text: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class SaidSpec:
    """What came back to a check-in, which is found by how its words begin."""

    begins: str
    replies: tuple[ReplySpec, ...] = ()
    reactions: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CommentSpec:
    """A comment on an objective."""

    about: str
    by: str
    days_ago: int
    text: str
    reactions: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThanksSpec:
    """Thanks tied to an objective or, with `key_result`, to one of its key results."""

    about: str
    by: str
    to: tuple[str, ...]
    days_ago: int
    text: str
    key_result: str = ""
    is_private: bool = False
    reactions: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WinSpec:
    """One good thing, by the name of the team that tells it ("" for a person without one team)."""

    team: str
    by: str
    days_ago: int
    text: str
    reactions: Counts = field(default_factory=dict)


SAID = (
    SaidSpec(
        "Search times fall in every store",
        (
            ReplySpec(
                "Amara",
                6,
                "Thank you for saying it early. Would one planner from Click & collect help in weeks 9 and 10? @Bram",
            ),
            ReplySpec("Bram", 5, "We can spare Joao until the 27th.", was="We can spare Joao for a week."),
        ),
        {"thank_you": 4, "i_can_help": 1, "same_here": 2},
    ),
    SaidSpec("Antwerp moved the help points", (), {"thank_you": 11}),
    SaidSpec("Eight more stores since last week", (), {"thank_you": 2}),
    SaidSpec(
        "Every rebuilt aisle brings two days",
        (
            ReplySpec(
                "Noor", 4, "We had that in spring. A **paper map** at the entrance took half of it away."
            ),
        ),
        {"same_here": 3, "thank_you": 1},
    ),
    SaidSpec("The shelves held through the storm week", (), {"thank_you": 9}),
    SaidSpec(
        "The kiosks come in February",
        (ReplySpec("Maren", 3, "Use the people where they help. The queue can hear that from us."),),
        {"same_here": 4},
    ),
    SaidSpec("Can the heating-controls budget", (), {"i_can_help": 1, "same_here": 2}),
    SaidSpec("Saturday in Liège: 412 orders", (), {"thank_you": 12}),
    SaidSpec("Sixth week up.", (), {"thank_you": 5}),
    SaidSpec("An old sewing machine came back twice", (), {"thank_you": 8, "same_here": 1}),
)

COMMENTS = (
    CommentSpec(
        FIND,
        "Amara",
        2,
        "I stood at the help point in Ghent for an hour: nobody asked the same thing twice. Whoever needs hands for "
        "the maps, say so here.",
        {"thank_you": 14},
    ),
    CommentSpec(
        COUNTERS,
        "Noor",
        3,
        "Two cities said yes this week. Still open:\n\n- the permit in Ghent\n- who holds the keys on Saturdays",
        {"thank_you": 2, "i_can_help": 1},
    ),
    CommentSpec(
        WASTE,
        "Sofia",
        6,
        "@Noor what did you do with the bulbs? We would like to *copy* it.",
        {"same_here": 1},
    ),
    CommentSpec(SHELVES, "Tomasz", 9, "> First the city stores\n\nYes, and the depots told us the same."),
)

THANKS = (
    ThanksSpec(
        FIND,
        "Leila",
        ("Caro", "Vikram"),
        1,
        "Caro talked five stores through it by telephone, Vikram had the maps ready before anybody asked.",
        key_result="Time from “where is it?” to shelf",
        reactions={"thank_you": 9, "same_here": 4},
    ),
    ThanksSpec(
        FIND,
        "Amara",
        ("Leila",),
        13,
        "Leila told us in week 6 that the plan was too thin. That saved us a bad December.",
        reactions={"thank_you": 7},
    ),
    ThanksSpec(
        FIND,
        "Leila",
        ("Yuki",),
        5,
        "The wrong-aisle numbers every morning changed how we start the day.",
        reactions={"thank_you": 3},
    ),
    ThanksSpec(
        COLLECT,
        "Caro",
        ("Bram", "Joao"),
        4,
        "You gave us a planner in your own busiest week.",
        reactions={"thank_you": 6},
    ),
    ThanksSpec(
        ENERGY,
        "Kofi",
        ("Anouk",),
        8,
        "You said no to the easy tender. It would have cost us the winter.",
        is_private=True,
    ),
    ThanksSpec(
        TRADE, "Rafael", ("Ines",), 10, "Ines called forty builders herself. Now we know what they mean."
    ),
)

WINS = (
    WinSpec(
        "Store Operations",
        "Caro",
        0,
        "Antwerp ran a full Saturday without one lost customer at the help point.",
        {"thank_you": 6},
    ),
    WinSpec(
        "Store Operations",
        "Noor",
        3,
        "The Ghent garden crew gave a Saturday class on winter planting. Forty people stayed to the end.",
        {"thank_you": 17},
    ),
    WinSpec(
        "", "Kofi", 6, "The first store was heated by its own roof for a whole morning.", {"thank_you": 4}
    ),
)
