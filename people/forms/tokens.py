"""What the form for a token may hold."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from common.forms import ProductForm
from people.models import User
from people.roles import Scope

SCOPE_WORDS = {
    Scope.READ: "Read what its owner may read",
    Scope.CHECK_IN: "Check in",
    Scope.WRITE: "Write objectives, key results and links",
    Scope.ADMIN: "Manage people, teams and cycles",
}
TOKEN_LIVES = (("30", "30 days"), ("90", "90 days"), ("365", "one year"), ("", "until revoked"))


class TokenForm(ProductForm):
    """A new token."""

    missing: ClassVar[dict[str, str]] = {
        "name": "Name the token, so that you know it again.",
        "scopes": "Choose what the token may do.",
    }
    name = forms.CharField(label="What is it for?", max_length=100)
    scopes = forms.MultipleChoiceField(
        label="It may", widget=forms.CheckboxSelectMultiple, initial=[Scope.READ.value]
    )
    days = forms.TypedChoiceField(
        label="It works for", choices=TOKEN_LIVES, coerce=int, empty_value=None, required=False, initial="365"
    )
    is_service = forms.BooleanField(label="A machine uses it", required=False)

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (scope.value, words)
            for scope, words in SCOPE_WORDS.items()
            if scope is not Scope.ADMIN or viewer.is_administrator
        ]
