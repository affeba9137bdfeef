"""What the pages that take people's words share: where they belong, where to go next, what to say about mentions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from checkins.models import Comment
from checkins.queries.mentions import Unheard, WhyUnheard, read_mentions
from common.errors import InvalidInput, ProductError
from common.ids import new_id
from common.markdown import plain_words
from dashboards.queries.words_place import WordsPlace, find_words_place
from objectives.models import Objective
from people.views.access import viewer_of

READ_ONLY = "Viewers read. Whoever takes part in the work may write here."


def place_or_404(request: HttpRequest) -> WordsPlace:
    """What the address says the words are about. 403 for viewers, 404 for what they may not see."""
    user = viewer_of(request)
    place = find_words_place(user, request.GET) or find_words_place(user, request.POST)
    if place is None:
        raise Http404("There is nothing here to write about.")
    if user.is_viewer:
        raise PermissionDenied(READ_ONLY)
    return place


def next_of(request: HttpRequest, otherwise: str) -> str:
    """Where to go afterwards: an address of this site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_safe else otherwise


def home_of(comment: Comment) -> str:
    """The page on which a comment is read."""
    if comment.check_in_id is not None:
        return f"{reverse('check_in_detail', args=[comment.check_in_id])}#c-{comment.pk}"
    return f"{reverse('objective', args=[comment.objective_id])}#c-{comment.pk}"


def posted_id(request: HttpRequest) -> UUID:
    """The id that this very form gives to what it writes, so that a repeat writes nothing."""
    try:
        return UUID(request.POST.get("form_id", ""))
    except ValueError:
        return new_id()


def moment_of(request: HttpRequest) -> datetime | None:
    """The version that a form was made from; None where it does not say."""
    try:
        found = datetime.fromisoformat(request.POST.get("opened_at", ""))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def words_of(error: ProductError) -> str:
    """What is wrong, in one sentence for the field."""
    if isinstance(error, InvalidInput):
        return "; ".join(problem.message for problem in error.problems)
    return error.message


def note_unheard(request: HttpRequest, text: str, objective: Objective) -> None:
    """Tell the writer which names reached nobody, and why."""
    for one in read_mentions(text, objective).unheard:
        messages.info(request, unheard_words(one))


def unheard_words(one: Unheard) -> str:
    """One sentence for the writer."""
    if one.why == WhyUnheard.SEVERAL:
        choices = " or ".join(one.choices[:4])
        return f"Several people are called {one.name}, so nobody was told. Edit it and write {choices}."
    return f"{one.name} cannot read this objective and was not told. The name stays in your words."


def readable_text(text: str, objective: Objective) -> str:
    """The words for a field: mentions as @Name where the name alone finds the same person again."""
    plain = plain_words(text)
    return plain if plain != text and read_mentions(plain, objective).text == text else text
