"""The answer to a changed priority."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from alignment.models import StrategicPriority
from alignment.services import Adapting
from common.forms import ProductForm
from dashboards.forms.typed_values import NotANumber, as_number, as_uuid
from objectives.models import KeyResult, Objective

WHAT = ("title", "key_result", "helps")


class ReconfirmForm(ProductForm):
    """Parses the shape only; `answer_reconfirmation` decides."""

    answer = forms.ChoiceField(
        choices=[("kept", "Keep"), ("adapted", "Adapt"), ("stopped", "Stop")],
        error_messages={"required": "Keep, adapt or stop it?", "invalid_choice": "Keep, adapt or stop it?"},
    )
    helps = forms.CharField(required=False, label="How does it help now?", widget=forms.Textarea({"rows": 2}))
    what = forms.ChoiceField(required=False, choices=[(name, name) for name in WHAT])
    title = forms.CharField(required=False, label="Its title becomes")
    version = forms.IntegerField(required=False)
    key_result = forms.CharField(required=False, label="Key result")
    key_result_title = forms.CharField(required=False, label="New wording")
    target = forms.CharField(required=False, label="Target")
    priority = forms.CharField(required=False)
    words = forms.CharField(required=False, label="One sentence", widget=forms.Textarea({"rows": 2}))

    def clean_target(self) -> Any:
        """The number that was typed, None for nothing."""
        try:
            return as_number(self.cleaned_data["target"])
        except NotANumber as error:
            raise forms.ValidationError("A number, please.") from error

    def adapting(
        self, objective: Objective, key_results: tuple[KeyResult, ...], others: tuple[StrategicPriority, ...]
    ) -> Adapting:
        """What the answer changes, of what was chosen; the rest stays as it is."""
        said = self.cleaned_data
        what = said["what"] if said["answer"] == "adapted" else "helps"
        row, seen = _chosen(said["key_result"], key_results)
        if what != "key_result":
            row = None
        return Adapting(
            helps=said["helps"] if said["answer"] != "stopped" else None,
            title=said["title"] or None if what == "title" else None,
            version=said["version"],
            key_result=row,
            key_result_title=said["key_result_title"] or None if row is not None else None,
            target_value=said["target"] if row is not None else None,
            key_result_version=seen,
            priority=next((one for one in others if one.pk == as_uuid(said["priority"])), None)
            if said["answer"] == "adapted"
            else None,
        )


def _chosen(text: str, key_results: tuple[KeyResult, ...]) -> tuple[KeyResult | None, int | None]:
    """The key result and the version of it that was seen, of `id:version`."""
    key, _, version = text.partition(":")
    wanted: UUID | None = as_uuid(key)
    row = next((one for one in key_results if one.pk == wanted), None)
    return row, int(version) if version.isdigit() else None
