"""What the forms about one's own settings and the organisation's may hold."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from common.forms import ProductForm
from people.forms.choices import (
    HOURS,
    REVIEW_LENGTHS,
    RHYTHM_WORDS,
    WEEKDAYS,
    day_choices,
    hour_choices,
    team_choices,
)
from people.models import Organisation, User
from people.rules.locales import LOCALES
from people.rules.time_zones import time_zone_choices

SHORT_DAYS = tuple((day, name[:3]) for day, name in enumerate(WEEKDAYS))


class OwnSettingsForm(ProductForm):
    """Your settings. `is_locked`: the day of check-ins is kept by the organisation or a team."""

    missing: ClassVar[dict[str, str]] = {"name": "Give your name."}
    name = forms.CharField(label="Name", max_length=200)
    time_zone = forms.ChoiceField(label="Time zone", required=False)
    working_days = forms.TypedMultipleChoiceField(
        label="Working days",
        required=False,
        coerce=int,
        choices=SHORT_DAYS,
        widget=forms.CheckboxSelectMultiple,
    )
    check_in_weekday = forms.TypedChoiceField(
        label="Check in on", required=False, coerce=int, empty_value=None
    )
    check_in_hour = forms.TypedChoiceField(label="From", required=False, coerce=int, empty_value=None)
    quiet_from_hour = forms.TypedChoiceField(label="Quiet from", coerce=int, choices=HOURS)
    quiet_until_hour = forms.TypedChoiceField(label="Until", coerce=int, choices=HOURS)
    prefers_private_thanks = forms.BooleanField(label="Thanks only between us", required=False)
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

    def __init__(
        self, *args: Any, viewer: User, has_team: bool = False, is_locked: bool = False, **kwargs: Any
    ) -> None:
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
        team = "as your team" if has_team else "as everybody"
        self.fields["check_in_weekday"].choices = day_choices(team)  # type: ignore[attr-defined]
        self.fields["check_in_hour"].choices = hour_choices(team)  # type: ignore[attr-defined]
        if is_locked:
            self.fields["check_in_weekday"].disabled = self.fields["check_in_hour"].disabled = True
        self.fields["followed_teams"].choices = team_choices(viewer, none="")[1:]  # type: ignore[attr-defined]


class OrganisationForm(ProductForm):
    """The organisation's name, place and rhythm."""

    missing: ClassVar[dict[str, str]] = {"name": "Name the organisation."}
    name = forms.CharField(label="Name", max_length=200)
    time_zone = forms.ChoiceField(label="Time zone", choices=time_zone_choices)
    locale = forms.ChoiceField(label="Dates and numbers", choices=[*LOCALES.items()])
    rhythm_weeks = forms.TypedChoiceField(label="Check-ins", coerce=int, choices=RHYTHM_WORDS)
    check_in_weekday = forms.TypedChoiceField(label="On", coerce=int, choices=[*enumerate(WEEKDAYS)])
    check_in_hour = forms.TypedChoiceField(label="From", coerce=int, choices=HOURS)
    rhythm_is_locked = forms.BooleanField(label="One day for everybody", required=False)
    review_minutes = forms.TypedChoiceField(label="Weekly review", coerce=int, choices=REVIEW_LENGTHS)
    review_weekday = forms.TypedChoiceField(label="On", coerce=int, choices=[*enumerate(WEEKDAYS)])
    review_hour = forms.TypedChoiceField(label="At", coerce=int, choices=HOURS)
    allows_private = forms.BooleanField(label="Private objectives", required=False)

    @classmethod
    def initial_of(cls, organisation: Organisation) -> dict[str, Any]:
        return {name: getattr(organisation, name) for name in cls.base_fields}
