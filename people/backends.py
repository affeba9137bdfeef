"""Signing in by e-mail, and reading the signed-in person in one statement."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from people.models import User


class SignInBackend(AuthenticationBackend):
    """allauth's backend; the person of a request comes with the organisation that every page needs."""

    def get_user(self, user_id: Any) -> User | None:
        """The active person with this id, or None: a deactivated one is signed out at once."""
        person = User.objects.select_related("organisation").filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None
