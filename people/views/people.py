"""The list of people, adding and inviting."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common import clock
from common.errors import ProductError
from people.forms import ROLE_WORDS, InviteForm, PersonForm, team_choices
from people.mails import send_invitation
from people.models import Invitation, User
from people.permissions import visible_people, visible_teams
from people.queries.invitation_list import open_invitations
from people.queries.people_list import PeopleFilter, people_list
from people.roles import Role
from people.services import SentInvitation, create_person, invite_person, revoke_invitation
from people.views.access import administrators_only, viewer_of

STATES = (("active", "signs in"), ("placeholder", "only a name"), ("deactivated", "left"))


@administrators_only
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, searched and filtered; every state of the list is in its address."""
    viewer, at = viewer_of(request), clock.now()
    wanted = read_filter(request)
    page = request.GET.get("page", "1")
    number = int(page) if page.isdecimal() and len(page) < 7 else 1
    today = clock.day_in(viewer.organisation.time_zone, at)
    listed = people_list(viewer, wanted, today=today, page=number)
    query = {key: value for key, value in request.GET.items() if key != "page" and value}
    context = {
        "page": listed,
        "wanted": wanted,
        "team_id": str(wanted.team_id or ""),
        "teams": team_choices(viewer, none="every team"),
        "roles": [("", "every role"), *((role.value, words) for role, words in ROLE_WORDS.items())],
        "states": [("", "everybody here"), *STATES],
        "role_words": ROLE_WORDS,
        "is_filtered": bool(query),
        "query": urlencode(query),
        "invitations": open_invitations(viewer, at),
        "shelf": "people",
    }
    return render(request, "people/people.html", context)


def read_filter(request: HttpRequest) -> PeopleFilter:
    """The filter in the address; what cannot be read does not filter."""
    try:
        team_id = UUID(request.GET.get("team", ""))
    except ValueError:
        team_id = None
    role, state = request.GET.get("role", ""), request.GET.get("state", "")
    return PeopleFilter(
        words=request.GET.get("q", "").replace("\x00", "").strip()[:200],
        team_id=team_id,
        role=role if role in set(Role) else "",
        state=state if state in dict(STATES) else "",
    )


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Add somebody by hand; without an address it is only a name."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = create_person(by=viewer_of(request), at=clock.now(), **form.cleaned_data)
        except ProductError as error:
            form.refuse(error)
        else:
            messages.success(request, f"{person.name} is here.")
            return redirect("person_edit", person.pk)
    context = {"form": form, "shelf": "people"}
    return render(request, "people/person_new.html", context, status=422 if form.errors else 200)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def person_invite(request: HttpRequest) -> HttpResponse:
    """Make an invitation link; it is shown once, on the page that answers."""
    viewer = viewer_of(request)
    placeholder = _asked_placeholder(request, viewer)
    form = InviteForm(request.POST or None, viewer=viewer, initial=_invite_initial(placeholder))
    context = {"form": form, "placeholder": placeholder, "shelf": "people"}
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        team = visible_teams(viewer).filter(pk=values["team"]).first() if values["team"] else None
        try:
            sent = invite_person(
                by=viewer,
                at=clock.now(),
                email=values["email"],
                role=values["role"],
                team=team,
                placeholder=placeholder,
            )
        except ProductError as error:
            form.refuse(error)
        else:
            return _show_link(request, sent)
    return render(request, "people/person_invite.html", context, status=422 if form.errors else 200)


def _asked_placeholder(request: HttpRequest, viewer: User) -> User | None:
    """The person whose place the invitation is for, from `?for=`."""
    asked = request.GET.get("for", "")
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError:
        return None
    return get_object_or_404(visible_people(viewer), pk=key)


def _invite_initial(placeholder: User | None) -> dict[str, str]:
    if placeholder is None:
        return {}
    return {"email": placeholder.email or "", "role": placeholder.role}


def _show_link(request: HttpRequest, sent: SentInvitation) -> HttpResponse:
    """The page with the link. It is mailed too when there is an address."""
    link = request.build_absolute_uri(reverse("join", args=[sent.secret]))
    mailed = bool(sent.invitation.email) and send_invitation(sent.invitation, link)
    context = {
        "invitation": sent.invitation,
        "link": link,
        "mailed": mailed,
        "is_sent": settings.MAIL_IS_SENT,
        "shelf": "people",
    }
    response = render(request, "people/invited.html", context)
    response["Cache-Control"] = "no-store"
    return response


@administrators_only
@require_POST
def invitation_revoke(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Close a link that nobody used."""
    viewer = viewer_of(request)
    invitation = get_object_or_404(Invitation, pk=invitation_id, organisation_id=viewer.organisation_id)
    try:
        revoke_invitation(invitation=invitation, by=viewer, at=clock.now())
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "The link no longer works.")
    return redirect("people")
