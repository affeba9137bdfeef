"""What stands at every address below /api/ that is none."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from common.api.problems import problem_response
from common.api.refusals import NOT_FOUND


@method_decorator(csrf_exempt, name="dispatch")
class NowhereView(View):
    """404 as a problem document, with a word about the slash that may be missing."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        hint = "" if request.path.endswith("/") else " Addresses end with a slash."
        return problem_response(404, NOT_FOUND + hint)
