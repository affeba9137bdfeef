"""What the forms about a team may hold."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from common.forms import ProductForm
from people.forms.choices import RHYTHM_WORDS, day_choices, hour_choices, team_choices
from people.models import Organisation, Team, User


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


class TeamRhythmForm(ProductForm):
    """The day of a team; an empty field is the organisation's. `keeps_check_ins` only its reviews may be set."""

    rhythm_weeks = forms.TypedChoiceField(label="Check-ins", required=False, coerce=int, empty_value=None)
    check_in_weekday = forms.TypedChoiceField(label="On", required=False, coerce=int, empty_value=None)
    check_in_hour = forms.TypedChoiceField(label="From", required=False, coerce=int, empty_value=None)
    rhythm_is_locked = forms.BooleanField(label="One day for the whole team", required=False)
    review_weekday = forms.TypedChoiceField(
        label="Weekly review on", required=False, coerce=int, empty_value=None
    )
    review_hour = forms.TypedChoiceField(label="At", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = "as everybody"
        choices = {
            "rhythm_weeks": [("", everybody), *RHYTHM_WORDS],
            "check_in_weekday": day_choices(everybody),
            "check_in_hour": hour_choices(everybody),
            "review_weekday": day_choices(everybody),
            "review_hour": hour_choices(everybody),
        }
        for name, pairs in choices.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]
        if organisation.rhythm_is_locked:
            for name in ("rhythm_weeks", "check_in_weekday", "check_in_hour", "rhythm_is_locked"):
                self.fields[name].disabled = True

    @classmethod
    def initial_of(cls, team: Team) -> dict[str, Any]:
        return {name: getattr(team, name) for name in cls.base_fields}
