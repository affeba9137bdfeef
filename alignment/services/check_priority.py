"""Everything that is wrong with what somebody wants a priority to say, found at once."""

from __future__ import annotations

from typing import Any

from alignment.models import StrategicPriority
from common.errors import FieldProblem, InvalidInput
from common.words import TEXT_LIMIT, TITLE_LIMIT, clean_words
from objectives.services.placing import check_person, clean_external_id


def checked_fields(fields: dict[str, Any], *, priority: StrategicPriority) -> dict[str, Any]:
    """`fields` made ready to be saved on `priority`. Raises InvalidInput with every problem."""
    problems: list[FieldProblem] = []
    ready = dict(fields)
    if "title" in ready:
        ready["title"] = clean_words(
            ready["title"],
            field="title",
            problems=problems,
            limit=TITLE_LIMIT,
            needed="say what matters most",
        )
    for field in ("narrative", "not_doing"):
        if field in ready:
            ready[field] = clean_words(ready[field], field=field, problems=problems, limit=TEXT_LIMIT)
    for field in ("owner", "sponsor"):
        before = getattr(priority, f"{field}_id")
        if field in ready:
            check_person(
                ready[field],
                field=field,
                organisation_id=priority.organisation_id,
                problems=problems,
                before=frozenset({before} if before else ()),
            )
    starts_on, ends_on = (ready.get(field, getattr(priority, field)) for field in ("starts_on", "ends_on"))
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        problems.append(FieldProblem("ends_on", "before_start", "the last day lies before the first"))
    if "external_id" in ready:
        ready["external_id"] = clean_external_id(
            ready["external_id"],
            model=StrategicPriority,
            organisation_id=priority.organisation_id,
            problems=problems,
            own_id=priority.pk,
        )
    if problems:
        raise InvalidInput(problems)
    return ready
