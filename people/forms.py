"""What the forms about people, teams and tokens may hold. They check shape; services decide."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from common.forms import ProductForm
from people.models import Organisation, Team, User
from people.permissions import visible_teams
from people.roles import Role, Scope
from people.rules.locales import LOCALES
from people.rules.time_zones import time_zone_choices

ROLE_WORDS = {
    Role.ADMINISTRATOR: "Administrator",
    Role.LEADER: "Leader",
    Role.MEMBER: "Member",
    Role.VIEWER: "Viewer",
}
ROLE_HINT = "Leaders state priorities, administrators also manage people, viewers only read."
SCOPE_WORDS = {
    Scope.READ: "Read what its owner may read",
    Scope.CHECK_IN: "Check in",
    Scope.WRITE: "Write objectives, key results and links",
    Scope.ADMIN: "Manage people, teams and cycles",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RHYTHM_WORDS = ((1, "every week"), (2, "every two weeks"), (4, "every four weeks"))
TOKEN_LIVES = (("30", "30 days"), ("90", "90 days"), ("365", "one year"), ("", "until revoked"))


def role_choices() -> list[tuple[str, str]]:
    return [(role.value, words) for role, words in ROLE_WORDS.items()]


def team_choices(viewer: User, *, none: str, besides: Team | None = None) -> list[tuple[str, str]]:
    """Teams that are not archived, for a select; the first choice is `none`."""
    teams = visible_teams(viewer).filter(archived_at__isnull=True).order_by("name")
    if besides is not None:
        teams = teams.exclude(pk=besides.pk)
    return [("", none), *((str(key), name) for key, name in teams.values_list("pk", "name"))]


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


class OwnSettingsForm(ProductForm):
    """Your settings."""

    missing: ClassVar[dict[str, str]] = {"name": "Give your name."}
    name = forms.CharField(label="Name", max_length=200)
    time_zone = forms.ChoiceField(label="Time zone", required=False)
    has_shortcuts = forms.BooleanField(label="Single-letter keys", required=False)
    theme = forms.ChoiceField(
        label="Theme",
        required=False,
        choices=[("", "Like the system"), ("light", "Light"), ("dark", "Dark")],
        widget=forms.RadioSelect,
    )
    locale = forms.ChoiceField(label="Dates and numbers", required=False)
    followed_teams = forms.MultipleChoiceField(
        label="Teams you follow", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = viewer.organisation
        self.fields["time_zone"].choices = [  # type: ignore[attr-defined]
            ("", f"As the organisation, {organisation.time_zone.replace('_', ' ').replace('/', ', ')}"),
            *time_zone_choices(),
        ]
        self.fields["locale"].choices = [  # type: ignore[attr-defined]
            ("", f"As the organisation: {LOCALES.get(organisation.locale, organisation.locale)}"),
            *LOCALES.items(),
        ]
        self.fields["followed_teams"].choices = team_choices(viewer, none="")[1:]  # type: ignore[attr-defined]


class OrganisationForm(ProductForm):
    """The organisation's name, place and rhythm."""

    missing: ClassVar[dict[str, str]] = {"name": "Name the organisation."}
    name = forms.CharField(label="Name", max_length=200)
    time_zone = forms.ChoiceField(label="Time zone", choices=time_zone_choices)
    locale = forms.ChoiceField(label="Dates and numbers", choices=[*LOCALES.items()])
    rhythm_weeks = forms.TypedChoiceField(label="Check-ins", coerce=int, choices=RHYTHM_WORDS)
    check_in_weekday = forms.TypedChoiceField(label="On", coerce=int, choices=[*enumerate(WEEKDAYS)])
    check_in_hour = forms.TypedChoiceField(
        label="From", coerce=int, choices=[(hour, f"{hour}:00") for hour in range(24)]
    )
    allows_private = forms.BooleanField(label="Private objectives", required=False)

    @classmethod
    def initial_of(cls, organisation: Organisation) -> dict[str, Any]:
        return {name: getattr(organisation, name) for name in cls.base_fields}


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


class TeamForm(ProductForm):
    """A team's name, purpose, lead and place."""

    missing: ClassVar[dict[str, str]] = {"name": "Name the team."}
    name = forms.CharField(label="Name", max_length=200)
    purpose = forms.CharField(label="What it is for", max_length=400, required=False)
    parent = forms.ChoiceField(label="Part of", required=False)
    lead = forms.CharField(label="Lead", required=False, help_text="Name or e-mail address.")

    def __init__(self, *args: Any, viewer: User, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].widget.attrs.update(list="people", autocomplete="off", size="30")
        choices = team_choices(viewer, none="no other team", besides=team)
        if team is not None and team.parent is not None and team.parent.archived_at is not None:
            choices.append((str(team.parent_id), team.parent.name))
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]


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
