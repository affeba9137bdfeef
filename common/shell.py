"""What the frame around every page shows: organisation, navigation, cycle, the person. Plain values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class NavItem:
    """One place in the rail. `count` is shown when it is above 0; `counts_what` says what it counts.

    `letter` follows G on the keyboard. With `count_href` the number is fetched from there once the page is shown.
    """

    key: str
    label: str
    icon: str
    href: str
    is_current: bool = False
    count: int = 0
    counts_what: str = ""
    is_due: bool = False
    letter: str = ""
    count_href: str = ""


@dataclass(frozen=True)
class CycleChoice:
    """A cycle in the switcher. `days` and `tag` are ready to print: "28 Sep to 27 Dec", "week 8 of 13".

    `week` is 1..`weeks` while the cycle runs, 0 before it, `weeks` after it; both are None without dates.
    """

    id: str
    name: str
    days: str
    tag: str
    href: str
    is_current: bool = False
    is_open: bool = False
    week: int | None = None
    weeks: int | None = None


@dataclass(frozen=True)
class TeamLink:
    """A team in the rail."""

    id: str
    name: str
    href: str


@dataclass(frozen=True)
class AsOf:
    """The day that is looked at, and quick ways to others. `keeps` are the other parameters of the address."""

    label: str
    day: date
    latest: date
    is_past: bool
    choices: tuple[tuple[str, str], ...]
    keeps: tuple[tuple[str, str], ...]
    action: str
    today_href: str


@dataclass(frozen=True)
class Shell:
    """Everything that base.html reads. An anonymous visitor gets one without a person and without places."""

    organisation_name: str = "OKR Platform"
    person_name: str = ""
    person_initial: str = ""
    person_href: str = ""
    places: tuple[NavItem, ...] = ()
    creates: tuple[NavItem, ...] = ()
    cycles: tuple[CycleChoice, ...] = ()
    cycle: CycleChoice | None = None
    as_of: AsOf | None = None
    teams: tuple[TeamLink, ...] = ()
    theme: str = ""
    shortcuts_on: bool = True
    set_theme_href: str = ""
    inbox_href: str = ""
    unseen_count: int = 0
    search_href: str = ""
    sign_out_href: str = ""
    can_write: bool = False
    can_set_priorities: bool = False

    @property
    def is_signed_in(self) -> bool:
        return bool(self.person_name)

    @property
    def bar_places(self) -> tuple[NavItem, ...]:
        """The four places of the bottom bar on a small screen."""
        return self.places[:4]

    @property
    def more_places(self) -> tuple[NavItem, ...]:
        """What the bottom bar keeps behind More."""
        return self.places[4:]

    @property
    def next_theme(self) -> str:
        """What the light-and-dark button asks for when there is no script to know the system's choice."""
        return "light" if self.theme == "dark" else "dark"
