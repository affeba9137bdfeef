"""Publishing a change of a priority above 2,000 objectives: everybody asked, nobody twice, in seconds."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from benchmarks.report import Line
from benchmarks.stage import Stage

OBJECTIVES = 2_000
DIRECT = 40
PEOPLE = 300
AT = datetime(2026, 5, 21, 8, 0, tzinfo=UTC)
MOST_SECONDS = 60.0


def run(stage: Stage) -> list[Line]:
    """Seconds until everybody is asked, and until everybody is told; rows, and rows after publishing again."""
    from alignment.models import Reconfirmation
    from alignment.services import publish_revision, save_draft
    from alignment.services.ask_reached import tell_priority_changed

    leader, priority = _fill()
    draft = save_draft(priority=priority, by=leader, at=AT, title="Everything, otherwise")
    if draft is None:
        raise RuntimeError("nothing to publish")
    begun = time.monotonic()
    publish_revision(revision=draft, by=leader, at=AT, reason="To be measured")
    asked = time.monotonic() - begun
    begun = time.monotonic()
    tell_priority_changed(revision_id=draft.pk, by_id=leader.pk, at=AT)
    told = time.monotonic() - begun
    rows = Reconfirmation.objects.filter(revision=draft).count()
    publish_revision(revision=draft, by=leader, at=AT, reason="Again")
    again = Reconfirmation.objects.filter(revision=draft).count()
    return [
        Line(
            f"publish above {OBJECTIVES:,} objectives",
            f"{asked:.2f} s asked, {told:.2f} s until {PEOPLE} people are told",
            f"≤ {MOST_SECONDS:.0f} s",
            asked + told <= MOST_SECONDS,
        ),
        Line(
            "  asked", f"{rows:,}, published again {again:,}", f"{OBJECTIVES:,}", rows == again == OBJECTIVES
        ),
    ]


def _fill() -> tuple[Any, Any]:
    """A tree below one priority: forty contribute directly, each other one to one before it; 500 lie beside it."""
    from alignment.models import AlignmentLink
    from alignment.services import create_priority
    from objectives.models import Cycle, Objective
    from people.models import Organisation, User

    organisation = Organisation.objects.create(name="Strategy moves")
    people = User.objects.bulk_create(
        User(
            organisation=organisation,
            name=f"Person {place}",
            email=f"person-{place}@moves.example",
            role="leader" if place == 0 else "member",
        )
        for place in range(PEOPLE)
    )
    cycle = Cycle.objects.create(organisation=organisation, name="Moves", state="active")
    rows = Objective.objects.bulk_create(
        Objective(
            organisation=organisation,
            cycle=cycle,
            title=f"Objective {place}",
            owner=people[place % PEOPLE],
            state="active",
        )
        for place in range(OBJECTIVES + 500)
    )
    priority = create_priority(by=people[0], at=AT, title="Everything")
    AlignmentLink.objects.bulk_create(
        AlignmentLink(
            organisation=organisation,
            child=row,
            kind="contributes",
            **({"priority": priority} if place < DIRECT else {"objective": rows[place // 4]}),
        )
        for place, row in enumerate(rows[:OBJECTIVES])
    )
    return people[0], priority
