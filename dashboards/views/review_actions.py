"""What people do in a weekly review: start and end it, keep and take back decisions, say and end next steps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from checkins.models import Decision, NextStep, Review
from checkins.permissions import can_review, visible_reviews
from checkins.rules.kinds import NextStepState
from checkins.services.end_next_step import end_next_step, reopen_next_step
from checkins.services.end_review import end_review
from checkins.services.keep_decision import keep_decision
from checkins.services.say_next_step import say_next_step
from checkins.services.start_review import start_review
from checkins.services.take_back_decision import take_back_decision
from common.errors import NotAllowed, ProductError
from dashboards.context import current_cycle
from dashboards.forms.review_forms import DecisionForm, NextStepForm
from dashboards.queries.review_page import kept_agenda, may_read
from dashboards.queries.team_head import TeamHead, find_team_head
from dashboards.views.review import review_tab
from objectives.models import Cycle
from people.models import User
from people.views.access import viewer_of

WHO_MAY = "Members and the lead of this team, and administrators, hold its review."
ENDED_WORDS = {"done": "Done.", "dropped": "Dropped: nobody needs it any more.", "open": "Open again."}


@login_required
@require_POST
def review_start(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Start the review, or join the one that runs."""
    user, head = viewer_of(request), _held_by(request, team_id)
    chosen = current_cycle(request)
    cycle = Cycle.objects.filter(pk=chosen.id).first() if chosen else None
    try:
        start_review(team=head.team, by=user, at=request.at, cycle=cycle)  # type: ignore[attr-defined]
    except ProductError as error:
        messages.error(request, error.message)
    return redirect(_address(request, team_id))


@login_required
@require_POST
def review_end(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """End the running review; without one this leads to what is there."""
    user, head = viewer_of(request), _held_by(request, team_id)
    if head.running is None:
        return redirect(f"{reverse('team', args=[team_id])}?tab=history")
    at, today = request.at, request.today  # type: ignore[attr-defined]
    agenda = kept_agenda(head, user.organisation, at=at, today=today)
    review = get_object_or_404(visible_reviews(user), pk=head.running.id)
    end_review(review=review, by=user, at=at, agenda=agenda)
    messages.success(request, "The review has ended. Its minutes are kept here and go to the team.")
    return redirect("review_minutes", team_id, head.running.id)


@login_required
@require_POST
def decision_keep(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Keep a decision: `text`, `because`, `about`, `day` to look at it again; the form returns when refused."""
    user, head, form = viewer_of(request), _held_by(request, team_id), DecisionForm.of(request.POST)
    try:
        kept = keep_decision(
            team=head.team,
            by=user,
            at=request.at,  # type: ignore[attr-defined]
            text=form.text,
            because=form.because,
            revisit_on=form.read_day("revisit_on"),
            review=_review(user, head, form.review_id),
            decision_id=form.form_id,
            **_about(form.read_about(user)),
        )
    except ProductError as error:
        form.refuse(error)
        return review_tab(request, head, decision=form, status=422)
    undo = reverse("decision_take_back", args=[kept.pk])
    messages.success(request, "Decision kept.", extra_tags=undo)
    return redirect(f"{_address(request, team_id)}#d-{kept.pk}")


@login_required
@require_POST
def decision_take_back(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Take a decision back; its words return to the form."""
    user = viewer_of(request)
    rows = Decision.objects.filter(may_read(user), organisation_id=user.organisation_id)
    decision = get_object_or_404(rows, pk=decision_id)
    try:
        take_back_decision(decision=decision, by=user, at=request.at)  # type: ignore[attr-defined]
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    messages.success(request, "Taken back. Its words are in the form again.")
    if decision.team_id is None:
        return redirect("my_week")
    return redirect(f"{_address(request, decision.team_id)}&again={decision.pk}#decision-text")


@login_required
@require_POST
def next_step_say(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Say a next step: `text`, `owner`, `day`, `about`; the form returns when refused."""
    user, head, form = viewer_of(request), _held_by(request, team_id), NextStepForm.of(request.POST)
    try:
        said = say_next_step(
            team=head.team,
            by=user,
            at=request.at,  # type: ignore[attr-defined]
            text=form.text,
            owner=form.read_owner(user),
            due_on=form.read_day("due_on"),
            review=_review(user, head, form.review_id),
            next_step_id=form.form_id,
            **_about(form.read_about(user)),
        )
    except ProductError as error:
        form.refuse(error)
        return review_tab(request, head, step=form, status=422)
    messages.success(request, "Written down.")
    return redirect(f"{_address(request, team_id)}#n-{said.pk}")


@login_required
@require_POST
def next_step_end(request: HttpRequest, next_step_id: UUID) -> HttpResponse:
    """Say what became of a next step: `state` done, dropped or open again, `outcome` in a sentence."""
    user, at = viewer_of(request), request.at  # type: ignore[attr-defined]
    rows = NextStep.objects.filter(may_read(user), organisation_id=user.organisation_id)
    step = get_object_or_404(rows, pk=next_step_id)
    state, outcome = request.POST.get("state", ""), request.POST.get("outcome", "")
    try:
        if state == NextStepState.OPEN:
            reopen_next_step(next_step=step, by=user, at=at)
        else:
            end_next_step(next_step=step, by=user, at=at, state=state, outcome=outcome)
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, ENDED_WORDS[state])
    return redirect(f"{_address(request, step.team_id)}#n-{step.pk}")


def _held_by(request: HttpRequest, team_id: UUID) -> TeamHead:
    """The team, for somebody who may hold its review; 404 and 403 for others."""
    user = viewer_of(request)
    head = find_team_head(user, team_id)
    if head is None:
        raise Http404("There is no team at this address.")
    if not can_review(user, head.team):
        raise PermissionDenied(WHO_MAY)
    return head


def _review(user: User, head: TeamHead, review_id: UUID | None) -> Review | None:
    """The review whose form was filled in, though it may have ended since; else the one that runs."""
    wanted = review_id or (head.running.id if head.running else None)
    return visible_reviews(user).filter(pk=wanted, team=head.team).first() if wanted else None


def _about(found: dict[str, Any]) -> dict[str, Any]:
    return {"objective": found.get("objective"), "key_result": found.get("key_result")}


def _address(request: HttpRequest, team_id: UUID) -> str:
    presents = "&present=1" if "present" in request.POST else ""
    return f"{reverse('team', args=[team_id])}?tab=review{presents}"
