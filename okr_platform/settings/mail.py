"""Mail: by SMTP when EMAIL_URL is set, else kept as .eml files in the data folder and listed in Settings."""

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
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = ""
