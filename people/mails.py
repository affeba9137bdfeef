"""The mails that this app sends: an invitation and its link."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from people.models import Invitation

log = logging.getLogger("okr.mail")


def send_invitation(invitation: Invitation, link: str) -> bool:
    """Send the link to the invitation's address; False when the mail server did not take it."""
    context = {"invitation": invitation, "link": link}
    mail = EmailMultiAlternatives(
        subject=f"{invitation.invited_by.name} invites you to {invitation.organisation.name}",
        body=render_to_string("people/mails/invitation.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[invitation.email],
    )
    mail.attach_alternative(render_to_string("people/mails/invitation.html", context), "text/html")
    try:
        mail.send()
    except (SMTPException, OSError):
        log.exception("an invitation could not be mailed")
        return False
    return True
