"""The strategy page: a leader reads what moved, what may end short, what is quiet and what leads nowhere."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alignment.permissions import can_state_priorities
from dashboards.context import current_cycle, cycles_within, today_of
from dashboards.queries.gaps import gap_rows
from dashboards.queries.needs_me import needs_me
from dashboards.queries.pointed_right import changes_that_ask
from dashboards.queries.strategy import StrategyRows, strategy_rows
from dashboards.views.needs_me_words import needs_me_words, waiting_words
from dashboards.views.words import count_words, in_words
from objectives.models import Cycle
from people.models import User


@login_required
@require_safe
def strategy(request: HttpRequest) -> HttpResponse:
    """Priorities of the organisation as they stand in the cycle that the reader looks at."""
    user = request.user
    assert isinstance(user, User)
    row = current_cycle(request)
    if row is None:
        return render(request, "dashboards/strategy_empty.html", {"can_state": can_state_priorities(user)})
    cycle = Cycle(
        pk=row.id,
        organisation_id=user.organisation_id,
        name=row.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=row.state,
    )
    rows = strategy_rows(user, cycle, today=today_of(request), inside=cycles_within(request, row))
    waiting = needs_me(user, cycle, today=today_of(request))
    return render(
        request,
        "dashboards/strategy.html",
        {
            "rows": rows,
            "needs_me": waiting,
            "needs_me_words": needs_me_words(waiting),
            "today": today_of(request),
            "gaps": gap_rows(user, cycle),
            "changes": changes_that_ask(user, at=request.at),  # type: ignore[attr-defined]
            "cycle": cycle,
            "lede": lede(rows) + waiting_words(waiting),
            "can_state": can_state_priorities(user),
        },
    )


def lede(rows: StrategyRows) -> str:
    """One sentence that says how the priorities stand, in words."""
    if not rows.priorities:
        return "No priorities yet. Start with the three to five that matter most."
    ahead = behind = waiting = empty = 0
    for row in rows.priorities:
        points = row.points_from_plan
        if row.objective_count == 0:
            empty += 1
        elif points is None:
            waiting += 1
        elif points >= 0:
            ahead += 1
        else:
            behind += 1
    parts = [
        f"{in_words(ahead)} at or ahead of plan" if ahead else "",
        f"{in_words(behind)} behind plan" if behind else "",
        f"{in_words(waiting)} without numbers yet" if waiting else "",
        f"{in_words(empty)} without objectives" if empty else "",
    ]
    text = ", ".join(part for part in parts if part)
    return f"{count_words(len(rows.priorities), 'priority', 'priorities')}: {text}."
