"""A person with key results that wait for a check-in, and a browser without a screen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from checkins.models import CheckIn
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.record_check_in import record_check_in
from common import clock as product_clock
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import KeyResultKind
from people.models import User
from tests.factories import (
    NOW,
    TODAY,
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
)

LAST_WEEK = NOW - timedelta(days=8)
FORM = re.compile(r'name="form_id" value="([^"]+)".*?name="opened_at" value="([^"]+)"', re.DOTALL)


@dataclass
class MovingClock:
    """What the product takes for now."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def moves(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovingClock:
    moving = MovingClock()
    # The middleware first: it takes its clock over when it is imported.
    monkeypatch.setattr("dashboards.middleware.now", moving)
    monkeypatch.setattr(product_clock, "now", moving)
    return moving


@pytest.fixture
def owner(db: None, clock: MovingClock) -> User:
    return make_person(make_organisation(), name="Leila")


@pytest.fixture
def objective(owner: User) -> Objective:
    return make_objective(
        make_cycle(owner.organisation),
        owner=owner,
        title="Customers find what they need",
        activated_at=NOW - timedelta(days=40),
    )


@pytest.fixture
def desk(owner: User) -> Desk:
    return Desk(owner)


def heard(
    key_result: KeyResult, by: User, *values: str | int | None, confidence: int = 6, at: datetime = LAST_WEEK
) -> None:
    """One check-in a week for each value; the last one at `at`, so that a week later it is due again."""
    for place, value in enumerate(values):
        moment = at - timedelta(days=7 * (len(values) - 1 - place))
        record_check_in(
            key_result_id=key_result.pk,
            by=by,
            at=moment,
            value=None if value is None else Decimal(value),
            confidence=confidence,
        )


def due_key_result(
    objective: Objective, title: str, *values: str | int, by: User | None = None, **fields: Any
) -> KeyResult:
    """A key result from 0 to 100 of the objective's owner, last heard eight days ago at the last of `values`."""
    kind = fields.pop("kind", KeyResultKind.INCREASE)
    speaker = by or objective.owner
    assert speaker is not None
    key_result = make_key_result(
        objective, kind=kind, title=title, **{"owner": speaker, "unit": "%", **fields}
    )
    if values:
        heard(key_result, speaker, *values)
    fresh(objective)
    key_result.refresh_from_db()
    return key_result


def fresh(objective: Objective, today: date = TODAY) -> None:
    """Bring every stored number of the organisation up to the day."""
    rebuild_numbers(organisation=objective.organisation, today=today)


@dataclass
class Desk:
    """Opens a check-in page and sends its form back as it was rendered, with what somebody typed."""

    person: User
    path: str = ""
    client: Client = field(default_factory=Client)
    page: str = ""
    form: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client.force_login(self.person)
        self.path = self.path or reverse("my_week")

    def opens(self, path: str = "") -> str:
        self.path = path or self.path
        answer = self.client.get(self.path)
        assert answer.status_code == 200, answer.status_code
        return self.reads(answer)

    def reads(self, answer: HttpResponse) -> str:
        self.page = answer.content.decode()
        found = FORM.search(self.page)
        self.form = {"form_id": found[1], "opened_at": found[2]} if found else {}
        return self.page

    def types(self, *rows: tuple[KeyResult, dict[str, Any]], win: str | None = None) -> dict[str, Any]:
        """The form as it would be posted: every row is named, the given ones are filled in."""
        sent: dict[str, Any] = {**self.form, "row": [str(row.pk) for row, _ in rows]}
        for row, typed in rows:
            sent |= {f"{row.pk}-{name}": value for name, value in typed.items()}
        return sent if win is None else {**sent, "win": win}

    def shares(self, *rows: tuple[KeyResult, dict[str, Any]], win: str | None = None) -> HttpResponse:
        answer = self.client.post(self.path, self.types(*rows, win=win))
        if answer.status_code == 422:
            self.reads(answer)
        return answer


def said(key_results: Iterable[KeyResult] | KeyResult) -> list[CheckIn]:
    """What was recorded today, in order."""
    rows = [key_results] if isinstance(key_results, KeyResult) else list(key_results)
    return list(
        CheckIn.objects.filter(key_result__in=rows, recorded_at__gte=NOW).order_by("recorded_at", "id")
    )
