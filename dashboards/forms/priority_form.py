"""The form of a strategic priority, and its one line of news."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from common.forms import ProductForm
from people.models import User
from people.permissions import visible_people


def _day_field() -> forms.DateInput:
    """Browsers read a day in a date field only as year, month and day, whatever the reader's own order is."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class PriorityForm(ProductForm):
    """Parses the shape only; `alignment.services.write_priorities` decides."""

    missing: ClassVar[dict[str, str]] = {
        "title": "A priority needs a title: what should be different, and for whom?"
    }

    title = forms.CharField(
        label="What matters most?", widget=forms.Textarea(attrs={"rows": 2, "class": "titlein"})
    )
    narrative = forms.CharField(
        label="Why now?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The sentence people remember when two good ideas compete.",
    )
    not_doing = forms.CharField(
        label="What will we not do?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="A priority that leaves nothing out is none.",
    )
    owner = forms.ModelChoiceField(
        label="Who looks after it?", required=False, queryset=User.objects.none(), empty_label="nobody yet"
    )
    sponsor = forms.ModelChoiceField(
        label="Who agrees to what teams propose?",
        required=False,
        queryset=User.objects.none(),
        empty_label="whoever looks after it",
    )
    starts_on = forms.DateField(label="From", required=False, widget=_day_field())
    ends_on = forms.DateField(label="Until", required=False, widget=_day_field())

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("owner", "sponsor"):
            person = self.fields[name]
            assert isinstance(person, forms.ModelChoiceField)
            person.queryset = visible_people(viewer).filter(is_active=True).order_by("name", "pk")
            person.error_messages["invalid_choice"] = "Nobody here is that person."
        for name in ("starts_on", "ends_on"):
            self.fields[name].error_messages["invalid"] = "A day, such as 2027-03-31."


class ChangeForm(PriorityForm):
    """A new version of an active priority: its words, why it changes, and how big the change is."""

    reason = forms.CharField(
        label="Why does it change?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One or two sentences. Everyone asked reads them first.",
    )
    size = forms.ChoiceField(
        label="How big is it?",
        required=False,
        choices=[("wording", "Only the wording"), ("meaning", "The meaning")],
        widget=forms.RadioSelect,
    )
    answer_by_on = forms.DateField(label="Answers by", required=False, widget=_day_field())

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        self.fields["title"].label = "What matters?"
        self.fields["narrative"].label = "What does it mean?"
        self.fields["narrative"].help_text = "How people will recognise it."
        self.fields["answer_by_on"].error_messages["invalid"] = "A day, such as 2027-03-31."

    @property
    def is_minor(self) -> bool:
        """Whether only the wording changes; the meaning unless said otherwise."""
        return bool(self.cleaned_data.get("size") == "wording")


class NewsForm(ProductForm):
    """One dated line on the strategy page."""

    missing: ClassVar[dict[str, str]] = {"text": "One sentence, please."}

    text = forms.CharField(label="What is new?", widget=forms.Textarea(attrs={"rows": 2}))
