"""The page behind an invitation link."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from common import clock
from common.errors import ProductError
from people.forms import JoinForm
from people.queries.find_invitation import find_invitation
from people.services import accept_invitation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@sensitive_variables("secret")
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose a password and come in; a link that is over says so (410)."""
    at = clock.now()
    invitation = find_invitation(secret, at)
    if invitation is None:
        return render(request, "people/join_over.html", status=410)
    initial = {
        "email": invitation.email,
        "name": invitation.placeholder.name if invitation.placeholder else "",
    }
    form = JoinForm(request.POST or None, initial=initial, has_fixed_email=bool(invitation.email))
    if request.method == "POST" and form.is_valid():
        try:
            person = accept_invitation(secret=secret, at=at, **form.cleaned_data)
        except ProductError as error:
            form.refuse(error)
        else:
            login(request, person)
            return redirect("/")
    context = {"form": form, "invitation": invitation}
    return render(request, "people/join.html", context, status=422 if form.errors else 200)
