"""Sending a message by mail."""

from __future__ import annotations

from datetime import datetime

from notices.mails.message_mail import build_mail
from notices.models import Delivery
from notices.rendering import Message


def send_mail(delivery: Delivery, message: Message, at: datetime) -> None:
    """Hand the mail to the mail server, or to the folder of kept mails; raises what the server answers.

    A repeat carries the same Message-ID.
    """
    build_mail(delivery, message, at=at).send()
