"""The page of one person."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from checkins.queries.thanks import said_about
from dashboards.context import current_cycle, href, today_of
from dashboards.queries.person_page import find_person, person_page
from dashboards.queries.team_page import person_tag
from people.permissions import can_manage_people
from people.views.access import viewer_of


@login_required
@require_safe
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everybody of the organisation has one: with or without a team, a placeholder, somebody who left."""
    user, cycle = viewer_of(request), current_cycle(request)
    row = find_person(user, person_id)
    if row is None:
        raise Http404("There is nobody at this address.")
    page = person_page(user, row, cycle.id if cycle else None, today=today_of(request))
    context = {
        "page": page,
        "person": row,
        "cycle": cycle,
        "tag": person_tag(row),
        "edit_href": href("person_edit", row.pk) if can_manage_people(user) else "",
        "is_self": row.pk == user.pk,
        "said_about": said_about(user, row),
    }
    return render(request, "dashboards/person.html", context)
