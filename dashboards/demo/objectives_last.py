"""The last closed quarter: what was tried, where it ended and which score its owner gave it."""

from __future__ import annotations

from dashboards.demo.organisation import (
    CARBON,
    CULTURE,
    DATA,
    DIGITAL,
    EASIEST,
    ENERGY,
    RANGE,
    SHELVES,
    STORES,
    SUPPLY,
    TRADE,
    TRADE_TEAM,
)
from dashboards.demo.past_shapes import COMMITTED, closed, done, rise

LAST = (
    closed(
        "last",
        "People ask once and get an answer",
        STORES,
        "Leila",
        EASIEST,
        (
            rise("Questions answered by the first colleague", "58", "80", "73.4"),
            rise("Minutes until somebody is free", "6.5", "3.0", "4.2", "min"),
        ),
        why="Whoever is sent on twice goes home.",
    ),
    closed(
        "last",
        "The app shows what the store has",
        DIGITAL,
        "Jun",
        EASIEST,
        (
            rise("Stock shown right on the first look", "81", "95", "93.6"),
            rise("Searches that end with nothing", "22", "12", "13.5"),
        ),
    ),
    closed(
        "last",
        "Lockers before the peak",
        SUPPLY,
        "Bram",
        EASIEST,
        (
            rise("Lockers ordered", "0", "120", "120", "lockers"),
            done("Sites ready for power", "85"),
        ),
        COMMITTED,
        "0.9",
        "Two sites wait for the grid, all the rest stands.",
    ),
    closed(
        "last",
        "Fewer lorries on Mondays",
        SUPPLY,
        "Piet",
        SHELVES,
        (
            rise("Deliveries moved to other days", "0", "400", "236", "deliveries"),
            rise("Hours lost at the gate", "34", "15", "25", "hours"),
        ),
    ),
    closed(
        "last",
        "A forecast for every region",
        DATA,
        "Yuki",
        SHELVES,
        (
            rise("Regions with a forecast of their own", "2", "11", "11", "regions"),
            rise("Forecast error per region", "29", "20", "21.2"),
        ),
    ),
    closed(
        "last",
        "Plants live longer",
        STORES,
        "Noor",
        SHELVES,
        (rise("Plants thrown away, share of those bought", "14.5", "10.0", "12.4"),),
        why="Water before markdown.",
    ),
    closed(
        "last",
        "Trade counters know their people",
        TRADE_TEAM,
        "Rafael",
        TRADE,
        (
            rise("Customers greeted by name", "35", "70", "61"),
            done("Morning coffee in every counter", "100"),
        ),
    ),
    closed(
        "last",
        "Prices on paper are prices at the till",
        RANGE,
        "Oskar",
        TRADE,
        (rise("Price differences found a week", "310", "100", "148", "differences"),),
        COMMITTED,
        "0.7",
        "The difference that is left is one supplier.",
    ),
    closed(
        "last",
        "Lamps of every store are LED",
        ENERGY,
        "Anouk",
        CARBON,
        (rise("Stores with LED only", "120", "212", "212", "stores"),),
        COMMITTED,
    ),
    closed(
        "last",
        "Everybody knows their next shift",
        CULTURE,
        "Emil",
        "",
        (rise("Stores that publish rotas two weeks ahead", "88", "212", "196", "stores"),),
    ),
)
