"""Strategic priorities and links for tests. The rows only: nothing is rolled up."""

from __future__ import annotations

from datetime import date
from typing import Any

from alignment.models import AlignmentLink, PriorityNews, StrategicPriority
from alignment.rules.kinds import LinkKind, ParentType, default_kind
from objectives.models import KeyResult, Objective
from people.models import Organisation, User
from tests.factories.people import make_organisation
from tests.factories.when import NOW, TODAY


def make_priority(
    organisation: Organisation | None = None,
    *,
    title: str = "Be the shop people return to",
    owner: User | None = None,
    **fields: Any,
) -> StrategicPriority:
    """An active priority."""
    if organisation is None:
        organisation = owner.organisation if owner is not None else make_organisation()
    return StrategicPriority.objects.create(
        organisation=organisation, title=title, owner=owner, **{"activated_at": NOW, **fields}
    )


def make_news(
    priority: StrategicPriority, *, text: str = "We opened the second shop.", on: date = TODAY
) -> PriorityNews:
    """One line of news by the owner."""
    return PriorityNews.objects.create(priority=priority, text=text, author=priority.owner, on=on)


def make_link(
    child: Objective,
    parent: StrategicPriority | Objective | KeyResult,
    *,
    kind: LinkKind | None = None,
    **fields: Any,
) -> AlignmentLink:
    """A link of the usual kind for its parent: it contributes to a priority and supports anything else."""
    parent_type = {
        StrategicPriority: ParentType.PRIORITY,
        Objective: ParentType.OBJECTIVE,
        KeyResult: ParentType.KEY_RESULT,
    }[type(parent)]
    return AlignmentLink.objects.create(
        organisation_id=child.organisation_id,
        child=child,
        kind=kind or default_kind(parent_type),
        **{parent_type.value: parent},
        **fields,
    )
