"""Mail without a mail server is kept as files that a mail program opens."""

import email
from email import policy
from pathlib import Path

from django.core.mail import EmailMultiAlternatives
from pytest_django.fixtures import Settings

from common.mail_outbox import MailOutboxBackend


def test_each_message_is_one_readable_file(tmp_path: Path, settings: Settings) -> None:
    settings.MAIL_OUTBOX_DIR = tmp_path / "outbox"
    messages = []
    for number in (1, 2):
        message = EmailMultiAlternatives(
            f"Café {number}", "plain: ünïcode", "a@example.org", ["b@example.org"]
        )
        message.attach_alternative("<p>html</p>", "text/html")
        messages.append(message)
    assert MailOutboxBackend().send_messages(messages) == 2
    files = sorted((tmp_path / "outbox").iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in files)
    found = email.message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert found["Subject"] == "Café 1"
    body = found.get_body(("plain",))
    assert body is not None
    assert "ünïcode" in body.get_content()
