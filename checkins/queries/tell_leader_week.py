"""The week of the strategy for those who lead: what needs them, what moved, what went quiet, what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import F

from alignment.models import PriorityProgress, ProgressSnapshot
from alignment.permissions import visible_priorities
from alignment.rules.kinds import PriorityState
from checkins.models import Ask
from checkins.permissions import visible_asks, visible_check_ins
from checkins.queries.tell_asks import ask_age, ask_line
from checkins.queries.tell_changed import changed_section
from checkins.queries.tell_lead_week import waited_words
from checkins.queries.telling import (
    address,
    day_words,
    for_reader,
    place_words,
    quoted,
    running_cycle,
    today_of,
)
from checkins.rules.kinds import WAITING
from common.number_words import count_words, in_words
from common.ratio import shown_percent
from common.templatetags.numbers import percent, points
from notices.models import Notice
from notices.rendering import Line, Section
from objectives.models import Cycle
from objectives.permissions import visible_key_results
from objectives.rules.kinds import KeyResultState, ObjectiveState, Visibility
from people.models import User

ORDER = 4
WEEK = timedelta(days=7)
YOUNG_DAYS = 3
MOST_ASKS, MOST_QUIET = 5, 5
SLIPPING = Decimal("0.7")
"""A priority below this share of its plan is said to be slipping."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A priority in the cycle; ratios are 0..1."""

    id: UUID
    title: str
    progress: Decimal | None
    expected: Decimal | None
    earlier: Decimal | None
    objective_count: int

    @property
    def is_slipping(self) -> bool:
        if self.progress is None or not self.expected:
            return False
        return self.progress < SLIPPING * self.expected


