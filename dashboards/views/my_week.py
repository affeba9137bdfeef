"""My week: every key result due for the reader on one page, shared with one button."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats
from django.views.decorators.http import require_http_methods, require_safe

from checkins.queries.due import due_for
from checkins.queries.reactions import LABELS
from checkins.queries.thanks import said_about
from checkins.services.see_ask import see_answers
from common import clock
from common.templatetags.forms import ProblemLine
from dashboards.context import current_cycle, cycles_within, href
from dashboards.forms.kept_lines import waiting_rows
from dashboards.queries.answers_to_me import AnswersToMe, answers_to_me
from dashboards.queries.askable import askable_words
from dashboards.queries.my_questions import changed_priorities
from dashboards.queries.my_week import MyWeek, draft_of, only_rows, rows_to_share
from dashboards.queries.my_week import my_week as read_my_week
from dashboards.queries.my_week_side import Heard, around_you, heard_from
from dashboards.queries.people_to_thank import near_rows
from dashboards.views.check_in_form import drafted, form_context, group_views, problem_title
from dashboards.views.last_sharing import last_sharing
from dashboards.views.share_rows import Outcome, share_posted
from dashboards.views.words import count_words, in_words
from people.models import User
from people.views.access import viewer_of

SECONDS_A_ROW = 15
AROUND_FOR = timedelta(days=7)
SAID_FOR = timedelta(days=28)
HEARD_FOR = timedelta(days=14)
MOST_SAID = 2
BY_LINK = "dashboards/my_week_by_link.html"
"""Without a way to anywhere else, for whoever came by the link of a mail."""


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: My week when something waits, else the strategy."""
    if due_for(viewer_of(request), today=request.today).exists():  # type: ignore[attr-defined]
        return redirect("my_week")
    return redirect(href("strategy") or "my_week")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_week(request: HttpRequest) -> HttpResponse:
    """Show what is due; share what was filled in. Bad rows stay, with what is wrong below the field."""
    asked = request.GET.get("key_result")
    if asked and request.method != "POST":
        return redirect(href("check_in", asked) or "my_week")
    outcome = share_posted(request) if request.method == "POST" else None
    if outcome is not None and outcome.is_clean:
        return redirect("my_week")
    return _page(request, viewer_of(request), outcome)


def _page(request: HttpRequest, user: User, outcome: Outcome | None) -> HttpResponse:
    at, today = clock.now(), request.today  # type: ignore[attr-defined]
    is_by_link = bool(getattr(request, "link_key", ""))
    unshared = outcome.unshared if outcome else {}
    week, draft = read_my_week(user, today=today), draft_of(user)
    strays = set(unshared) - {row.id for row in week.rows}
    groups = week.groups + (only_rows(outcome.groups, strays) if outcome else ())
    shown = {row.id for group in groups for row in group.rows}
    if not is_by_link and draft is not None and (waiting := waiting_rows(draft.rows, shown=shown)):
        groups += rows_to_share(user, waiting, today=today)
    rows = [row for group in groups for row in group.rows]
    reads = {**drafted(draft, rows, at=at, today=today), **unshared}
    views = group_views(groups, reads, shows_problems=outcome is not None)
    context: dict[str, Any] = {
        **form_context(views, at=at, today=today, draft=draft),
        "askable": askable_words(user) if views and not is_by_link else (),
        "near": near_rows(user, rows),
        "week": week,
        "lede": lede(week),
        "nothing_due": nothing_due_words(week, today),
        "win": outcome.win_words if outcome else str(draft.rows.get("win", "")) if draft else "",
        "last": last_sharing(request, at=at),
    }
    if not is_by_link:
        changed = changed_priorities(user, since=at - AROUND_FOR, today=today)
        side = _side(request, user, at, today, told={one.priority_id for one in changed})
        last = context["last"]
        has_side = any(side.values()) or bool(last and (last.lifted or last.others))
        context |= {**side, "has_side": has_side}
        context["changed"] = changed
    if outcome is not None and outcome.win_words:
        words = outcome.win_problem
        problems = [ProblemLine("#win", f"One good thing: {words}"), *context["problems"]]
        context |= {"win_problem": words, "problems": problems, "problem_title": problem_title(len(problems))}
    page = BY_LINK if is_by_link else "dashboards/my_week.html"
    return render(request, page, context, status=422 if outcome is not None else 200)


def _side(
    request: HttpRequest, user: User, at: datetime, today: date, *, told: Container[UUID]
) -> dict[str, Any]:
    """What comes back beside the form: answers, what changed around, what was said about the reader.

    Changes of the priorities in `told` stand on top of the page and are not told twice.
    """
    row = current_cycle(request)
    inside = cycles_within(request, row) if row else ()
    return {
        "answers": _answers(user, at, today),
        "heard": [heard_words(one) for one in heard_from(user, since=at - HEARD_FOR)],
        "around": around_you(user, inside, since=at - AROUND_FOR, today=today, told=told),
        "said_about": [one for one in said_about(user, most=MOST_SAID) if at - one.at <= SAID_FOR],
    }


def _answers(user: User, at: datetime, today: date) -> AnswersToMe:
    """What came back; shown is seen."""
    answers = answers_to_me(user, at=at, today=today)
    if answers.unseen_ids:
        see_answers(by=user, at=at, ask_ids=answers.unseen_ids)
    return answers


def heard_words(one: Heard) -> tuple[str, UUID, str]:
    """ "Three said “Thank you”", the check-in that they said it to, and what that was on."""
    return f"{in_words(one.count).capitalize()} said “{LABELS[one.word]}”", one.check_in_id, one.title


def lede(week: MyWeek) -> str:
    """ "Five key results, about a minute."."""
    count = sum(not row.is_skipped for row in week.rows)
    if not count:
        return "Nothing waits for you."
    minutes = max(1, round(count * SECONDS_A_ROW / 60))
    time = "about a minute" if minutes == 1 else f"about {in_words(minutes)} minutes"
    return f"{count_words(count, 'key result', 'key results')}, {time}."


def nothing_due_words(week: MyWeek, today: date) -> str:
    """What stands where the rows would be."""
    if any(not row.is_skipped for row in week.rows):
        return ""
    if week.next_due_on is None:
        return "You look after no open key results. Once you own one, it waits here on its day."
    return f"Your next check-in is on {formats.date_format(week.next_due_on, 'D j M')}."
