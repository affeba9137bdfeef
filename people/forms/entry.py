"""What the forms of the first run and of joining may hold."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from common.forms import ProductForm
from people.rules.time_zones import time_zone_choices


class FirstRunForm(ProductForm):
    """The organisation and its administrator."""

    missing: ClassVar[dict[str, str]] = {
        "organisation_name": "Name the organisation.",
        "name": "Give your name.",
        "email": "Give an e-mail address.",
        "password": "Choose a password.",
    }
    organisation_name = forms.CharField(label="Organisation", max_length=200)
    name = forms.CharField(label="Your name", max_length=200, help_text="As colleagues call you.")
    email = forms.CharField(label="E-mail", max_length=254, help_text="You sign in with it.")
    password = forms.CharField(
        label="Password", strip=False, help_text="At least 10 characters. A short sentence works well."
    )
    time_zone = forms.ChoiceField(label="Time zone", choices=time_zone_choices, initial="UTC")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget = forms.PasswordInput(
            render_value=True, attrs={"autocomplete": "new-password"}
        )
        if not self.is_bound:
            self.fields["time_zone"].widget.attrs["data-own-zone"] = ""
        self.fields["email"].widget.attrs.update(autocomplete="username", inputmode="email")
        self.fields["organisation_name"].widget.attrs["autocomplete"] = "organization"
        self.fields["name"].widget.attrs["autocomplete"] = "name"


class JoinForm(ProductForm):
    """Somebody accepts an invitation."""

    missing: ClassVar[dict[str, str]] = {
        "name": "Give your name.",
        "email": "Give an e-mail address.",
        "password": "Choose a password.",
    }
    name = forms.CharField(label="Your name", max_length=200, help_text="As colleagues call you.")
    email = forms.CharField(label="E-mail", max_length=254, help_text="You sign in with it.")
    password = forms.CharField(
        label="Password", strip=False, help_text="At least 10 characters. A short sentence works well."
    )

    def __init__(self, *args: Any, has_fixed_email: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget = forms.PasswordInput(
            render_value=True, attrs={"autocomplete": "new-password"}
        )
        self.fields["email"].widget.attrs.update(autocomplete="username", inputmode="email")
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        if has_fixed_email:
            self.fields["email"].widget.attrs["readonly"] = True
            self.fields["email"].help_text = "The invitation is for this address."
