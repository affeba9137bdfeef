"""Answers for errors that no view has caught."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, loader

PLAIN = "<!doctype html><html lang=en><title>{title}</title><h1>{title}</h1><p>{text}</p><p><a href=/>Start page</a>"


def _answer(request: HttpRequest, status: int, title: str, text: str, page: str = "") -> HttpResponse:
    """The page <status>.html when there is one, else error.html, else markup that needs nothing to work."""
    context = {"status": status, "title": title, "text": text}
    try:
        pages = [page or f"{status}.html", "error.html"]
        body: str = loader.render_to_string(pages, context, request if status != 500 else None)
    except TemplateDoesNotExist:
        body = PLAIN.format(**context)
    return HttpResponse(body, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400, "That request could not be read", "Please go back and try again.")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, "This is not yours to change", str(exception) or "Ask an administrator.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, "There is nothing here", "The address may be old, or it is not for you.")


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(
        request, 500, "Something broke on our side", "It has been logged. Nothing you saved is lost."
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long, or a browser that keeps no cookies."""
    return _answer(
        request,
        403,
        "This form has gone stale",
        "Go back, load the page anew and send it again.",
        "403_csrf.html",
    )
