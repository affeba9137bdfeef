"""The weekly review on a team's page: the agenda, what is decided in place, and the minutes of past ones."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from checkins.queries.minutes import Row, read_minutes
from checkins.rules.agenda import AgendaStep, share_minutes, step_at
from dashboards.context import current_cycle, href, today_of
from dashboards.forms.review_forms import DecisionForm, NextStepForm
from dashboards.queries.review_history import find_review, review_history
from dashboards.queries.review_page import ReviewPage, review_page, team_people
from dashboards.queries.team_head import TeamHead
from dashboards.views.team_frame import people_words, team_frame
from dashboards.views.words import in_words
from people.views.access import viewer_of

OPEN_WINS = 3
STEP_WORDS = {
    AgendaStep.WINS: "Wins",
    AgendaStep.COURSE: "What changed course",
    AgendaStep.ASKS: "Asks",
    AgendaStep.DECISIONS: "Decisions",
}


def review_tab(
    request: HttpRequest,
    head: TeamHead,
    *,
    decision: DecisionForm | None = None,
    step: NextStepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The review of a team, running or to be started; `decision` and `step` are forms that were refused."""
    user, cycle = viewer_of(request), current_cycle(request)
    at = request.at  # type: ignore[attr-defined]
    page = review_page(user, head, cycle.id if cycle else None, at=at, today=today_of(request))
    is_presented = "present" in request.GET or "present" in request.POST
    facts = (
        f"{people_words(len(page.members))}, {_some(len(page.objectives), 'objective')}, "
        f"{_some(page.agenda.key_result_count, 'key result')}."
    )
    decision = decision or _new_decision(request, page)
    context = {
        **team_frame(request, head, "review", names=[one.name for one in page.members], facts=facts),
        "page": page,
        "cycle": cycle,
        "steps": _steps(request, head),
        "decision": decision,
        "step": step or NextStepForm(),
        "problems": _problems(decision, "decision") + _problems(step, "step"),
        "is_presented": is_presented,
        "decide_href": href("decision_keep", head.team.pk),
        "say_href": href("next_step_say", head.team.pk),
        "ask_links": {row.id: href("ask", row.id) for row in page.agenda.asks},
        "ask_new_href": href("ask_new"),
        **_wins(page),
        "asks_words": _asks_words(page),
    }
    template = "dashboards/review/present.html" if is_presented else "dashboards/team.html"
    return render(request, template, context, status=status)


def history_tab(request: HttpRequest, head: TeamHead) -> HttpResponse:
    """Past reviews, the latest first; `?page=` turns the leaves."""
    user, asked = viewer_of(request), request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    members = team_people(head.team)
    context = {
        **team_frame(
            request, head, "history", names=[one.name for one in members],
            facts=f"{people_words(len(members))}.".capitalize(),
        ),
        "history": review_history(user, head.team, max(1, number)),
    }  # fmt: skip
    return render(request, "dashboards/team.html", context)


@login_required
@require_safe
def review_minutes(request: HttpRequest, team_id: UUID, review_id: UUID) -> HttpResponse:
    """The minutes of a review that ended; one that runs is read on the team's page."""
    user = viewer_of(request)
    review = find_review(user, team_id, review_id)
    if review is None:
        raise Http404("There is no review at this address.")
    if review.ended_at is None:
        return redirect(f"{reverse('team', args=[team_id])}?tab=review")
    minutes = read_minutes(user, [review])[review.pk]
    length = max(1, round((review.ended_at - review.started_at).total_seconds() / 60))
    context = {
        "review": review,
        "team": review.team,
        "minutes": minutes,
        "length": length,
        "decisions": [_dated(row, "revisit_on") for row in minutes.decisions],
        "next_steps": [_dated(row, "due_on") for row in minutes.next_steps],
        "steps_before": [_dated(row, "due_on") for row in minutes.steps_before],
        "history_href": f"{reverse('team', args=[team_id])}?tab=history",
    }
    return render(request, "dashboards/review/minutes.html", context)


def _dated(row: Row, name: str) -> dict[str, Any]:
    """A kept row with its day as a day."""
    return {**row, "day": date.fromisoformat(row[name]) if row.get(name) else None}


def _new_decision(request: HttpRequest, page: ReviewPage) -> DecisionForm:
    """An empty form; `?decide=` says what about, `?again=` brings back the words of one that was taken back."""
    again = next((row for row in page.decisions if str(row.id) == request.GET.get("again")), None)
    if again is not None and again.is_taken_back:
        day = again.revisit_on.isoformat() if again.revisit_on else ""
        about = str(again.about_id or "")
        return DecisionForm(text=again.text, because=again.because, about=about, day=day)
    wanted = request.GET.get("decide", "")
    known = any(str(row.id) == wanted for row in page.agenda.items)
    return DecisionForm(about=wanted if known else "")


def _steps(request: HttpRequest, head: TeamHead) -> list[dict[str, Any]]:
    """The rail of the agenda: what should be behind us, where we are, how many minutes each part has."""
    shares = share_minutes(viewer_of(request).organisation.review_minutes)
    order = list(AgendaStep)
    running = head.running
    now = order.index(step_at(running.minutes_gone(request.at), shares)) if running else -1  # type: ignore[attr-defined]
    return [
        {
            "key": step.value,
            "number": place + 1,
            "words": STEP_WORDS[step],
            "minutes": shares[step],
            "is_done": place < now,
            "is_now": place == now,
        }
        for place, step in enumerate(order)
    ]


def _problems(form: DecisionForm | NextStepForm | None, prefix: str) -> list[dict[str, str]]:
    if form is None:
        return []
    return [
        {"href": f"#{prefix}-{name}" if name else "#main", "words": words.rstrip(".")}
        for name, words in form.problems.items()
    ]


def _wins(page: ReviewPage) -> dict[str, Any]:
    """The first few stand open, so that the rest of the agenda is near; all are one click away."""
    first, more = page.agenda.wins[:OPEN_WINS], page.agenda.wins[OPEN_WINS:]
    return {
        "wins_first": first,
        "wins_more": more,
        "wins_more_words": f"and {in_words(len(more))} more",
        "wins_words": _wins_words(page),
    }


def _wins_words(page: ReviewPage) -> str:
    """ "2 from check-ins, 1 told"."""
    wins = page.agenda.wins
    parts = [
        (sum(win.kind == "check_in" for win in wins), "from check-ins"),
        (sum(win.kind == "told" for win in wins), "told"),
        (sum(win.kind == "thanks" for win in wins), "thanked for"),
    ]
    return ", ".join(f"{count} {words}" for count, words in parts if count)


def _asks_words(page: ReviewPage) -> str:
    """ "2 to us, 1 from us"."""
    asks = page.agenda.asks
    to_us = sum(ask.is_to_us for ask in asks)
    parts = [(to_us, "to us"), (len(asks) - to_us, "from us")]
    return ", ".join(f"{count} {words}" for count, words in parts if count)


def _some(number: int, one: str) -> str:
    return f"{number or 'no'} {one}{'' if number == 1 else 's'}"
