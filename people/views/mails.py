"""Mails that wait as files because no mail server is set up."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from people.models import Organisation, User
from people.queries.outbox import kept_mail, kept_mails
from people.views.access import administrators_only, viewer_of


@administrators_only
@never_cache
@require_GET
def mails(request: HttpRequest) -> HttpResponse:
    """The list, newest first. An installation of several organisations shows none of their mails."""
    page = request.GET.get("page", "1")
    number = int(page) if page.isdecimal() and len(page) < 7 else 1
    context = {
        "page": kept_mails(number) if _shows_mails(viewer_of(request)) else None,
        "is_sent": settings.MAIL_IS_SENT,
        "shelf": "mails",
    }
    return render(request, "settings/mails.html", context)


@administrators_only
@never_cache
@require_GET
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as plain text."""
    found = kept_mail(name) if _shows_mails(viewer_of(request)) else None
    if found is None:
        raise Http404
    return render(request, "settings/mail.html", {"mail": found, "shelf": "mails"})


def _shows_mails(viewer: User) -> bool:
    """Kept mails hold sign-in links: only where no other organisation, the demo left out, could have sent them."""
    others = Organisation.objects.filter(is_demo=False).exclude(pk=viewer.organisation_id)
    return not others.exists()
