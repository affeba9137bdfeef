"""The weekly digests: of leads, of leaders, and the good news for everybody on Friday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from notices.models import Notice
from notices.rendering import has_renderer
from notices.rules.kinds import NoticeKind
from notices.rules.plan import on_weekday
from notices.rules.schedule import Schedule
from notices.services.plan_day_notices import plan_weekly_notices
from people.models import Organisation, Team, User
from people.roles import Role

FRIDAY = 4
TOLD_LATELY = timedelta(days=2)


def plan_digests(*, organisation: Organisation, at: datetime) -> int:
    """Make the digests whose day and hour have come for each person; how many were new. Kinds nobody tells are left.

    Leads and leaders get theirs on the day of their own check-ins; wins come on Friday, or on the next working day.
    The notice says which days it speaks of: the seven before `asked_on`.
    """
    people = User.objects.filter(organisation=organisation, is_active=True, email__isnull=False)
    leads = Team.objects.filter(organisation=organisation, archived_at__isnull=True, lead__isnull=False)
    made = 0
    audiences: tuple[tuple[NoticeKind, QuerySet[User], Callable[[Schedule], Schedule]], ...] = (
        (NoticeKind.LEAD_DIGEST, people.filter(pk__in=leads.values("lead_id")), _own_day),
        (
            NoticeKind.LEADER_DIGEST,
            people.filter(role__in=(Role.LEADER, Role.ADMINISTRATOR)),
            _own_day,
        ),
        (NoticeKind.WINS_DIGEST, people, _friday),
    )
    for kind, audience, reshape in audiences:
        if has_renderer(kind):
            ids = _not_told_lately(audience, kind, at)
            made += plan_weekly_notices(
                organisation=organisation,
                kind=kind,
                people=dict.fromkeys(ids, at.date() - TOLD_LATELY),
                at=at,
                reshape=reshape,
            )
    return made


def _not_told_lately(audience: QuerySet[User], kind: NoticeKind, at: datetime) -> list[UUID]:
    lately = Notice.objects.filter(kind=kind, on__gt=(at - TOLD_LATELY).date())
    return list(audience.exclude(pk__in=lately.values("user_id")).values_list("pk", flat=True))


def _own_day(schedule: Schedule) -> Schedule:
    return on_weekday(schedule, schedule.rhythm.weekday)


def _friday(schedule: Schedule) -> Schedule:
    return on_weekday(schedule, FRIDAY)
