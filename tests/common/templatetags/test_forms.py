"""Form fields: class, wiring of hint and error, lines of the error summary."""

from __future__ import annotations

from django import forms
from django.template.loader import render_to_string

from common.templatetags.forms import problems, widget


class SampleForm(forms.Form):
    title = forms.CharField(label="What changes?", help_text="For whom?")
    owner = forms.ChoiceField(choices=[("", "choose"), ("1", "Hana")])
    quiet = forms.BooleanField(required=False)


def test_controls_wear_their_class() -> None:
    form = SampleForm()
    assert 'class="field"' in widget(form["title"])
    assert 'class="pick"' in widget(form["owner"])
    assert "class" not in widget(form["quiet"])


def test_error_and_hint_are_tied_to_the_control() -> None:
    form = SampleForm({"title": "", "owner": ""})
    markup = render_to_string("components/field.html", {"field": form["title"]})
    assert 'aria-describedby="id_title_hint id_title_error"' in markup
    assert 'aria-invalid="true"' in markup
    assert 'id="id_title_hint"' in markup
    assert 'id="id_title_error"' in markup


def test_problems_lead_to_their_fields() -> None:
    lines = problems(SampleForm({"title": "", "owner": "1"}))
    assert [(line.href, line.words) for line in lines] == [
        ("#id_title", "What changes: This field is required.")
    ]
