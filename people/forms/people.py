"""What the forms about people may hold."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from common.forms import ProductForm
from people.forms.choices import ROLE_HINT, role_choices, team_choices
from people.models import User
from people.roles import Role


class PersonForm(ProductForm):
    """An administrator adds or changes somebody."""

    missing: ClassVar[dict[str, str]] = {"name": "Give a name."}
    name = forms.CharField(label="Name", max_length=200)
    email = forms.CharField(label="E-mail", max_length=254, required=False)
    role = forms.ChoiceField(label="Role", choices=role_choices, initial=Role.MEMBER, help_text=ROLE_HINT)


class InviteForm(ProductForm):
    """An invitation by link."""

    email = forms.CharField(
        label="E-mail",
        max_length=254,
        required=False,
        help_text="Without it whoever has the link can join, once.",
    )
    role = forms.ChoiceField(label="Role", choices=role_choices, initial=Role.MEMBER, help_text=ROLE_HINT)
    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = team_choices(viewer, none="no team yet")  # type: ignore[attr-defined]
