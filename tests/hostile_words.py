"""Words that try to become markup, in every text that people can write, and what tells that they did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.db import transaction

from activity.services import record_event
from alignment.models import PriorityNews
from checkins.models import CheckIn, CheckInDraft, Decision
from checkins.services.answer_ask import answer_ask
from checkins.services.ask_person import ask_person
from checkins.services.edit_comment import edit_comment
from checkins.services.give_thanks import give_thanks
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.take_snapshots import take_snapshots
from checkins.services.tell_win import tell_win
from checkins.services.write_comment import write_comment
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
from tests.factories.words import make_comment

PAYLOADS: tuple[str, ...] = tuple(
    json.loads((Path(__file__).parent / "data" / "hostile_words.json").read_text(encoding="utf-8"))
)
AT_ONCE = 6
NEVER = {"iframe", "object", "embed", "base", "math", "animate", "style"}
ADDRESSES = ("href", "src", "action", "formaction", "data", "srcdoc", "xlink:href", "hx-get", "hx-post")

COUNTS = ("/feed/count/",)
"""What our own frame asks for by itself."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """Somebody who owns it all, one objective for each handful of payloads, and a `wall`: an objective on which every
    payload stands alone as a comment, so that none hides behind another.
    """

    administrator: User
    objectives: tuple[Objective, ...]
    wall: Objective


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
        said = make_check_in(
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
        _talk(objective, said, owner, administrator, words, now)
        objectives.append(objective)
    wall = make_objective(cycle, title="A wall of words", owner=administrator, activated_at=now)
    for place, words in enumerate(PAYLOADS):
        make_comment(wall, author=administrator, text=words, at=now - timedelta(minutes=place))
    CheckInDraft.objects.create(user=administrator, rows={"win": PAYLOADS[0]}, saved_at=now)
    rebuild_numbers(organisation=organisation, today=today)
    take_snapshots(organisation=organisation, on=today)
    return Hostile(administrator, tuple(objectives), wall)


@transaction.atomic
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


def _talk(objective: Objective, said: CheckIn, owner: User, administrator: User, words: str, at: Any) -> None:
    """Everything that people say to each other, from the owner to the administrator, who is told of it."""
    key_result = said.key_result
    facts: dict[str, Any] = {"by": owner, "at": at, "objective": objective}
    comment = write_comment(**facts, check_in=said, text=f"@[x](person:{administrator.pk}) {words}")
    edit_comment(comment=comment, by=owner, at=at, text=f"{words} @[x](person:{administrator.pk})")
    write_comment(**facts, key_result=key_result, text=words)
    give_thanks(**facts, receivers=[administrator], text=words)
    tell_win(by=owner, at=at, text=words, team=objective.team)
    ask_person(**facts, asked_of=administrator, text=words)
    mine = ask_person(**{**facts, "by": administrator}, asked_of=owner, text=words, check_in=said)
    answer_ask(ask=mine, by=owner, at=at, text=words)
    Decision.objects.create(
        organisation_id=objective.organisation_id,
        objective=objective,
        team=objective.team,
        text=words,
        because=words,
        decided_by=owner,
        decided_at=at,
    )


class Suspicion(HTMLParser):
    """Reads a page as a browser would and notes everything that our own templates never write."""

    def __init__(self, *, is_mail: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.may_style = is_mail
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        source = given.get("src", "")
        if (tag in NEVER and not (self.may_style and tag == "style")) or (
            tag == "script" and not source.startswith("/static/")
        ):
            self.found.append(f"<{tag}> {given}")
        if tag == "img" and source == "x":
            self.found.append(f"<img> {given}")
        if tag == "meta" and given.get("http-equiv") and not self.may_style:
            self.found.append(f"<meta> {given}")
        for name, value in given.items():
            is_style = name == "style" and not self.may_style
            is_event = name.startswith("on") or is_style or name in ("srcdoc", "hx-on")
            plain = value.strip().lower()
            leads_out = name in ADDRESSES and plain.startswith(
                ("javascript:", "data:text", "//", "vbscript:")
            )
            asks_by_itself = (
                name.endswith("hx-trigger") and plain == "load" and given.get("hx-get") not in COUNTS
            )
            if is_event or leads_out or asks_by_itself:
                self.found.append(f"{name}={value!r} on <{tag}>")


def suspicions(text: str, *, is_mail: bool = False) -> list[str]:
    """What our own templates never write; those of mails may carry styles."""
    reader = Suspicion(is_mail=is_mail)
    reader.feed(text)
    return reader.found
