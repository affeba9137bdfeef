"""What should reach you, and where: the matrix, a pause, and the own chat webhook."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from common import clock
from common.errors import ProductError
from notices.forms import ChatHookForm, posted_cells
from notices.models import ChatHook
from notices.queries.notice_matrix import hook_row, kinds_for, notice_matrix
from notices.services.chat_post import ChatPostError
from notices.services.choose_channels import choose_channels, end_pause, pause_notices
from notices.services.keep_chat_hook import drop_own_hook, keep_own_hook
from notices.services.send_chat import send_test
from people.views.access import viewer_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    """Show and keep the notice matrix."""
    user = viewer_of(request)
    if request.method == "POST":
        choose_channels(by=user, wanted=posted_cells(request.POST, kinds_for(user)))
        messages.success(request, "Saved.")
        return redirect("notice_settings")
    return _page(request, None)


@login_required
@require_POST
def notice_pause(request: HttpRequest) -> HttpResponse:
    """Nothing for a day, or with `end` again as ever."""
    user = viewer_of(request)
    if "end" in request.POST:
        end_pause(by=user)
        messages.success(request, "Notices go out again.")
    else:
        until = timezone.localtime(pause_notices(by=user, at=clock.now()))
        messages.success(request, f"Nothing is sent until {until:%a %H:%M}. It waits in your inbox.")
    return redirect("notice_settings")


@login_required
@require_POST
def notice_chat(request: HttpRequest) -> HttpResponse:
    """Keep, test or forget the own chat webhook."""
    user, at = viewer_of(request), clock.now()
    hook = ChatHook.objects.filter(user=user).first()
    if "forget" in request.POST:
        drop_own_hook(by=user)
        messages.success(request, "Forgotten. Nothing goes to chat any more.")
        return redirect("notice_settings")
    if "test" in request.POST and hook is not None:
        say_test(request, hook)
        return redirect("notice_settings")
    form = ChatHookForm(request.POST, has_url=hook is not None)
    if form.is_valid():
        try:
            keep_own_hook(
                by=user, at=at, chat_format=form.cleaned_data["format"], url=form.cleaned_data["url"]
            )
        except ProductError as error:
            form.refuse(error)
        else:
            messages.success(request, "Saved. Send a test message to see that it arrives.")
            return redirect("notice_settings")
    return _page(request, form)


def say_test(request: HttpRequest, hook: ChatHook) -> None:
    """Send a test message and say whether it arrived."""
    try:
        send_test(hook, at=clock.now())
    except ChatPostError as error:
        messages.error(request, f"It did not arrive. {error}")
    else:
        messages.success(request, "Sent. Look into your chat.")


def _page(request: HttpRequest, form: ChatHookForm | None) -> HttpResponse:
    user, at = viewer_of(request), clock.now()
    hook = ChatHook.objects.filter(user=user).first()
    if form is None:
        form = ChatHookForm(initial={"format": hook.format} if hook else None, has_url=hook is not None)
    context = {
        "rows": notice_matrix(user),
        "form": form,
        "hook": hook_row(hook),
        "is_paused": user.notices_paused_until is not None and user.notices_paused_until > at,
        "shelf": "notices",
    }
    return render(request, "notices/notice_settings.html", context, status=422 if form.errors else 200)
