"""Who works at Harbour & Pine, in which teams, and what their leaders want most."""

from __future__ import annotations

from dashboards.demo.shapes import PersonSpec, PrioritySpec, TeamSpec
from people.roles import Role

NAME = "Harbour & Pine"
DOMAIN = "harbour-pine.example"
TIME_ZONE = "Europe/Brussels"
SIGN_INS = ("admin", "leader", "lead", "member")

EASIEST = "Be the easiest place to finish a project"
SHELVES = "Shelves full, waste low"
TRADE = "Trade customers come back every week"
CARBON = "Halve our carbon by 2030"
GROW = "A place where people stay and grow"

PEOPLE = (
    PersonSpec("Maren", "admin", Role.ADMINISTRATOR),
    PersonSpec("Amara", "leader", Role.LEADER),
    PersonSpec("Leila", "lead"),
    PersonSpec("Caro", "member"),
    PersonSpec("Tomasz", "tomasz", Role.LEADER),
    PersonSpec("Ines", "ines", Role.LEADER),
    PersonSpec("Kofi", "kofi", Role.LEADER),
    PersonSpec("Mirela", "mirela", Role.LEADER),
    PersonSpec("Noor", "noor"),
    PersonSpec("Vikram", "vikram"),
    PersonSpec("Jun", "jun"),
    PersonSpec("Bram", "bram"),
    PersonSpec("Piet", "piet"),
    PersonSpec("Dana", "dana"),
    PersonSpec("Joao", "joao"),
    PersonSpec("Sofia", "sofia"),
    PersonSpec("Oskar", "oskar"),
    PersonSpec("Yuki", "yuki"),
    PersonSpec("Rafael", "rafael"),
    PersonSpec("Anouk", "anouk"),
    PersonSpec("Hana", "hana"),
    PersonSpec("Emil", "emil"),
    PersonSpec("Ben", "ben"),
    PersonSpec("Freya", "freya", Role.VIEWER),
    PersonSpec("Ilse", None),
    PersonSpec("Matteo", "matteo", is_active=False),
)

STORES = "Store Operations"
DIGITAL = "Digital & App"
SUPPLY = "Supply Chain"
RANGE = "Merchandising"
DATA = "Data & Platform"
TRADE_TEAM = "Trade"
ENERGY = "Sustainability & Energy"
CULTURE = "People & Culture"

TEAMS = (
    TeamSpec(
        STORES,
        "212 stores where people find, ask, return and repair.",
        "Leila",
        ("Leila", "Noor", "Caro", "Vikram", "Amara", "Ilse"),
    ),
    TeamSpec(DATA, "Systems and numbers that the others stand on.", "Yuki", ("Yuki", "Vikram")),
    TeamSpec(DIGITAL, "The app and the site, from the first idea to the last screw.", "Jun", ("Jun",), DATA),
    TeamSpec(
        SUPPLY,
        "From the supplier to the shelf, and back again.",
        "Bram",
        ("Bram", "Piet", "Dana", "Joao", "Tomasz"),
    ),
    TeamSpec(RANGE, "What we sell, when, and at which price.", "Sofia", ("Sofia", "Oskar")),
    TeamSpec(
        TRADE_TEAM, "Everything for people who build for a living.", "Rafael", ("Rafael", "Ines"), RANGE
    ),
    TeamSpec(ENERGY, "Less energy, less waste, longer lives for things.", "Anouk", ("Anouk", "Kofi")),
    TeamSpec(
        CULTURE,
        "How people arrive, learn, plan their weeks and stay.",
        "Mirela",
        ("Mirela", "Hana", "Emil", "Ben"),
    ),
)

FOLLOWED = ((("Maren", "Amara", "Leila", "Caro"), (STORES, SUPPLY, TRADE_TEAM)),)

PRIORITIES = (
    PrioritySpec(
        EASIEST,
        "Amara",
        "People do not come for a drill. They come for the shelf. Four in ten leave without something that was on "
        "their list, and the second trip is what they tell their friends about.",
        "No new store formats this year, and no loyalty scheme before the list is complete.",
        (
            (
                2,
                "Finding things got faster, but the maps outrun the planners. Fix maps by week 10 and the rest follows.",
            ),
            (16, "Help points work wherever they stand at the aisle ends. Copy them before inventing more."),
            (30, "The Ghent pilot showed what one quarter can do. We aim a little lower and mean it."),
        ),
        318,
    ),
    PrioritySpec(
        SHELVES,
        "Tomasz",
        "An empty shelf sends people elsewhere, a full skip sends money after them. Both come from not knowing "
        "what each store will need next week.",
        "No more central stock as a cure: fewer pallets, better timed.",
        (
            (1, "Top-500 availability held through the storm week. Proud of the Ghent crew."),
            (15, "Forecasts by store beat those by region in nine weeks of ten."),
        ),
        318,
    ),
    PrioritySpec(
        TRADE,
        "Ines",
        "Builders plan on Sunday evening and want to load on Monday at half past six. Whoever makes that boring and "
        "reliable keeps them.",
        "No price war, and no account managers for small firms.",
        (
            (3, "Photo orders do more than we planned. Opening hours are the open question."),
            (17, "Complete orders are up for the sixth week. The drivers noticed before we did."),
        ),
        318,
    ),
    PrioritySpec(
        CARBON,
        "Kofi",
        "Two thirds of our own emissions are heating and lorries. Both are decided by things we buy this winter.",
        "No certificates instead of kilowatt-hours.",
        (
            (1, "I would rather say it now: without heating controls we will not get there this winter."),
            (22, "The tender for controls slipped by three weeks. Night checks are what we have until then."),
        ),
        318,
    ),
    PrioritySpec(
        GROW,
        "Mirela",
        "One in three new colleagues leaves within ninety days. Most say that nobody had time for them.",
        "No engagement programme: time, rotas and a buddy come first.",
        ((7, "Two teams already work on this. Let us link what exists before we write more."),),
        16,
    ),
)