@for_reader
def tell_leader_week(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """Asks first; None when nothing needs the person and nothing moved."""
    today = today_of(user, at)
    cycle = running_cycle(user, today)
    asks = list(
        visible_asks(user)
        .filter(asked_of=user, state__in=list(WAITING))
        .select_related("asked_by", "objective", "organisation")
        .order_by("created_at", "pk")
    )
    standings = _standings(user, cycle, today) if cycle is not None else []
    needs = Section("What needs me?", tuple(_ask_lines(asks, user, at)))
    moved = Section("What moved?", tuple(_moved_lines(standings)))
    quiet = Section("Gone quiet", tuple(_quiet_lines(user, cycle, today)))
    said = Section("Said this week", tuple(_said(user, at)))
    changed = changed_section(user, at)
    parts = [part for part in (needs, moved, changed, quiet, said) if part is not None and part.lines]
    if not parts:
        return None
    first, *rest = parts
    return Section(
        title=first.title,
        lines=first.lines,
        order=ORDER,
        headline=_headline(asks, standings),
        lede="What needs you comes first. The rest can wait for the review."
        if asks
        else "Nobody waits for you. This is what moved.",
        button="Open Strategy",
        button_href=address("strategy"),
        after=tuple(rest),
        place=place_words(cycle, today),
    )


def _headline(asks: Sequence[Ask], standings: Sequence[Standing]) -> str:
    """ "Five people wait, one priority is slipping"."""
    waiting = len({ask.asked_by_id for ask in asks})
    slipping = sum(standing.is_slipping for standing in standings)
    parts = []
    if waiting:
        parts.append(count_words(waiting, "person waits", "people wait"))
    if slipping:
        words = f"{in_words(slipping)} {'priority is' if slipping == 1 else 'priorities are'} slipping"
        parts.append(words if parts else f"{words[0].upper()}{words[1:]}")
    return ", ".join(parts) or "The week of the strategy"


def _ask_lines(asks: Sequence[Ask], user: User, at: datetime) -> list[Line]:
    ages = [(ask, ask_age(ask, user, at)) for ask in asks]
    old = [(ask, age) for ask, age in ages if age >= YOUNG_DAYS or ask.answer_by_on is not None]
    shown = (old or ages)[:MOST_ASKS]
    lines = []
    for ask, age in shown:
        line = ask_line(ask)
        lines.append(Line(line.title, line.words, f"{line.facts} · {waited_words(age)}", line.href))
    left = len(asks) - len(shown)
    if left:
        are_young = left == len(asks) - len(old)
        verb = "is" if left == 1 else "are"
        rest = f"{verb} younger than three days" if are_young else f"{verb} on the strategy page"
        lines.append(Line(f"{count_words(left, 'more', 'more')} {rest}."))
    return lines


def _standings(user: User, cycle: Cycle, today: date) -> list[Standing]:
    rows = (
        PriorityProgress.objects.filter(
            cycle=cycle, priority__in=visible_priorities(user).filter(state=PriorityState.ACTIVE)
        )
        .order_by("priority__rank", "priority_id")
        .values_list("priority_id", "priority__title", "progress", "expected", "objective_count")
    )
    found = list(rows)
    earlier: dict[UUID, Decimal | None] = {}
    snapshots = ProgressSnapshot.objects.filter(
        subject_type="priority",
        subject_id__in=[row[0] for row in found],
        cycle=cycle,
        on__lte=today - WEEK,
        on__gt=today - 2 * WEEK,
    )
    for subject_id, progress in snapshots.order_by("on").values_list("subject_id", "progress"):
        earlier[subject_id] = progress
    return [
        Standing(pk, title, progress, expected, earlier.get(pk), count)
        for pk, title, progress, expected, count in found
    ]


def _moved_lines(standings: Sequence[Standing]) -> list[Line]:
    lines = []
    for row in standings:
        href = address("priority", row.id)
        if row.objective_count == 0:
            lines.append(Line(row.title, f"{row.title} has no objectives yet.", href=href))
        elif row.progress is not None:
            plan = f" · plan {points(row.expected)}" if row.expected is not None else ""
            lines.append(
                Line(
                    title=row.title,
                    words=_change_words(row),
                    facts=f"{percent(row.progress)}{plan}",
                    href=href,
                    progress=float(row.progress),
                    expected=None if row.expected is None else float(row.expected),
                )
            )
    return lines


def _change_words(row: Standing) -> str:
    """ "6 points up, 12 behind plan"; whole points as they are shown."""
    now = shown_percent(row.progress) or 0
    parts = []
    if row.earlier is not None:
        change = now - (shown_percent(row.earlier) or 0)
        unit = "point" if abs(change) == 1 else "points"
        parts.append(f"{abs(change)} {unit} {'up' if change > 0 else 'down'}" if change else "no change")
    if row.expected is not None:
        gap = now - (shown_percent(row.expected) or 0)
        parts.append(f"{abs(gap)} {'ahead' if gap > 0 else 'behind plan'}" if gap else "on plan")
    return ", ".join(parts) or "this week"


def _quiet_lines(user: User, cycle: Cycle | None, today: date) -> list[Line]:
    if cycle is None:
        return []
    rows = (
        visible_key_results(user)
        .filter(
            objective__cycle=cycle,
            objective__state=ObjectiveState.ACTIVE,
            objective__visibility=Visibility.ORGANISATION,
            state=KeyResultState.ACTIVE,
            due_until__lt=today,
        )
        .select_related("objective__team")
        .order_by(F("last_heard_on").asc(nulls_first=True), "pk")[:MOST_QUIET]
    )
    lines = []
    for row in rows:
        days = (today - row.last_heard_on).days if row.last_heard_on else None
        heard = f"nothing said for {days} days" if days is not None else "nothing said yet"
        team = row.objective.team.name if row.objective.team else ""
        lines.append(Line(row.title, f"{row.title}: {heard}.", team, address("key_result", row.pk)))
    return lines


def _said(user: User, at: datetime) -> list[Line]:
    """One sentence of the week: a challenge before a note, the latest first, open to the whole organisation."""
    rows = (
        visible_check_ins(user)
        .filter(recorded_at__gt=at - WEEK, key_result__objective__visibility=Visibility.ORGANISATION)
        .exclude(author__isnull=True)
        .exclude(author=user)
        .exclude(challenge="", note="")
        .select_related("author")
        .order_by("-recorded_at", "-pk")[:50]
    )
    found = list(rows)
    one = next((row for row in found if row.challenge), found[0] if found else None)
    if one is None:
        return []
    who = one.author.name if one.author else ""
    return [
        Line(
            title="",
            words=quoted(one.challenge or one.note),
            facts=f"{who}, {day_words(one.observed_on)}",
            href=address("check_in_detail", one.pk),
        )
    ]
