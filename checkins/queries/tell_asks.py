"""Asks, answers and friendly questions, told to whoever they are for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from checkins.models import Ask, Nudge
from checkins.permissions import visible_asks
from checkins.queries.tell_check_in_due import answer_line
from checkins.queries.telling import address, day_words, for_reader, quoted, shortened, today_of
from checkins.rules.asks import working_days_between
from checkins.rules.kinds import WAITING, AskKind, AskState
from common.days import day_in
from notices.models import Notice
from notices.rendering import Line, Section
from objectives.permissions import visible_key_results
from people.models import User

ASKED_ORDER, ANSWERED_ORDER, NUDGED_ORDER = 5, 6, 7


@for_reader
def tell_asked(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """What somebody asks this person, as long as it waits for them."""
    asks = {
        ask.pk: ask
        for ask in visible_asks(user)
        .filter(pk__in=[n.subject_id for n in notices], asked_of=user, state__in=list(WAITING))
        .select_related("asked_by", "objective", "organisation")
    }
    lines = []
    for notice in notices:
        ask = asks.get(notice.subject_id) if notice.subject_id else None
        if ask is not None:
            lines.append(replace(ask_line(ask), notice_id=notice.pk))
    if not lines:
        return None
    first = next(iter(asks.values()))
    what = "asks you" if first.kind == AskKind.ASK else "needs your decision"
    return Section(
        title="Someone asks you",
        lines=tuple(lines),
        order=ASKED_ORDER,
        headline=f"{first.asked_by.name} {what}" if len(asks) == 1 else "People ask you",
        lede="One sentence is often enough.",
        button="Answer",
        button_href=lines[0].href,
    )


def ask_line(ask: Ask) -> Line:
    """The question in quotation marks, who asks and on what; a decision is not a quotation."""
    is_decision = ask.kind == AskKind.DECISION
    facts = f"{ask.asked_by.name}, on {shortened(ask.objective.title, 120)}"
    if ask.answer_by_on is not None:
        facts += f", needed by {day_words(ask.answer_by_on)}"
    return Line(
        title=f"{ask.asked_by.name} {'needs your decision' if is_decision else 'asks you'}",
        words=shortened(ask.text) if is_decision else quoted(ask.text),
        facts=facts,
        href=address("ask", ask.pk),
    )


def ask_age(ask: Ask, user: User, at: datetime) -> int:
    """Working days of this person since it was asked."""
    zone = ask.organisation.time_zone
    return working_days_between(day_in(zone, ask.created_at), today_of(user, at), user.working_days)


@for_reader
def tell_answered(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """Answers to this person's asks."""
    asks = {
        ask.pk: ask
        for ask in visible_asks(user)
        .filter(
            pk__in=[n.subject_id for n in notices],
            asked_by=user,
            state__in=(AskState.ANSWERED, AskState.ANSWERED_IN_PERSON, *WAITING),
        )
        .select_related("asked_of", "answered_by", "organisation", "objective")
    }
    lines = [
        _answered_line(asks[notice.subject_id], notice)
        for notice in notices
        if notice.subject_id in asks and notice.subject_id is not None
    ]
    if not lines:
        return None
    return Section(
        title="Answers to you",
        lines=tuple(lines),
        order=ANSWERED_ORDER,
        headline=lines[0].title if len(lines) == 1 else "Answers to your asks",
        button="Read it",
        button_href=lines[0].href,
    )


def _answered_line(ask: Ask, notice: Notice) -> Line:
    if ask.state in WAITING:
        return Line(
            title=f"{ask.asked_of.name} has your ask now",
            words=quoted(ask.text),
            facts=f"passed on, on {shortened(ask.objective.title, 120)}",
            href=address("ask", ask.pk),
            notice_id=notice.pk,
        )
    line = answer_line(ask)
    who = ask.answered_by.name if ask.answered_by else "Somebody"
    return replace(line, title=f"{who} answered you", notice_id=notice.pk)


@for_reader
def tell_nudged(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """Somebody would like to know how a key result is going."""
    titles = dict(
        visible_key_results(user).filter(pk__in=[n.subject_id for n in notices]).values_list("pk", "title")
    )
    asked = dict(Nudge.objects.filter(pk__in=_keys(notices)).values_list("pk", "by__name"))
    lines = []
    for notice in notices:
        title = titles.get(notice.subject_id) if notice.subject_id else None
        if title is None:
            continue
        who = next((name for pk, name in asked.items() if str(pk) == notice.key), None) or "Somebody"
        words = f"{who} asks how it is going with {title}."
        lines.append(
            Line(
                title=title,
                words=words,
                facts="A sentence and a confidence are enough.",
                href=address("check_in", notice.subject_id),
                notice_id=notice.pk,
            )
        )
    if not lines:
        return None
    return Section(
        title="How is it going?",
        lines=tuple(lines),
        order=NUDGED_ORDER,
        headline="How is it going?",
        button="Say how it is",
        button_href=lines[0].href,
    )


def _keys(notices: Sequence[Notice]) -> list[str]:
    return [notice.key for notice in notices]
