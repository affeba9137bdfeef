"""The pages that `make pictures` shoots: one line each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

FIND = "Customers find what they need in one visit"
EASIEST = "Be the easiest place to finish a project"
IMPORTED, IMPORTED_READER = "Imported", "reader@imported.example"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its file name, who looks (None: nobody signed in), its address by name, and which row it shows."""

    name: str
    who: str | None
    url_name: str
    row: Callable[[], Any] | None = None
    query: str = ""


def _row(model: str, **wanted: str) -> Callable[[], Any]:
    """Looks a row up when it is needed: `app.Model`, by any fields; the first one when none are given."""

    def look() -> Any:
        from django.apps import apps

        return apps.get_model(model).objects.filter(**wanted)[0].pk

    return look


def _imported(model: str) -> Callable[[], Any]:
    """The row of the imported set that has most below it."""

    def look() -> Any:
        from django.apps import apps
        from django.db.models import Count

        below = {"objectives.Objective": "key_results", "people.Team": "objectives"}[model]
        rows = apps.get_model(model).objects.filter(organisation__name=IMPORTED)
        return rows.annotate(below=Count(below)).order_by("-below", "pk")[0].pk

    return look


BEFORE_ANYTHING = (Page("first-run", None, "first_run"),)
PAGES = (
    Page("signin", None, "account_login"),
    Page("password-reset", None, "account_reset_password"),
    Page("start", "admin", "start"),
    Page("strategy", "leader", "strategy"),
    Page("my-week", "lead", "my_week"),
    Page("my-week-member", "member", "my_week"),
    Page("objectives", "lead", "objectives"),
    Page("objectives-team", "lead", "objectives", query="?status=at_risk&status=off_track&group=team"),
    Page("objectives-nomatch", "lead", "objectives", query="?q=no+such+words"),
    Page("objective", "lead", "objective", _row("objectives.Objective", title=FIND)),
    Page("objective-edit", "lead", "objective_edit", _row("objectives.Objective", title=FIND)),
    Page("objective-new", "lead", "objective_new"),
    Page("alignment", "leader", "alignment"),
    Page("teams", "lead", "teams"),
    Page("team", "lead", "team", _row("people.Team", name="Store Operations")),
    Page("person", "lead", "person", _row("people.User", name="Noor")),
    Page("priority", "leader", "priority", _row("alignment.StrategicPriority", title=EASIEST)),
    Page("priority-new", "leader", "priority_new"),
    Page("search", "lead", "search", query="?q=store"),
    Page("settings", "lead", "settings"),
    Page("settings-organisation", "admin", "organisation_settings"),
    Page("people", "admin", "people"),
    Page("manage-teams", "admin", "manage_teams"),
    Page("cycles", "admin", "cycles"),
    Page("tokens", "admin", "tokens"),
    Page("import", "admin", "import"),
    Page("mails", "admin", "mails"),
    Page("audit-log", "admin", "audit_log"),
    Page("gallery", "admin", "gallery"),
)
IMPORTED_PAGES = (
    Page("imported-strategy", IMPORTED_READER, "strategy"),
    Page("imported-objectives", IMPORTED_READER, "objectives"),
    Page("imported-objective", IMPORTED_READER, "objective", _imported("objectives.Objective")),
    Page("imported-alignment", IMPORTED_READER, "alignment"),
    Page("imported-teams", IMPORTED_READER, "teams"),
    Page("imported-team", IMPORTED_READER, "team", _imported("people.Team")),
    Page("imported-cycles", IMPORTED_READER, "cycles"),
    Page("imported-questions", IMPORTED_READER, "import_questions"),
)
