"""What people of the demo ask each other, what they answered, and what still waits."""

from __future__ import annotations

from dataclasses import dataclass

FIND = "Customers find what they need in one visit"
ENERGY = "Cut store energy 12 %"
SEASON = "Seasonal stock sold before markdown"
PRICES = "Trade prices people can predict"
RETURNS = "Returns without the queue"
REPAIR = "Repair before replace, in 40 stores"
PHOTO = "Order by photo in under a minute"
LORRY = "No lorry drives home empty"
COUNTERS = "Counters open when builders are"


@dataclass(frozen=True, slots=True)
class AskSpec:
    """One ask. Days are working days: `asked` before today, `answer` after it was asked; None while it waits.

    `options` makes it a decision and `chosen` one of their places; `needed_in` counts days from today.
    """

    by: str
    of: str
    about: str
    text: str
    asked: int
    answer: str = ""
    took: int | None = None
    options: tuple[str, ...] = ()
    chosen: int | None = None
    needed_in: int | None = None
    is_seen: bool = False
    passed_by: str = ""
    in_person: bool = False


ASKS = (
    AskSpec(
        "Anouk",
        "Maren",
        ENERGY,
        "Can you release the heating-controls budget before the tender closes? After Friday the savings move to "
        "next winter.",
        asked=9,
        is_seen=True,
    ),
    AskSpec(
        "Sofia",
        "Maren",
        SEASON,
        "Mark down garden furniture now, or hold it until Black Friday weekend is over?",
        asked=6,
        options=("Mark down now", "Hold until Black Friday weekend is over", "Mark down half of it"),
        needed_in=1,
    ),
    AskSpec(
        "Leila",
        "Maren",
        FIND,
        "Two extra planners until week 11 would put the aisle maps back on plan.",
        asked=4,
        is_seen=True,
    ),
    AskSpec(
        "Rafael",
        "Maren",
        PRICES,
        "Who has the last word on trade prices when Trade and Merchandising see it differently?",
        asked=1,
    ),
    AskSpec(
        "Noor",
        "Amara",
        RETURNS,
        "May three stores keep the second returns desk until the kiosks arrive? The supplier says February.",
        asked=7,
        is_seen=True,
    ),
    AskSpec(
        "Vikram",
        "Amara",
        FIND,
        "Which stores get aisle maps first when the planners can only do forty?",
        asked=5,
        options=("Those with most wrong-aisle complaints", "Those with most visitors", "The newest ones"),
        needed_in=2,
    ),
    AskSpec(
        "Jun",
        "Amara",
        PHOTO,
        "Could you open the door at the trade counters? They would try photo orders if you asked.",
        asked=3,
        is_seen=True,
    ),
    AskSpec("Leila", "Amara", FIND, "Who speaks for the help points in the budget round?", asked=1),
    AskSpec("Anouk", "Leila", REPAIR, "Could two stores try the repair desk before Christmas?", asked=3),
    AskSpec(
        "Jun", "Leila", PHOTO, "Which 20 stores get the new handhelds first?", asked=2, passed_by="Amara"
    ),
    AskSpec(
        "Leila",
        "Yuki",
        FIND,
        "Can we see the wrong-aisle feed daily instead of weekly?",
        asked=6,
        answer="Yes. You get the wrong-aisle feed every morning from Monday.",
        took=5,
    ),
    AskSpec(
        "Caro",
        "Amara",
        FIND,
        "May help points keep their extra hour on Saturdays until the end of the year?",
        asked=8,
        answer="Yes, until the stocktake. Let us look at the numbers in week 10.",
        took=1,
    ),
    AskSpec(
        "Noor",
        "Amara",
        COUNTERS,
        "Which cities should ask for the early permits first?",
        asked=12,
        options=("Ghent and Antwerp", "The four with a builders' yard next door"),
        answer="That is where people stand before the door at half past six.",
        took=3,
        chosen=1,
    ),
    AskSpec(
        "Sofia",
        "Amara",
        SEASON,
        "May the garden centres keep their Sunday shift through November?",
        asked=16,
        answer="Yes, where three of you agree on it. Write down what it cost.",
        took=2,
    ),
    AskSpec(
        "Bram",
        "Maren",
        LORRY,
        "May we share empty return trips with the garden wholesaler?",
        asked=14,
        answer="Yes, for one depot first. Tell me what the insurance says.",
        took=2,
    ),
    AskSpec(
        "Kofi",
        "Maren",
        ENERGY,
        "Who signs for the roof panels of stores that we rent?",
        asked=17,
        answer="I do, up to ten stores. After that the board wants to see the first winter.",
        took=1,
    ),
    AskSpec(
        "Tomasz",
        "Maren",
        SEASON,
        "Can storm weeks be left out of the waste comparison?",
        asked=21,
        answer="No, but show them in another colour. Everybody remembers the storm.",
        took=2,
    ),
    AskSpec(
        "Ines",
        "Maren",
        PRICES,
        "Shall trade prices follow the catalogue or the week?",
        asked=23,
        took=4,
        in_person=True,
    ),
    AskSpec(
        "Leila",
        "Maren",
        FIND,
        "Could the Ghent pilot keep its two students until week 6?",
        asked=28,
        answer="Yes. It is the cheapest evidence we have.",
        took=1,
    ),
    AskSpec(
        "Mirela",
        "Maren",
        REPAIR,
        "May repair-desk training count as working time?",
        asked=31,
        answer="Yes, for everybody who will stand at a desk.",
        took=2,
    ),
    AskSpec(
        "Amara",
        "Maren",
        FIND,
        "Is it fine to stop the app work until every store has help points?",
        asked=33,
        answer="Yes. Say so in the review, so that nobody waits for it.",
        took=2,
    ),
)
