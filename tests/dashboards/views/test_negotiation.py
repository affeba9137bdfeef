"""Proposing, agreeing, new aims, suggested wordings and dependencies on the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alignment.rules.kinds import LinkKind, LinkState
from alignment.services import create_link
from alignment.services.propose_objective import propose_objective
from alignment.services.recalibrate import recalibrate
from objectives.models import KeyResult, Objective, Recalibration, Suggestion
from objectives.rules.kinds import (
    KeyResultKind,
    ObjectiveState,
    RecalibrationState,
    SuggestionState,
    Visibility,
)
from objectives.services.suggest_wording import suggest_wording
from people.models import User
from people.roles import Role
from tests.factories import (
    NOW,
    TODAY,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_person,
    make_priority,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboards.middleware.now", lambda: NOW)
    monkeypatch.setattr("common.clock.now", lambda: NOW)


@pytest.fixture
def sign_in() -> SignIn:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="people.backends.SignInBackend")
        return client

    return signed_in


@pytest.fixture
def owner() -> User:
    return make_person()


@pytest.fixture
def sponsor(owner: User) -> User:
    return make_person(owner.organisation, name="Amara", role=Role.LEADER)


@pytest.fixture
def objective(owner: User, sponsor: User) -> Objective:
    """Three quarters of its cycle have passed on the fixed day."""
    cycle = make_cycle(
        owner.organisation, starts_on=TODAY - timedelta(days=74), ends_on=TODAY + timedelta(days=25)
    )
    row = make_objective(cycle, owner=owner, title="Queue gone")
    make_link(row, make_priority(owner.organisation, owner=sponsor))
    return row


@pytest.fixture
def key_result(objective: Objective, owner: User) -> KeyResult:
    return make_key_result(objective, title="Minutes", kind=KeyResultKind.INCREASE, owner=owner)


def text(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_a_late_easing_goes_to_the_sponsor_who_agrees(
    sign_in: SignIn, owner: User, sponsor: User, key_result: KeyResult
) -> None:
    page = sign_in(owner)
    at = reverse("new_aim", args=[key_result.pk])
    looked = page.post(at, {"target_value": "75", "reason": "", "step": "look"}).content.decode()
    assert "of the way" in looked
    assert "Amara" in looked
    assert not Recalibration.objects.exists()

    assert page.post(at, {"target_value": "75", "reason": "Supplier is late."}).status_code == 302
    made = Recalibration.objects.get()
    assert "Supplier is late." in text(sign_in(sponsor), "strategy")
    answer = sign_in(sponsor).post(reverse("aim", args=[made.pk]), {"agree": "1"})

    assert answer.status_code == 302
    key_result.refresh_from_db()
    assert key_result.target_value == Decimal(75)
    assert "Supplier is late." not in text(sign_in(sponsor), "strategy")


def test_what_was_typed_stays_when_a_new_aim_is_refused(
    sign_in: SignIn, owner: User, key_result: KeyResult
) -> None:
    answer = sign_in(owner).post(
        reverse("new_aim", args=[key_result.pk]), {"target_value": "seven", "reason": "Why?"}
    )
    assert answer.status_code == 422
    assert "seven" in answer.content.decode()
    assert "Why?" in answer.content.decode()


def test_declining_without_a_reason_is_refused(
    sign_in: SignIn, owner: User, sponsor: User, key_result: KeyResult
) -> None:
    made = recalibrate(key_result=key_result, by=owner, at=NOW, reason="Late.", target_value=Decimal(75))
    at = reverse("aim", args=[made.pk])
    assert sign_in(sponsor).post(at, {"decline": "1", "answer": " "}).status_code == 422
    assert sign_in(owner).post(at, {"agree": "1"}).status_code == 403
    assert sign_in(sponsor).post(at, {"decline": "1", "answer": "Push them."}).status_code == 302
    assert sign_in(sponsor).post(at, {"agree": "1"}).status_code == 409
    made.refresh_from_db()
    assert made.state == RecalibrationState.DECLINED


def test_a_suggestion_is_shown_with_marks_and_taken(
    sign_in: SignIn, owner: User, sponsor: User, objective: Objective
) -> None:
    at = reverse("suggestion_new", args=[objective.pk])
    assert "Suggest a wording" in text(sign_in(sponsor), "objective", objective.pk)
    assert sign_in(sponsor).post(at, {"what": "title", "after": " "}).status_code == 422
    assert (
        sign_in(sponsor)
        .post(at, {"what": "title", "after": "Nobody waits", "reason": "Plainer."})
        .status_code
        == 302
    )
    made = Suggestion.objects.get()

    page = text(sign_in(owner), "suggestion", made.pk)
    assert "<del>Queue gone</del>" in page
    assert "<ins>Nobody waits</ins>" in page
    assert sign_in(sponsor).post(reverse("suggestion", args=[made.pk]), {"take": "1"}).status_code == 403
    assert sign_in(owner).post(reverse("suggestion", args=[made.pk]), {"take": "1"}).status_code == 302
    objective.refresh_from_db()
    assert objective.title == "Nobody waits"


def test_a_team_proposes_and_the_sponsor_agrees(sign_in: SignIn, owner: User, sponsor: User) -> None:
    draft = make_objective(owner=owner, title="Returns", state=ObjectiveState.DRAFT)
    make_link(draft, make_priority(owner.organisation, owner=sponsor))
    at = reverse("objective_state", args=[draft.pk])
    assert "Propose it" in text(sign_in(owner), "objective", draft.pk)
    assert sign_in(owner).post(at, {"action": "propose"}).status_code == 302
    assert "Agree" in text(sign_in(sponsor), "objective", draft.pk)
    assert sign_in(owner).post(at, {"action": "agree"}).status_code == 409
    assert sign_in(make_person(owner.organisation)).post(at, {"action": "agree"}).status_code == 403
    assert sign_in(sponsor).post(at, {"action": "agree"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == ObjectiveState.AGREED


def test_a_dependency_is_answered_and_its_answers_are_read(
    sign_in: SignIn, owner: User, sponsor: User, objective: Objective
) -> None:
    receiver = make_person(owner.organisation)
    parent = make_objective(objective.cycle, owner=receiver, title="Forecast")
    link = create_link(
        child=objective,
        parent=parent,
        by=owner,
        at=NOW,
        kind=LinkKind.DEPENDS_ON,
        reason="We need it weekly.",
    )
    at = reverse("dependency", args=[link.pk])
    assert "We need it weekly." in text(sign_in(receiver), "strategy")
    assert sign_in(receiver).post(at, {"state": "declined", "words": ""}).status_code == 422
    assert sign_in(receiver).post(at, {"state": "renegotiated", "words": "Every month."}).status_code == 302
    assert "Every month." in text(sign_in(owner), "dependency", link.pk)
    assert sign_in(owner).post(at, {"state": "accepted"}).status_code == 302
    link.refresh_from_db()
    assert link.state == LinkState.ACCEPTED
    assert "accepted" in text(sign_in(owner), "objective", objective.pk)
    assert sign_in(make_person()).get(at).status_code == 404


def test_what_a_person_may_not_see_is_not_there(sign_in: SignIn, owner: User, sponsor: User) -> None:
    hidden = make_objective(owner=owner, title="Secret", visibility=Visibility.PRIVATE)
    key_result = make_key_result(hidden, kind=KeyResultKind.INCREASE, owner=owner)
    aim = recalibrate(key_result=key_result, by=owner, at=NOW, reason="Hush.", target_value=Decimal(120))
    administrator = make_person(owner.organisation, role=Role.ADMINISTRATOR)
    suggestion = suggest_wording(
        objective=hidden, by=administrator, at=NOW, field="title", after="Hidden words"
    )
    stranger = sign_in(sponsor)
    for name, pk in (
        ("aim", aim.pk),
        ("suggestion", suggestion.pk),
        ("new_aim", key_result.pk),
        ("suggestion_new", hidden.pk),
    ):
        assert stranger.get(reverse(name, args=[pk])).status_code == 404
    assert suggestion.state == SuggestionState.OPEN


def test_one_and_many_proposals_take_the_same_statements(
    sign_in: SignIn, owner: User, sponsor: User, objective: Objective
) -> None:
    def cost() -> int:
        client = sign_in(sponsor)
        client.get(reverse("strategy"))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(reverse("strategy"))
        return len(caught)

    def propose() -> None:
        draft = make_objective(objective.cycle, owner=owner, state=ObjectiveState.DRAFT)
        make_link(draft, make_priority(owner.organisation, owner=sponsor))
        propose_objective(objective=draft, by=owner, at=NOW)
        key_result = make_key_result(objective, kind=KeyResultKind.INCREASE, owner=owner)
        recalibrate(key_result=key_result, by=owner, at=NOW, reason="Late.", target_value=Decimal(50))

    propose()
    few = cost()
    for _ in range(5):
        propose()
    assert cost() == few


def test_the_objective_shows_new_aims_and_suggested_words(
    sign_in: SignIn, owner: User, sponsor: User, objective: Objective, key_result: KeyResult
) -> None:
    recalibrate(
        key_result=key_result, by=owner, at=NOW, reason="The pilot went well.", target_value=Decimal(120)
    )
    recalibrate(key_result=key_result, by=owner, at=NOW, reason="Too far.", target_value=Decimal(60))
    suggest_wording(objective=objective, by=sponsor, at=NOW, field="title", after="Nobody waits")

    page = text(sign_in(owner), "objective", objective.pk)

    assert "Recalibrated once" in page
    assert "<del>100</del> <ins>120</ins>" in page
    assert "<del>120</del> <ins>60</ins>" in page
    assert "the old aim counts until" in page
    assert "<ins>Nobody waits</ins>" in page
    assert "Take it or keep yours" in page
