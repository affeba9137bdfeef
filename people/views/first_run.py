"""The first page of an empty installation."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from common import clock
from common.errors import ProductError
from people.forms import FirstRunForm
from people.models import Organisation
from people.services import create_first_organisation


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
def first_run(request: HttpRequest) -> HttpResponse:
    """Create the organisation and its administrator, who is signed in and led on."""
    if Organisation.objects.exists():
        return redirect("/")
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            administrator = create_first_organisation(at=clock.now(), **form.cleaned_data)
        except ProductError as error:
            form.refuse(error)
        else:
            login(request, administrator)
            return redirect("start")
    return render(request, "people/first_run.html", {"form": form}, status=422 if form.errors else 200)
