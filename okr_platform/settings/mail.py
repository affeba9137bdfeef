"""Mail and chat. Without EMAIL_URL mail is kept as .eml files in the data folder and listed in Settings."""

from __future__ import annotations

from okr_platform.env import mail_from_url
from okr_platform.settings.place import OKR_DATA_DIR, env

_smtp = mail_from_url(env)
MAIL_OUTBOX_DIR = OKR_DATA_DIR / "outbox"
MAIL_IS_SENT = _smtp is not None
EMAIL_BACKEND = "common.mail_outbox.MailOutboxBackend"
if _smtp:
    globals().update(_smtp)
DEFAULT_FROM_EMAIL = env.text("OKR_MAIL_FROM", "OKR Platform <okr@localhost>")
MAIL_UNSUBSCRIBE = env.text("OKR_MAIL_UNSUBSCRIBE")  # an address that takes "unsubscribe" by mail
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = ""

# Chat: posting to webhooks inside the own network, and over http, only where the operator says so.
CHAT_ALLOWS_PRIVATE = env.flag("OKR_CHAT_ALLOWS_PRIVATE")
