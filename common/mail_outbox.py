"""Mail without a mail server: each message becomes one .eml file that any mail program opens."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from common.ids import new_id


class MailOutboxBackend(BaseEmailBackend):
    """Writes to settings.MAIL_OUTBOX_DIR; file names sort by the moment of writing."""

    def __init__(self, fail_silently: bool = False, **_: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(settings.MAIL_OUTBOX_DIR)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write every message; a half-written file is never seen under an .eml name. Returns how many."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = str(new_id())
            draft = self.folder / f".{name}.part"
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
            draft.rename(self.folder / f"{name}.eml")
        return len(email_messages)
