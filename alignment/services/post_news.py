"""One dated line of news about a priority."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from activity.services import record_event
from alignment.models import PriorityNews, StrategicPriority
from alignment.permissions import can_post_news
from alignment.rules.kinds import PriorityState
from common.errors import FieldProblem, InvalidInput, NotAllowed, RuleConflict
from common.words import clean_words
from people.models import User

LINE_LIMIT = 300


@transaction.atomic
def post_news(*, priority: StrategicPriority, by: User, at: datetime, text: str) -> PriorityNews:
    """Add a line, dated with the organisation's day; earlier lines stay as history. Line breaks become spaces.

    Raises NotAllowed (owner, leaders and administrators only), RuleConflict (retired), InvalidInput.
    """
    row = StrategicPriority.objects.select_related("organisation").get(pk=priority.pk)
    if not can_post_news(by, row):
        raise NotAllowed("The owner of the priority, leaders and administrators write its news.")
    if row.state == PriorityState.RETIRED:
        raise RuleConflict(f"“{row.title}” is retired and takes no more news.", code="priority_state")
    problems: list[FieldProblem] = []
    line = clean_words(
        " ".join(text.split()), field="text", problems=problems, limit=LINE_LIMIT, needed="write one line"
    )
    if problems:
        raise InvalidInput(problems)
    news = PriorityNews.objects.create(
        priority=row,
        text=line,
        author=by,
        on=at.astimezone(ZoneInfo(row.organisation.time_zone)).date(),
        created_at=at,
    )
    record_event(
        verb="priority.news_posted",
        subject=row,
        organisation_id=row.organisation_id,
        by=by,
        at=at,
        payload={"news_id": str(news.pk), "text": line},
    )
    return news
