"""A dependency between two teams: what was asked, every answer, and the next one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alignment.models import AlignmentLink, LinkAnswer
from alignment.permissions import visible_links
from alignment.rules.kinds import LinkKind, LinkState
from alignment.services.answer_dependency import answer_dependency, answers_open_to
from common import clock
from common.errors import InvalidInput, NotAllowed, ProductError
from common.templatetags.forms import ProblemLine
from dashboards.forms.problem_words import sentence
from dashboards.views.where_next import where_next
from people.views.access import viewer_of

ANSWER_WORDS = {
    LinkState.ACCEPTED: ("Accept", "We take it on."),
    LinkState.DECLINED: ("Decline", "We cannot. The reason helps the other team plan without it."),
    LinkState.RENEGOTIATED: ("Offer something else", "Part of it, later, or in another way."),
    LinkState.REQUESTED: ("Ask again", "With what has changed."),
}
STATE_WORDS = {
    LinkState.REQUESTED: "requested",
    LinkState.ACCEPTED: "accepted",
    LinkState.DECLINED: "declined",
    LinkState.RENEGOTIATED: "something else offered",
    LinkState.ACTIVE: "",
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dependency(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Whoever sees both ends reads it; the side whose turn it is answers."""
    user = viewer_of(request)
    row = _link(request, link_id)
    typed = {"state": request.POST.get("state", ""), "words": request.POST.get("words", "")}
    problem: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        try:
            done = answer_dependency(
                link=row, by=user, at=clock.now(), state=typed["state"], words=typed["words"]
            )
        except NotAllowed as error:
            raise PermissionDenied(error.message) from error
        except InvalidInput as error:
            problem, status = {one.field: sentence(one.message) for one in error.problems}, 422
        except ProductError as error:
            problem, status = {"": error.message}, 409
            row = _link(request, link_id)
        else:
            messages.success(
                request, f"Answered: {STATE_WORDS[LinkState(done.state)]}. The other team is told."
            )
            return redirect(where_next(request, request.path))
    above = row.priority or row.objective or row.key_result
    context = {
        "row": row,
        "above": above,
        "above_name": row.parent_type,
        "state": STATE_WORDS[LinkState(row.state)],
        "answers": [
            (answer, STATE_WORDS[LinkState(answer.state)])
            for answer in LinkAnswer.objects.filter(link=row).select_related("by")
        ],
        "choices": [(state.value, *ANSWER_WORDS[state]) for state in answers_open_to(user, row)],
        "typed": typed,
        "problem": problem,
        "problems": [ProblemLine(f"#{name or 'main'}", words.rstrip(".")) for name, words in problem.items()],
        "next": where_next(request),
    }
    return render(request, "dashboards/negotiation/dependency.html", context, status=status)


def _link(request: HttpRequest, link_id: UUID) -> AlignmentLink:
    rows = (
        visible_links(viewer_of(request))
        .filter(kind=LinkKind.DEPENDS_ON)
        .select_related("child__owner", "child__team", "created_by", "priority__owner")
        .select_related(
            "objective__owner", "objective__team", "key_result__owner", "key_result__objective__team"
        )
    )
    row = rows.filter(pk=link_id).first()
    if row is None:
        raise Http404("There is no dependency at this address.")
    return row
