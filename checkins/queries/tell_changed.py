"""What changed in a week, as a few lines of a digest; the page has the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format

from checkins.queries.changed_words import FIELDS, LONG, SAYS, words
from checkins.queries.telling import address, quoted, shortened
from checkins.queries.what_changed import ChangedThing, WhatChanged, what_changed
from checkins.rules.folded_changes import FieldChange
from common.number_words import count_words
from notices.rendering import Line, Section
from people.models import User

WEEK = timedelta(days=7)
MOST = 5
LONGEST = 120
TITLE = "What changed?"


def changed_section(
    viewer: User, at: datetime, *, team_ids: Collection[UUID] | None = None
) -> Section | None:
    """Targets, wording, owners, states and links of the last seven days; values are told by the other parts.

    At most five lines, and one that leads to the rest. None when nothing changed.
    """
    found = what_changed(viewer, since=at - WEEK, team_ids=team_ids, with_values=False)
    lines = list(_lines(found))
    if not lines:
        return None
    shown = lines[:MOST]
    left = len(lines) - len(shown)
    if left or found.next_after is not None:
        query = {"since": "week"}
        if team_ids is not None and len(team_ids) == 1:
            query["team"] = str(next(iter(team_ids)))
        rest = (
            "And more" if found.next_after is not None else count_words(left, "more change", "more changes")
        )
        shown.append(Line(f"{rest}, on the page", href=f"{address('what_changed')}?{urlencode(query)}"))
    return Section(TITLE, tuple(shown))


def _lines(found: WhatChanged) -> Iterator[Line]:
    """Priorities before what lies below them; one line a change."""
    for part in found.priorities:
        if part.id is not None:
            for change in part.changes:
                yield _line(change, "priority", part.title, "", address("priority", part.id))
    for part in found.priorities:
        for row in part.objectives:
            for thing in row.things:
                href = "" if row.is_gone else address("objective", row.id)
                for change in thing.changes:
                    yield _line(change, thing.type, _title(thing, row.title), thing.unit, href)


def _title(thing: ChangedThing, objective: str) -> str:
    return objective if thing.type == "alignment_link" else thing.title


def _line(change: FieldChange, subject: str, title: str, unit: str, href: str) -> Line:
    said = SAYS.get((subject, change.kind))
    if said is not None:
        what = said.lower()
    elif change.field in LONG:
        new = words(change.field, change.after)
        what = (
            f"now {quoted(shortened(new, LONGEST))}" if new else f"{FIELDS[change.field].lower()} taken out"
        )
    else:
        before, after = words(change.field, change.before, unit), words(change.field, change.after, unit)
        what = f"{FIELDS[change.field].lower()} {shortened(before, LONGEST)} → {shortened(after, LONGEST)}"
    when = date_format(timezone.localtime(change.at), "D j M")
    why = f": {quoted(shortened(change.why, LONGEST))}" if change.why else ""
    return Line(
        title=title,
        words=f"{shortened(title, LONGEST)}: {what}.",
        facts=f"{change.by}, {when}{why}" if change.by else f"{when}{why}",
        href=href,
    )
