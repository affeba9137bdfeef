"""The reminder: what is due for somebody, and what came back to them since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from alignment.models import ProgressSnapshot
from checkins.models import Ask, CheckIn
from checkins.permissions import visible_asks
from checkins.queries.due import due_for
from checkins.queries.telling import (
    WHAT_CAME_BACK,
    address,
    day_words,
    for_reader,
    place_words,
    quoted,
    running_cycle,
    today_of,
)
from checkins.rules.asks import working_days_between
from checkins.rules.kinds import AskState
from common.days import day_in
from common.number_words import count_words, in_words
from common.templatetags.numbers import number, percent, points
from notices.models import Notice
from notices.rendering import Line, Section
from objectives.models import KeyResult
from objectives.permissions import visible_objectives
from objectives.rules.kinds import KeyResultKind, ValueSource
from people.models import Team, User

ORDER = 10
MOST_ROWS = 12
MOST_ANSWERS = 3
SECONDS_A_ROW = 15
LATELY = timedelta(days=8)


@for_reader
def tell_check_in_due(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """One section for what is due now, whatever number of reminders asks for it; None when all of it was said."""
    today = today_of(user, at)
    due = list(
        due_for(user, today=today)
        .select_related("objective")
        .order_by("objective__cycle__ends_on", "objective__position", "objective_id", "position", "pk")
    )
    if not any(_is_asked_for(row, today) for row in due):
        return None
    is_again = any(notice.key.endswith(":again") for notice in notices)
    lines = [_line(row) for row in due[:MOST_ROWS]]
    if len(due) > MOST_ROWS:
        lines.append(Line(f"and {in_words(len(due) - MOST_ROWS)} more"))
    came_back = (*_answers(user, at), *_moved(user, at))
    return Section(
        title="Your check-in",
        lines=tuple(lines),
        order=ORDER,
        headline=_headline(len(due), is_again=is_again),
        lede=_lede(user, at),
        button="Share my check-in",
        button_href=address("my_week"),
        heads=("Key result", "last value", "status"),
        after=(Section(WHAT_CAME_BACK, came_back),) if came_back else (),
        place=place_words(running_cycle(user, today), today),
    )


def _is_asked_for(row: KeyResult, today: date) -> bool:
    """As `worth_asking`: what feeds itself is no reason for a message before it is stale, and comes along then."""
    is_manual = row.value_source == ValueSource.MANUAL
    return is_manual or (row.due_until is not None and row.due_until < today)


def _headline(count: int, *, is_again: bool) -> str:
    what = count_words(count, "key result", "key results")
    if is_again:
        return f"{what} still {'waits' if count == 1 else 'wait'} for a word from you"
    minutes = max(1, round(count * SECONDS_A_ROW / 60))
    return f"{what}, about {'a minute' if minutes == 1 else f'{in_words(minutes)} minutes'}"


def _lede(user: User, at: datetime) -> str:
    """When the team reads it, as far as that is today."""
    rest = "If nothing turned, a number and a confidence are enough."
    organisation = user.organisation
    here = at.astimezone(ZoneInfo(organisation.time_zone))
    team = Team.objects.filter(memberships__user=user, archived_at__isnull=True).order_by("name").first()
    if team is None:
        return rest
    weekday = organisation.review_weekday if team.review_weekday is None else team.review_weekday
    hour = organisation.review_hour if team.review_hour is None else team.review_hour
    if weekday == here.weekday() and here.hour < hour:
        return f"Your team reads this before the review at {hour}:00. {rest}"
    return f"Your team reads this before its review. {rest}"


def _line(row: KeyResult) -> Line:
    return Line(
        title=row.title,
        facts=_value(row),
        href=address("check_in", row.pk),
        status=row.status,
    )


def _value(row: KeyResult) -> str:
    """The last value as people read it; what feeds itself says so."""
    unit = "%" if row.kind == KeyResultKind.PERCENT_DONE else row.unit.strip()
    value: Decimal | None = row.current_value
    if value is None and not row.has_data:
        return "none yet"
    if row.kind == KeyResultKind.YES_NO:
        shown = "done" if (value or 0) >= 1 else "not yet"
    else:
        shown = percent(row.progress) if value is None else number(value, unit)
    return shown if row.value_source == ValueSource.MANUAL else f"{shown}, by itself"


def _answers(user: User, at: datetime) -> list[Line]:
    """Answers of the last days that the person has not read yet."""
    asks = (
        visible_asks(user)
        .filter(asked_by=user, state=AskState.ANSWERED, ended_at__gt=at - LATELY, answer_seen_at__isnull=True)
        .select_related("answered_by", "asked_of", "organisation")
        .order_by("-ended_at", "-pk")[:MOST_ANSWERS]
    )
    return [answer_line(ask) for ask in asks]


def answer_line(ask: Ask) -> Line:
    """ "Yuki answered your ask of 10 Nov, in 5 working days" below the words of the answer."""
    zone = ask.organisation.time_zone
    asked_on = day_in(zone, ask.created_at)
    days = working_days_between(
        asked_on, day_in(zone, ask.ended_at or ask.created_at), ask.asked_of.working_days
    )
    who = ask.answered_by.name if ask.answered_by else "Somebody"
    took = "the same day" if days == 0 else f"in {days} working day{'' if days == 1 else 's'}"
    return Line(
        title="",
        words=quoted(answer_words(ask)),
        facts=f"{who} answered your {'ask' if ask.kind == 'ask' else 'question'} of {day_words(asked_on)}, {took}",
        href=address("ask", ask.pk),
    )


def answer_words(ask: Ask) -> str:
    """The chosen option and what was said with it."""
    options = [str(option) for option in ask.options or []]
    index = ask.chosen_option
    chosen = options[index] if index is not None and index < len(options) else ""
    if chosen and ask.answer:
        return f"{chosen.rstrip('.')}. {ask.answer}"
    return chosen or ask.answer or "Answered in person"


def _moved(user: User, at: datetime) -> list[Line]:
    """What the person's last check-in did to its objective."""
    last = (
        CheckIn.objects.filter(author=user, key_result__objective__in=visible_objectives(user))
        .select_related("key_result__objective", "organisation")
        .order_by("-recorded_at", "-pk")
        .first()
    )
    if last is None or last.recorded_at < at - 4 * LATELY:
        return []
    objective = last.key_result.objective
    on = day_in(last.organisation.time_zone, last.recorded_at)
    before, after = _around(objective.pk, on)
    after = objective.progress if after is None else after
    if before is None or after is None or points(before) == points(after):
        return []
    with_others = (
        CheckIn.objects.filter(
            Q(key_result__objective=objective), recorded_at__date__gte=on - timedelta(days=1), observed_on=on
        )
        .exclude(author=user)
        .exists()
    )
    what = "Your last check-in, with those of others," if with_others else "Your last check-in"
    plan = f" The plan for today is {percent(objective.expected)}." if objective.expected is not None else ""
    return [
        Line(
            title=objective.title,
            words=f"{what} moved {objective.title} from {points(before)} to {percent(after)}.{plan}",
            href=address("objective", objective.pk),
            progress=float(objective.progress if objective.progress is not None else after),
            expected=None if objective.expected is None else float(objective.expected),
        )
    ]


def _around(objective_id: UUID, on: date) -> tuple[Decimal | None, Decimal | None]:
    """The objective at the end of the day before, and at the end of the day."""
    rows = ProgressSnapshot.objects.filter(subject_type="objective", subject_id=objective_id)
    before = rows.filter(on__lt=on).order_by("-on").values_list("progress", flat=True).first()
    after = rows.filter(on=on).values_list("progress", flat=True).first()
    return before, after
