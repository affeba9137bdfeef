"""How allauth makes and finds accounts here."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from an invitation or the first run, never from an open sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
