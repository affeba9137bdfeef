"""The gallery: every component in every state, for the eye and for accessibility checks."""

from __future__ import annotations

from types import SimpleNamespace as Row

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboards.views import gallery_samples as samples


class SampleForm(forms.Form):
    """One field of each kind, to see labels, hints and errors."""

    value = forms.DecimalField(label="New value", widget=forms.TextInput)
    note = forms.CharField(
        label="What happened?", help_text="One sentence is enough.", widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = forms.ChoiceField(label="Owner", choices=[("", "choose"), ("1", "Hana"), ("2", "Ben")])
    aim = forms.ChoiceField(
        label="How far", widget=forms.RadioSelect, choices=[("c", "Committed"), ("a", "Aspirational")]
    )
    quiet = forms.BooleanField(label="Nothing is sent on Sundays", required=False)


@login_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Reads nothing, changes nothing."""
    bad = SampleForm({"value": "about 76", "note": "", "owner": "", "aim": "c"}, auto_id="bad_%s")
    bad.is_valid()
    return render(
        request,
        "gallery.html",
        {
            "statuses": samples.STATUSES,
            "kinds": samples.KINDS,
            "long_title": samples.LONG_TITLE,
            "rows": samples.objective_rows(),
            "group": samples.group(),
            "why": samples.why(),
            "charts": [samples.rising_chart(), samples.guardrail_chart(), samples.empty_chart()],
            "history": samples.history(),
            "starts_on": samples.STARTS_ON,
            "ends_on": samples.ENDS_ON,
            "today": samples.TODAY,
            "weekly": [71, 71.4, 72.6, None, 74.9, 75.2, 75.6],
            "plan": [(0, 71), (1, 85)],
            "timeline": samples.timeline(),
            "form": SampleForm(auto_id="good_%s"),
            "bad_form": bad,
            **_words(),
        },
    )


def _words() -> dict[str, object]:
    """Rows of navigation and of forms."""
    return {
        "tabs": [
            Row(words="All", href="#main", is_current=True, count=20),
            Row(words="Mine", href="#main", is_current=False, count=1),
            Row(words="Gone quiet", href="#main", is_current=False, count=0),
        ],
        "subnav": [
            Row(title="You", links=[Row(words="Time and absence", href="#main", is_current=True)]),
            Row(title="Organisation", links=[Row(words="People and teams", href="#main", is_current=False)]),
        ],
        "gaps": [
            Row(words="Everything", href="#main", count=None, is_current=True),
            Row(words="Objective without a priority", href="#main", count=3, is_current=False),
            Row(words="No owner", href="#main", count=0, is_current=False),
        ],
        "menus": [
            Row(name="team", label="Team", value="", is_single=False, shows_status=False, clear_href="", options=[
                Row(value="1", words="Supply Chain", count=5, is_chosen=False)]),
            Row(name="status", label="Status", value="At risk", is_single=False, shows_status=True, clear_href="#main",
                options=[Row(value="on_track", words="", count=12, is_chosen=False),
                         Row(value="at_risk", words="", count=5, is_chosen=True)]),
        ],
        "orders": [Row(label="Sort", value="Priority order", links=[
            Row(words="Priority order", href="#main", is_current=True),
            Row(words="Lowest confidence", href="#main", is_current=False)])],
        "loosened": [Row(without="On track", href="#main", result="1 objective"),
                     Row(without="“kiosk”", href="#main", result="still none")],
        "theirs": Row(name="Caro", when="saved, 09:38", words="Search time per visit, measured at ten stores"),
        "mine": Row(name="Leila", when="", words="Search time per visit, measured on Saturdays"),
        "preview_lines": [Row(icon="decrease", words="New colleagues who leave within 90 days:", value="31 → 22 %"),
                          Row(icon="baseline", words="Would you tell a friend? first find out", value="")],
        "crumbs": [Row(words="Strategy", href="#main"), Row(words="Be the easiest place", href="#main"),
                   Row(words="this objective", href="")],
    }  # fmt: skip
