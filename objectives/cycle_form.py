"""The form of a cycle."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from common.forms import ProductForm
from objectives.models import Cycle
from objectives.permissions import visible_cycles
from people.models import User


class CycleForm(ProductForm):
    """Name, days and the longer cycle around it."""

    missing: ClassVar[dict[str, str]] = {"name": "Name the cycle."}
    name = forms.CharField(label="Name", max_length=200, help_text="Such as Q1 2027 or Spring.")
    starts_on = forms.DateField(label="First day", required=False)
    ends_on = forms.DateField(label="Last day", required=False)
    parent = forms.ChoiceField(label="Lies in", required=False)

    def __init__(self, *args: Any, viewer: User, cycle: Cycle | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "ends_on"):
            field = self.fields[name]
            field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            field.localize = False
            field.input_formats = ["%Y-%m-%d"]  # type: ignore[attr-defined]
            field.error_messages["invalid"] = "This is no day. 2027-01-04 would do."
        others = visible_cycles(viewer)
        if cycle is not None:
            others = others.exclude(pk=cycle.pk)
        self.fields["parent"].choices = [  # type: ignore[attr-defined]
            ("", "no longer cycle"),
            *((str(key), name) for key, name in others.values_list("pk", "name")),
        ]
