"""What happened around a person lately, in a few lines: the right column of My week."""

from __future__ import annotations

from collections.abc import Collection, Container
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, OuterRef, Subquery

from checkins.models import Reaction
from checkins.permissions import visible_check_ins
from checkins.rules.kinds import Reactable, ReactionWord
from dashboards.queries.feed_entries import entry_of, read_words
from dashboards.queries.feed_lines import read_source
from dashboards.queries.feed_rows import FeedEntry
from dashboards.queries.feed_scope import Scope, feed_scopes
from dashboards.queries.feed_sources import plan_sources
from people.models import User

MOST_AROUND = 4
MOST_HEARD = 2


@dataclass(frozen=True, slots=True)
class Heard:
    """One word that others left on one check-in of the reader, and how many did."""

    check_in_id: UUID
    title: str
    word: ReactionWord
    count: int


def around_you(
    user: User,
    cycle_ids: Collection[UUID],
    *,
    since: datetime,
    today: date,
    told: Container[UUID] = (),
) -> tuple[FeedEntry, ...]:
    """What the person's objectives depend on or serve, changed by others since then, latest first.

    Changes of the priorities in `told` are left out, their news are not.

    At most six statements, however much there is.
    """
    zone = ZoneInfo(user.organisation.time_zone)
    scope = feed_scopes(user, cycle_ids)[Scope.AROUND]
    lines = [
        line
        for source in plan_sources(user, scope, since=since)
        for line in read_source(source, MOST_AROUND * 3)[0]
        if line.who_id != user.pk
        and (line.verb == "priority.news" or line.facts.get("priority_id") not in told)
    ]
    lines.sort(key=lambda line: line.at, reverse=True)
    words = read_words(user, lines, today=today)
    entries = [entry_of(user, [line], words, scope, zone=zone, seen_at=since) for line in lines]
    return tuple(entry for entry in entries if entry is not None)[:MOST_AROUND]


def heard_from(user: User, *, since: datetime) -> tuple[Heard, ...]:
    """What others said in a word to the reader's check-ins since then, latest first. One statement."""
    mine = visible_check_ins(user).filter(author=user, known_at__gte=since).order_by()
    title = mine.filter(pk=OuterRef("subject_id")).values("key_result__title")[:1]
    rows = Reaction.objects.filter(
        organisation_id=user.organisation_id,
        subject_type=Reactable.CHECK_IN,
        subject_id__in=mine.values("pk"),
    ).exclude(author=user)
    counted = rows.order_by().values("subject_id", "word").annotate(n=Count("pk"), last=Max("created_at"))
    found = counted.annotate(title=Subquery(title)).order_by("-last", "word")
    said = found.values_list("subject_id", "title", "word", "n")[:MOST_HEARD]
    return tuple(Heard(pk, title or "", ReactionWord(word), count) for pk, title, word, count in said)
