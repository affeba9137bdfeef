"""What the form about days away may hold."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from common.forms import ProductForm


class AbsenceForm(ProductForm):
    """Days away and who answers meanwhile."""

    missing: ClassVar[dict[str, str]] = {
        "starts_on": "Say from which day on you are away.",
        "ends_on": "Say which day is the last one.",
    }
    starts_on = forms.DateField(label="From", error_messages={"invalid": "Give a day, such as 2026-12-21."})
    ends_on = forms.DateField(label="To", error_messages={"invalid": "Give a day, such as 2027-01-01."})
    stand_in = forms.CharField(
        label="Asks go to", required=False, max_length=254, help_text="Name or e-mail address of a colleague."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "ends_on"):
            self.fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        self.fields["stand_in"].widget.attrs.update(list="people", autocomplete="off")
