"""What is typed about an objective waits on the server until it is saved: kept, continued, discarded."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from common import clock
from dashboards.forms.kept_words import as_posted, draft_id_of, fields_of
from dashboards.forms.typed_values import as_uuid
from objectives.models import Objective
from objectives.permissions import visible_objectives
from objectives.queries.unfinished_writing import written_fields
from objectives.services.keep_writing import drop_writing, keep_writing
from people.models import User
from people.views.access import viewer_of


@login_required
@require_POST
def objective_draft(request: HttpRequest) -> HttpResponse:
    """Keep what was typed; the page's script calls it. Answers JSON: when it was kept."""
    user, at = writer_of(request), clock.now()
    pk = as_uuid(request.POST.get("id", ""))
    objective = get_object_or_404(visible_objectives(user), pk=pk) if pk is not None else None
    keep_posted(request.POST, user, objective, draft_id=draft_id_of(request.POST), at=at)
    return JsonResponse({"saved": f"Kept at {date_format(timezone.localtime(at), 'H:i')}"})


@login_required
@require_POST
def objective_draft_discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Forget an unfinished page; back to a fresh one."""
    user = writer_of(request)
    pk = as_uuid(request.POST.get("id", ""))
    if not drop_writing(draft_id=draft_id, by=user):
        raise Http404("There is no such draft.")
    messages.success(request, "Discarded.")
    return redirect("objective_edit", pk) if pk is not None else redirect("objective_new")


def keep_posted(
    posted: QueryDict, user: User, objective: Objective | None, *, draft_id: UUID, at: datetime
) -> None:
    """Keep a posted page under its own mark."""
    keep_writing(draft_id=draft_id, by=user, at=at, fields=fields_of(posted), objective=objective)


def continued(request: HttpRequest, user: User, objective: Objective | None) -> tuple[UUID, QueryDict] | None:
    """The mark and the words of the page that `?draft=` asks for; None when it asks for none. Raises Http404."""
    if "draft" not in request.GET:
        return None
    draft_id = as_uuid(request.GET["draft"])
    fields = written_fields(user, draft_id, objective.pk if objective else None) if draft_id else None
    if draft_id is None or fields is None:
        raise Http404("There is no such draft.")
    return draft_id, as_posted(fields)


def writer_of(request: HttpRequest) -> User:
    """The signed-in person, if they may write objectives at all. Raises PermissionDenied."""
    user = viewer_of(request)
    if user.is_viewer:
        raise PermissionDenied("Viewers read. Ask somebody of the team, or an administrator, to write it.")
    return user
