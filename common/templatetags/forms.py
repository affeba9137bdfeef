"""Tags that print Django form fields in our own clothes: `{% load forms %}`."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms, template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

register = template.Library()

PLAIN = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput)


@dataclass(frozen=True)
class ProblemLine:
    """One line of the error summary: where the field is, and what is wrong."""

    href: str
    words: str


@register.simple_tag
def widget(field: BoundField, css: str = "", described_by: str = "") -> SafeString:
    """The control of a field: class by its type, `aria-invalid` and `aria-describedby` where needed."""
    kind = field.field.widget
    attributes: dict[str, str | bool] = {}
    own = kind.attrs.get("class", "")
    if not isinstance(kind, PLAIN):
        base = "pick" if isinstance(kind, forms.Select) else "field"
        attributes["class"] = " ".join(filter(None, [base, own, css]))
    elif css:
        attributes["class"] = " ".join(filter(None, [own, css]))
    if field.errors:
        attributes["aria-invalid"] = "true"
    described = described_by or describing_ids(field)
    if described:
        attributes["aria-describedby"] = described
    return field.as_widget(attrs=attributes)


@register.filter
def describing_ids(field: BoundField) -> str:
    """Ids of the hint and of the error below a field, as far as they are printed."""
    ids = [f"{field.auto_id}_hint"] if field.help_text else []
    return " ".join(ids + ([f"{field.auto_id}_error"] if field.errors else []))


@register.filter
def problems(form: BaseForm) -> list[ProblemLine]:
    """Lines for components/error_summary.html: first those of the whole form, then field by field."""
    lines = [ProblemLine("#main", str(words)) for words in form.non_field_errors()]
    for field in form:
        label = str(field.label).rstrip("?:")
        lines += [ProblemLine(f"#{field.id_for_label}", f"{label}: {words}") for words in field.errors]
    return lines


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Several controls under one question: needs a fieldset."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
