"""The form that pages build on: keeps what was typed, and shows what a service refused."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from common.errors import InvalidInput, ProductError


class ProductForm(forms.Form):
    """`missing` holds the sentence for each field that must not be empty."""

    missing: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs.update({"role": "switch", "class": "switch"})
            if name in self.missing:
                field.error_messages["required"] = self.missing[name]

    def refuse(self, error: ProductError) -> None:
        """Put what a service refused beside the field it is about, or on top."""
        problems = error.problems if isinstance(error, InvalidInput) else []
        for problem in problems:
            field = problem.field if problem.field in self.fields else None
            self.add_error(field, ValidationError(problem.message, code=problem.code))
        if not problems:
            self.add_error(None, ValidationError(error.message, code=error.code))
