"""Secrets of tokens and links: what is shown once, and the digest that is stored."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings

from common.prepared import Prepared
from people.models import ApiToken

TOKEN_PREFIX = "okr_"  # noqa: S105


def make_secret() -> str:
    """A new secret of 256 random bits; shown once and never stored."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """HMAC-SHA256 of a secret under the installation's pepper, as 64 hexadecimal digits."""
    pepper = str(settings.TOKEN_PEPPER).encode()
    return hmac.new(pepper, secret.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def find_token(secret: str) -> ApiToken | None:
    """The token with this secret, its owner and organisation joined in; whether it is valid is for the caller."""
    if not secret.startswith(TOKEN_PREFIX):
        return None
    return next(iter(_tokens(digest_of(secret))), None)


_tokens = Prepared(
    lambda digest: ApiToken.objects.filter(digest=digest).select_related("user__organisation").order_by()
)
