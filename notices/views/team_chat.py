"""The chat channel of a team: it gets the team's week."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from common import clock
from common.errors import ProductError
from notices.forms import ChatHookForm
from notices.models import ChatHook
from notices.queries.notice_matrix import hook_row
from notices.services.keep_chat_hook import drop_team_hook, keep_team_hook
from notices.views.notice_settings import say_test
from people.permissions import can_manage_members
from people.views.access import team_or_404, viewer_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def team_chat(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Show, keep, test or forget the webhook of the channel. By administrators and the team's lead."""
    viewer, at = viewer_of(request), clock.now()
    team = team_or_404(viewer, team_id)
    if not can_manage_members(viewer, team):
        raise PermissionDenied("Administrators and the lead of the team look after this.")
    hook = ChatHook.objects.filter(team=team).first()
    if request.method == "POST" and "forget" in request.POST:
        drop_team_hook(team=team, by=viewer, at=at)
        messages.success(request, "Forgotten. The channel gets nothing any more.")
        return redirect("team_chat", team.pk)
    if request.method == "POST" and "test" in request.POST:
        if hook is not None:
            say_test(request, hook)
        return redirect("team_chat", team.pk)
    initial = {"format": hook.format} if hook else None
    form = ChatHookForm(request.POST or None, initial=initial, has_url=hook is not None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            keep_team_hook(team=team, by=viewer, at=at, chat_format=words["format"], url=words["url"])
        except ProductError as error:
            form.refuse(error)
        else:
            messages.success(request, "Saved. Send a test message to see that it arrives.")
            return redirect("team_chat", team.pk)
    context = {"form": form, "team": team, "hook": hook_row(hook), "shelf": "teams"}
    return render(request, "notices/team_chat.html", context, status=422 if form.errors else 200)
