"""Editing one check-in: the fields that its key result takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils import formats

from checkins.models import CheckIn
from common.errors import FieldProblem, InvalidInput, ProductError
from common.forms import ProductForm
from common.templatetags.numbers import number
from common.typed_numbers import NotANumber, read_number
from common.words import TEXT_LIMIT
from objectives.models import Milestone
from objectives.rules.kinds import KeyResultKind

WORDS = ("note", "win", "challenge", "next_step")


class CheckInEditForm(ProductForm):
    """`changes()` are keyword arguments of `edit_check_in`; `opened_at` is the version that was edited."""

    value = forms.CharField(label="Value", required=False, widget=forms.TextInput({"inputmode": "decimal"}))
    done = forms.ChoiceField(
        label="Is it done?",
        choices=[("0", "Not yet"), ("1", "Done")],
        widget=forms.RadioSelect,
        required=False,
    )
    steps = forms.MultipleChoiceField(
        label="Steps that are done", widget=forms.CheckboxSelectMultiple, required=False
    )
    confidence = forms.ChoiceField(
        label="Confidence, 1 to 10",
        choices=[("", "none"), *((str(n), str(n)) for n in range(1, 11))],
        required=False,
    )
    observed_on = forms.DateField(
        label="Day it speaks of", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(
        label="Note", required=False, max_length=TEXT_LIMIT, widget=forms.Textarea({"rows": 2})
    )
    challenge = forms.CharField(label="Challenge", required=False, max_length=TEXT_LIMIT)
    win = forms.CharField(label="Win", required=False, max_length=TEXT_LIMIT)
    next_step = forms.CharField(label="Next step", required=False, max_length=TEXT_LIMIT)
    next_step_due_on = forms.DateField(
        label="Next step by", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, check_in: CheckIn, steps: Sequence[Milestone], **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(check_in), **kwargs)
        self.check_in = check_in
        self.fields["observed_on"].input_formats = ["%Y-%m-%d"]  # type: ignore[attr-defined]
        kind = check_in.key_result.kind
        self.fields["steps"].choices = [(str(step.pk), step.title) for step in steps]  # type: ignore[attr-defined]
        shown = {KeyResultKind.MILESTONES: "steps", KeyResultKind.YES_NO: "done"}.get(
            KeyResultKind(kind), "value"
        )
        for name in {"steps", "done", "value"} - {shown}:
            del self.fields[name]
        if check_in.key_result.unit and shown == "value":
            self.fields["value"].label = f"Value, in {check_in.key_result.unit}"

    @property
    def opened_at(self) -> datetime | None:
        """When the version that the form shows was written."""
        try:
            return datetime.fromisoformat(self.cleaned_data.get("version", ""))
        except ValueError:
            return None

    def clean_value(self) -> Decimal | None:
        try:
            return read_number(
                self.cleaned_data["value"],
                decimal=formats.get_format("DECIMAL_SEPARATOR"),
                grouping=formats.get_format("THOUSAND_SEPARATOR"),
                unit=self.check_in.key_result.unit,
            )
        except NotANumber as error:
            raise forms.ValidationError(str(error)) from error

    def changes(self) -> dict[str, Any]:
        """What to store; steps become `milestones_done`, yes or no a value."""
        values = self.cleaned_data
        confidence = values["confidence"]
        changes: dict[str, Any] = {
            "confidence": int(confidence) if confidence else None,
            "observed_on": values["observed_on"],
            "next_step_due_on": values["next_step_due_on"],
            **{name: values[name].strip() for name in WORDS},
        }
        if "value" in self.fields:
            changes["value"] = values["value"]
        if "done" in self.fields:
            changes["value"] = Decimal(values["done"]) if values["done"] else None
        if "steps" in self.fields and (values["steps"] or self.check_in.milestones_done is not None):
            changes["milestones_done"] = [UUID(step) for step in values["steps"]]
        return changes


def as_milestones(error: ProductError) -> ProductError:
    """The same refusal with the names of the fields of this form."""
    if not isinstance(error, InvalidInput):
        return error
    names = {"milestones_done": "steps"}
    return InvalidInput(
        [FieldProblem(names.get(p.field, p.field), p.code, p.message) for p in error.problems]
    )


def _initial(row: CheckIn) -> dict[str, Any]:
    on: date | None = row.next_step_due_on
    return {
        "value": "" if row.value is None else number(row.value),
        "done": "" if row.value is None else str(int(row.value >= 1)),
        "steps": row.milestones_done or [],
        "confidence": str(row.confidence or ""),
        "observed_on": row.observed_on,
        "next_step_due_on": on,
        "version": row.updated_at.isoformat(),
        **{name: getattr(row, name) for name in WORDS},
    }
