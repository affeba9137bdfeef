"""Mails that were kept as files because no mail server is set up."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class MailRow:
    """One mail in the list, newest first. `name` is the file's name without its ending."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class MailPage:
    """A page of the list. `number` and `pages` start at 1."""

    rows: tuple[MailRow, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class MailText:
    """One mail with its words as plain text."""

    row: MailRow
    sender: str
    text: str


def kept_mails(page: int = 1) -> MailPage:
    """One page of the kept mails; file names sort by time, so only the shown files are read."""
    folder = Path(settings.MAIL_OUTBOX_DIR)
    names = sorted((path.stem for path in folder.glob("*.eml")), reverse=True) if folder.is_dir() else []
    pages = max(1, -(-len(names) // PAGE_SIZE))
    number = min(max(1, page), pages)
    shown = names[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    rows = tuple(_row(name, message) for name in shown if (message := _read(name)) is not None)
    return MailPage(rows, number, pages, len(names))


def kept_mail(name: str) -> MailText | None:
    """One mail, or None when there is no such file."""
    message = _read(name)
    if message is None:
        return None
    body = message.get_body(("plain", "html"))
    text = body.get_content() if body is not None else ""
    return MailText(_row(name, message), str(message.get("From", "")), text)


def _read(name: str) -> EmailMessage | None:
    """The message; names that are no id (and so could lead out of the folder) are never looked for."""
    try:
        key = UUID(name)
    except ValueError:
        return None
    path = Path(settings.MAIL_OUTBOX_DIR) / f"{key}.eml"
    if not path.is_file():
        return None
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return message if isinstance(message, EmailMessage) else None


def _row(name: str, message: EmailMessage) -> MailRow:
    try:
        sent_at = parsedate_to_datetime(str(message.get("Date", "")))
    except ValueError:
        sent_at = None
    return MailRow(name, str(message.get("To", "")), str(message.get("Subject", "")), sent_at)
