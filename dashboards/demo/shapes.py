"""The words in which the demo organisation is written down: plain values, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from alignment.rules.kinds import LinkKind, LinkState
from objectives.rules.kinds import KeyResultKind, KeyResultState, ObjectiveKind, ObjectiveState, Visibility
from people.roles import Role


@dataclass(frozen=True, slots=True)
class PersonSpec:
    """A person. `email` is the part before the @; None makes a placeholder who cannot sign in."""

    name: str
    email: str | None
    role: Role = Role.MEMBER
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class TeamSpec:
    name: str
    purpose: str
    lead: str
    members: tuple[str, ...]
    parent: str = ""


@dataclass(frozen=True, slots=True)
class PrioritySpec:
    """`news` holds (days ago, line), newest first; `asked_days_ago` is when it was stated."""

    title: str
    owner: str
    narrative: str
    not_doing: str
    news: tuple[tuple[int, str], ...]
    asked_days_ago: int


@dataclass(frozen=True, slots=True)
class StepSpec:
    """A milestone; `due` and `done` are days of the cycle (1 is the first), `done` None while it is open."""

    title: str
    weight: int = 1
    due: int | None = None
    done: int | None = None


@dataclass(frozen=True, slots=True)
class InitiativeSpec:
    title: str
    state: str = "active"
    owner: str = ""


@dataclass(frozen=True, slots=True)
class KeyResultSpec:
    """A key result and what was said about it.

    now          current value as written; its decimals are those of the whole series; None: nothing said yet
    values       the weekly values oldest first, parted by spaces; empty: a line from start to now
    confidence   the weekly confidences oldest first, the last one repeated backwards from the newest week
    heard        days since the last word of a person
    is_automatic values come from a connected system, people only say how confident they are
    also_fed     between the words of people, a service token sends values too
    says         weeks before the last word → field (note, win, challenge, next_step) and text
    planned      (day of the cycle, value)
    """

    title: str
    kind: KeyResultKind
    owner: str
    start: str | None = None
    target: str | None = None
    lower: str | None = None
    upper: str | None = None
    now: str | None = None
    values: str = ""
    unit: str = ""
    weight: int = 1
    confidence: str = "7"
    heard: int = 7
    is_automatic: bool = False
    also_fed: bool = False
    from_aligned: bool = False
    says: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    planned: tuple[tuple[int, str], ...] = ()
    steps: tuple[StepSpec, ...] = ()
    initiatives: tuple[InitiativeSpec, ...] = ()
    state: KeyResultState = KeyResultState.ACTIVE
    state_reason: str = ""
    cadence_days: int = 7
    skipped: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class LinkSpec:
    """Where an objective leads. `to` is a title; for a key result `objective title / key result title`."""

    to: str
    kind: LinkKind = LinkKind.CONTRIBUTES
    weight: int = 1
    reason: str = ""
    state: LinkState = LinkState.ACTIVE


@dataclass(frozen=True, slots=True)
class ObjectiveSpec:
    """An objective. `cycle` is one of now, last, before, year, next; `score` is what its owner chose."""

    title: str
    team: str | None
    owner: str | None
    key_results: tuple[KeyResultSpec, ...] = ()
    why: str = ""
    links: tuple[LinkSpec, ...] = ()
    kind: ObjectiveKind = ObjectiveKind.ASPIRATIONAL
    contributors: tuple[str, ...] = ()
    cycle: str = "now"
    state: ObjectiveState = ObjectiveState.ACTIVE
    state_reason: str = ""
    visibility: Visibility = Visibility.ORGANISATION
    keeps_us_running: str = ""
    score: str = ""
    score_reason: str = ""
