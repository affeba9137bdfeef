"""A page of writing as it is kept between visits: every field with its values, and back again."""

from __future__ import annotations

from uuid import UUID

from django.http import QueryDict

from common.ids import new_id
from dashboards.forms.typed_values import as_uuid

NOT_KEPT = {"csrfmiddlewaretoken", "draft", "keep", "share", "save", "show", "take", "mine", "add", "paste"}


def fields_of(posted: QueryDict) -> dict[str, list[str]]:
    """What was typed, without buttons and the page's own marks."""
    return {name: list(texts) for name, texts in posted.lists() if name not in NOT_KEPT}


def as_posted(fields: dict[str, list[str]]) -> QueryDict:
    """The same as if it were posted now."""
    posted = QueryDict(mutable=True)
    for name, texts in fields.items():
        posted.setlist(name, texts)
    return posted


def draft_id_of(posted: QueryDict) -> UUID:
    """The mark of the page that was posted; a page that came without one gets its own."""
    return as_uuid(posted.get("draft", "")) or new_id()
