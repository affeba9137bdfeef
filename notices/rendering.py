"""Words of notices: which function tells a kind, and the plain shape that inbox, mail and chat draw.

An app that knows a kind registers its renderer in its `apps.py`, so this app needs to know nothing above it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from notices.models import Notice
from notices.rules.kinds import NoticeKind
from people.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """One thing told: plain words, never markup. `href` is a path; a mail puts the site's address before it.

    `progress` and `expected` are shares of one, where there is a bar to draw. `notice_id` says which notice the line
    tells, so that the inbox shows each of them as a row of its own.
    """

    title: str
    words: str = ""
    facts: str = ""
    href: str = ""
    status: str | None = None
    progress: float | None = None
    expected: float | None = None
    notice_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """All lines of one kind under one heading; sections are shown by `order`, small ones first.

    `headline`, `lede` and `button` (its words, `button_href` its path) are those of the message that the section leads;
    `place` stands beside the organisation's name there, such as "Q4 2026, week 8 of 13". `heads` stand over the columns
    of its lines; `after` follows the button.
    """

    title: str
    lines: tuple[Line, ...]
    order: int = 50
    headline: str = ""
    lede: str = ""
    button: str = ""
    button_href: str = ""
    heads: tuple[str, ...] = ()
    after: tuple[Section, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What one delivery carries: the sections, and the notices they were made from.

    `is_of_day` tells the one message of a day from something told at once.
    """

    sections: tuple[Section, ...]
    notices: tuple[Notice, ...]
    is_of_day: bool


Render = Callable[[Sequence[Notice], User, datetime], Section | None]

_renderers: dict[NoticeKind, Render] = {}


def register_kind(kind: NoticeKind, render: Render) -> None:
    """Let `render(notices, user, at)` tell notices of this kind.

    It gets one person's notices and looks again whether that person may see each thing; None when nothing is left.
    """
    known = _renderers.get(kind)
    if known is not None and known is not render:
        raise ValueError(f"two renderers tell {kind!r}")
    _renderers[kind] = render


def has_renderer(kind: NoticeKind) -> bool:
    """Whether an app tells notices of this kind."""
    return kind in _renderers


def render_kind(kind: NoticeKind, notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """The section of one person's notices of one kind; None when nobody tells the kind or nothing is left."""
    render = _renderers.get(kind)
    section = render(notices, user, at) if render is not None else None
    return section if section is not None and section.lines else None


def render_notices(notices: Sequence[Notice], user: User, at: datetime) -> tuple[Section, ...]:
    """The sections of these notices of one person, in order; kinds nobody tells are left out."""
    by_kind: dict[NoticeKind, list[Notice]] = {}
    for notice in notices:
        by_kind.setdefault(NoticeKind(notice.kind), []).append(notice)
    sections = []
    for kind, rows in by_kind.items():
        section = render_kind(kind, rows, user, at)
        if section is not None:
            sections.append(section)
    return tuple(sorted(sections, key=lambda section: (section.order, section.title)))
