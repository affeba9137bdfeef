"""People's words on pages: `{% load conversation %}`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from common.markdown import plain_words, rich_html

register = template.Library()


@register.filter
def rich_text(text: str) -> SafeString:
    """Markdown, as far as it is taken, as safe HTML of whole paragraphs: place it in a `<div>`, never in a `<p>`."""
    return SafeString(rich_html(str(text or ""), person_href=_person_href))


@register.filter
def said_text(text: str) -> SafeString:
    """As `rich_text`, in quotation marks where it is one paragraph; lists and quotes speak for themselves."""
    drawn = rich_text(text).strip()
    if drawn.startswith("<p>") and drawn.endswith("</p>") and drawn.count("<p>") == 1:
        drawn = f"<p>“{drawn[3:-4]}”</p>"
    return SafeString(drawn)


@register.filter("plain_words")
def _plain_words(text: str) -> str:
    """The same words without markup, for titles and summaries; the template escapes them."""
    return plain_words(str(text or ""))


@register.filter
def of(rows: Mapping[Any, Any] | None, key: Any) -> Any:
    """What a mapping holds for a key; None where it holds nothing."""
    return (rows or {}).get(key)


def _person_href(person_id: str) -> str:
    try:
        return reverse("person", args=[UUID(person_id)])
    except (NoReverseMatch, ValueError):
        return ""


ANSWERED = ("check_in", "ask", "comment", "thanks")
"""Things to which one can reply in words."""


@register.inclusion_tag("components/reactions.html", takes_context=True)
def reactions(
    context: Mapping[str, Any],
    subject_type: str,
    subject_id: UUID,
    rows: Mapping[UUID, Sequence[Any]] | None,
    own: bool = False,
    part: bool = False,
    replies: bool = True,
) -> dict[str, Any]:
    """The words left on one thing, as buttons for who may react, and a way to reply; `own` words are only read.

    `rows` maps ids to word counts. `part`: drawn again after a press, inside the page that was there. Without `replies`
    there is no way to answer.
    """
    request = context["request"]
    speaks = request.user.is_authenticated and not request.user.is_viewer
    return {
        "csrf_token": context.get("csrf_token"),
        "subject_type": subject_type,
        "subject_id": subject_id,
        "words": (rows or {}).get(subject_id) or NO_WORDS,
        "may_react": speaks and not own,
        "reply": f"{subject_type}={subject_id}" if speaks and replies and subject_type in ANSWERED else "",
        "part": part,
        "next": request.POST.get("next", "") if part else request.get_full_path(),
    }


NO_WORDS = (
    {"word": "thank_you", "label": "Thank you", "count": 0, "is_mine": False},
    {"word": "i_can_help", "label": "I can help", "count": 0, "is_mine": False},
    {"word": "same_here", "label": "Same here", "count": 0, "is_mine": False},
)
