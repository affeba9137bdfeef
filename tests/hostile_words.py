"""Words that try to become markup, in every text that people can write, and what tells that they did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from activity.services import record_event
from alignment.models import PriorityNews
from checkins.models import CheckInDraft
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.take_snapshots import take_snapshots
from objectives.models import Objective
from objectives.rules.kinds import KeyResultKind
from people.models import User
from people.roles import Role
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_cycle,
    make_initiative,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
    make_team,
    moment,
)

PAYLOADS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x></sCrIpT>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "` onclick=alert(1) `",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1)></svg>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<a href=javascript:alert(1)>here</a>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</option></select><img src=x onerror=alert(1)>",
    "</template><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<form action=javascript:alert(1)><button>go</button></form>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<div style=background:url(javascript:alert(1))>",
    "<p hx-get=/settings/ hx-trigger=load>",
    "<p data-hx-post=/account/logout/ data-hx-trigger=load>",
    "{{ 7|add:7 }}{% now 'Y' %}${alert(1)}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\u202e<script>alert(1)</script>\u2028",
    "%3Cscript%3Ealert(1)%3C/script%3E",
)
AT_ONCE = 4
NEVER = {"iframe", "object", "embed", "base", "math", "animate", "style"}
ADDRESSES = ("href", "src", "action", "formaction", "data", "srcdoc", "xlink:href", "hx-get", "hx-post")


@dataclass(frozen=True, slots=True)
class Hostile:
    """Somebody who owns it all, and one objective for each handful of payloads."""

    administrator: User
    objectives: tuple[Objective, ...]


def handfuls() -> Iterator[str]:
    for place in range(0, len(PAYLOADS), AT_ONCE):
        yield " ".join(PAYLOADS[place : place + AT_ONCE])


def make_hostile_world(today: Any = TODAY, now: Any = NOW) -> Hostile:
    """Rows of every kind in which each text says something hostile."""
    organisation = make_organisation(f"Pine {PAYLOADS[7]}")
    administrator = make_person(organisation, role=Role.ADMINISTRATOR, name=PAYLOADS[2], can_sign_in=True)
    cycle = make_cycle(
        organisation,
        name=PAYLOADS[0],
        starts_on=today.replace(month=1, day=1),
        ends_on=today.replace(month=12, day=31),
    )
    objectives = []
    for place, words in enumerate(handfuls()):
        short = words[:190]
        owner = make_person(organisation, name=short)
        team = make_team(organisation, name=f"{place} {short}"[:200], lead=owner, purpose=words[:400])
        priority = make_priority(organisation, title=words, narrative=words, not_doing=words, owner=owner)
        PriorityNews.objects.create(priority=priority, text=words, author=owner, on=today)
        objective = make_objective(
            cycle, title=words, why=words, owner=administrator, team=team, owner_label=short, activated_at=now
        )
        key_result = make_key_result(
            objective, title=words, unit=words[:30], owner=administrator, activated_at=moment(today)
        )
        make_key_result(
            objective, kind=KeyResultKind.MILESTONES, title=words, steps=((words, 1),), owner=owner
        )
        make_key_result(make_objective(cycle, title=words, keeps_us_running=words, owner=None), title=words)
        make_initiative(key_result, title=words, owner_label=short)
        make_check_in(
            key_result,
            author=owner,
            note=words,
            win=words,
            challenge=words,
            next_step=words,
            observed_on=today,
            recorded_at=now,
        )
        make_link(objective, priority, reason=words)
        _tell(objective, administrator, words, now)
        objectives.append(objective)
    CheckInDraft.objects.create(user=administrator, rows={"win": PAYLOADS[0]}, saved_at=now)
    rebuild_numbers(organisation=organisation, today=today)
    take_snapshots(organisation=organisation, on=today)
    return Hostile(administrator, tuple(objectives))


def _tell(objective: Objective, by: User, words: str, at: Any) -> None:
    """An event whose facts are hostile too."""
    record_event(
        verb="objective.edited",
        subject=objective,
        organisation_id=objective.organisation_id,
        by=by,
        at=at,
        objective_id=objective.pk,
        payload={"changes": {"title": [words, words], "why": ["", words]}},
    )


class Suspicion(HTMLParser):
    """Reads a page as a browser would and notes everything that our own templates never write."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        source = given.get("src", "")
        if tag in NEVER or (tag == "script" and not source.startswith("/static/")):
            self.found.append(f"<{tag}> {given}")
        if tag == "img" and source == "x":
            self.found.append(f"<img> {given}")
        if tag == "meta" and given.get("http-equiv"):
            self.found.append(f"<meta> {given}")
        for name, value in given.items():
            is_event = name.startswith("on") or name == "style" or name in ("srcdoc", "hx-on")
            plain = value.strip().lower()
            leads_out = name in ADDRESSES and plain.startswith(
                ("javascript:", "data:text", "//", "vbscript:")
            )
            if is_event or leads_out or (name.endswith("hx-trigger") and plain == "load"):
                self.found.append(f"{name}={value!r} on <{tag}>")


def suspicions(text: str) -> list[str]:
    reader = Suspicion()
    reader.feed(text)
    return reader.found
