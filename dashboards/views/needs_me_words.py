"""What the strategy page says about asks that wait for its reader."""

from __future__ import annotations

from dashboards.queries.needs_me import NeedsMe
from dashboards.views.words import count_words


def needs_me_words(needs: NeedsMe) -> str:
    """ "5 open, oldest first. You answered 7 this cycle, usually within 2 working days."; without any open: what was."""
    count, days = needs.answered.count, needs.answered.usual_days
    usually = "" if days is None else f", usually within {days} working day{'' if days == 1 else 's'}"
    if not needs.rows:
        if not count:
            return "What people ask you, and what they need you to decide, waits here."
        return f"{count_words(count, 'ask', 'asks')} answered this cycle{usually}."
    opened = f"{len(needs.rows)} open, oldest first."
    return f"{opened} You answered {count} this cycle{usually}." if count else opened


def waiting_words(needs: NeedsMe) -> str:
    """ " Five people wait for an answer.", to follow another sentence; "" when nobody waits."""
    if not needs.rows:
        return ""
    people = needs.people
    return f" {count_words(people, 'person waits', 'people wait')} for an answer."
