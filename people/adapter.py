"""How the sign-in library speaks and decides here."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: people are invited. Words are ours and never tell whether an address is known."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "This e-mail address and password do not belong together.",
        "too_many_login_attempts": "Too many tries. Please wait a few minutes.",
        "rate_limited": "Too many tries. Please wait a minute.",
        "incorrect_password": "This is not your password.",
        "enter_current_password": "This is not your present password.",
        "account_inactive": "This account no longer signs in. An administrator can change that.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the page that follows shows what happened."""
