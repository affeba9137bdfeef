"""Bearer tokens: make, show once, revoke."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from common import clock
from common.errors import ProductError
from people.forms import TokenForm
from people.models import ApiToken
from people.queries.token_list import token_list
from people.services import NewToken, create_token, revoke_token
from people.views.access import viewer_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("made")
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens and a form for a new one. The page that answers the form is the only one with the secret."""
    viewer, at = viewer_of(request), clock.now()
    form = TokenForm(request.POST or None, viewer=viewer)
    made: NewToken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = create_token(by=viewer, at=at, **form.cleaned_data)
        except ProductError as error:
            form.refuse(error)
        else:
            form = TokenForm(viewer=viewer)
    context = {"form": form, "made": made, "rows": token_list(viewer, at), "shelf": "tokens"}
    return render(request, "people/tokens.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def token_revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """End a token at once. Other people's tokens are there for administrators only."""
    viewer = viewer_of(request)
    mine = ApiToken.objects.filter(organisation_id=viewer.organisation_id)
    if not viewer.is_administrator:
        mine = mine.filter(user=viewer)
    token = get_object_or_404(mine, pk=token_id)
    revoke_token(token=token, by=viewer, at=clock.now())
    messages.success(request, f"{token.name} no longer works.")
    return redirect("tokens")
