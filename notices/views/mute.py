"""One click in a mail switches its kind off; no sign-in, no question, and a way back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notices.rules.kind_words import KIND_WORDS
from notices.services.choose_channels import switch_mail
from notices.services.sign_link import read_mute_link

ONE_CLICK = "One-Click"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mute(request: HttpRequest, token: str) -> HttpResponse:
    """GET says what the button does and changes nothing, as mail programs open links by themselves; POST does it.

    Mail programs post `List-Unsubscribe=One-Click` (RFC 8058) without a page before it, so no form token is asked for:
    whoever has the link may use it, and it can do nothing else.
    """
    link = read_mute_link(token)
    if link is None:
        return _answer(request, "notices/link_over.html", {}, status=404)
    if request.method == "POST":
        is_on = request.POST.get("undo") == "1"
        switch_mail(user=link.user, kinds=link.kinds, is_on=is_on)
        if request.POST.get("List-Unsubscribe") == ONE_CLICK:
            return _quiet(HttpResponse("Switched off.", content_type="text/plain"))
        return _quiet(redirect(f"{request.path}?{'back' if is_on else 'off'}=1"))
    context = {
        "words": [KIND_WORDS[kind] for kind in link.kinds],
        "is_off": "off" in request.GET,
        "is_back": "back" in request.GET,
    }
    return _answer(request, "notices/mute.html", context)


def _answer(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    return _quiet(render(request, template, context, status=status))


def _quiet(response: HttpResponse) -> HttpResponse:
    """The address is a key: no search engine keeps it, and no other site is told it."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
