"""Writing the demo: all rows in one transaction, then every number by the rules that hold for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db import models, transaction

from checkins.services.backfill_snapshots import backfill_snapshots
from checkins.services.keep_lives import keep_all_lives
from checkins.services.rebuild_numbers import rebuild_numbers
from dashboards.demo.calendar import DAY_OF_CYCLE, Calendar, calendar_of
from dashboards.demo.content import OBJECTIVES
from dashboards.demo.rows import Rows
from dashboards.demo.rows_asks import add_asks
from dashboards.demo.rows_check_ins import add_check_ins
from dashboards.demo.rows_conversation import add_conversation
from dashboards.demo.rows_log import add_learned, add_log, add_token
from dashboards.demo.rows_objectives import add_objectives
from dashboards.demo.rows_people import add_cycles, add_people, add_teams, organisation_rows
from dashboards.demo.rows_reviews import add_reviews
from dashboards.demo.rows_strategy import add_links, add_priorities
from dashboards.demo.sign_ins import SignIn, give_passwords
from dashboards.demo.standings import settle
from objectives.models import Objective
from objectives.rules.kinds import ObjectiveState
from people.models import Organisation

TWO_DECIMALS = Decimal("0.01")


def demo_rows(today: date) -> Rows:
    """Every row of the demo as of `today`, unsaved."""
    rows = organisation_rows(calendar_of(today))
    add_people(rows)
    add_teams(rows)
    add_cycles(rows)
    add_priorities(rows)
    add_objectives(rows, OBJECTIVES)
    add_links(rows, OBJECTIVES)
    add_check_ins(rows, OBJECTIVES)
    add_asks(rows)
    add_log(rows, OBJECTIVES)
    add_learned(rows)
    add_token(rows)
    add_reviews(rows)
    add_conversation(rows)
    settle(rows)
    return rows


@transaction.atomic
def write_demo(*, today: date, sign_ins: Sequence[SignIn]) -> Organisation:
    """Write the demo organisation and return it. IntegrityError when it is there already."""
    rows = demo_rows(today)
    give_passwords(rows, sign_ins)
    for table, found in rows.by_table().items():
        manager: models.Manager[models.Model] = table._base_manager
        manager.bulk_create(found, batch_size=500)
    organisation = rows.organisation
    everything = set(Objective.objects.filter(organisation=organisation).values_list("pk", flat=True))
    rebuild_numbers(organisation=organisation, today=today, thawed=everything)
    _score_closed(organisation)
    keep_all_lives(organisation)
    backfill_snapshots(organisation=organisation, days=_days_with_history(rows.calendar))
    return organisation


def _score_closed(organisation: Organisation) -> None:
    """The suggested score is the frozen progress; where its owner said nothing else it is the score."""
    closed = list(Objective.objects.filter(organisation=organisation, state=ObjectiveState.CLOSED))
    for objective in closed:
        assert objective.progress is not None
        objective.suggested_score = objective.progress.quantize(TWO_DECIMALS, ROUND_HALF_UP)
        if objective.score is None:
            objective.score = objective.suggested_score
    Objective.objects.bulk_update(closed, ("suggested_score", "score"))


def _days_with_history(calendar: Calendar) -> list[date]:
    """Every day of the running quarter and every seventh day of the year before it, oldest first."""
    start = calendar.cycles["year"].starts_on
    daily = [calendar.days_ago(count) for count in range(DAY_OF_CYCLE - 1, 0, -1)]
    weekly = [start + timedelta(days=count) for count in range(6, (daily[0] - start).days, 7)]
    return [*weekly, *daily]
