"""The pages that `make pictures` shoots: one line each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

FIND = "Customers find what they need in one visit"
STORES = "Store Operations"
EASIEST = "Be the easiest place to finish a project"
IMPORTED, IMPORTED_READER = "Imported", "reader@imported.example"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its file name, who looks (None: nobody signed in), its address by name, and which row it shows.

    `{row}` in the query puts the row there instead of into the path; several rows make a tuple. `status` is what the
    page answers with.
    """

    name: str
    who: str | None
    url_name: str
    row: Callable[[], Any] | None = None
    query: str = ""
    status: int = 200

    def address(self) -> str:
        """Path and query."""
        from django.urls import reverse

        row = self.row() if self.row else ()
        if "{row}" in self.query:
            return reverse(self.url_name) + self.query.format(row=row)
        return reverse(self.url_name, args=row if isinstance(row, tuple) else [row]) + self.query


def _row(model: str, **wanted: str) -> Callable[[], Any]:
    """Looks a row up when it is needed: `app.Model`, by any fields; the first one when none are given."""

    def look() -> Any:
        from django.apps import apps

        return apps.get_model(model).objects.filter(**wanted)[0].pk

    return look


def _minutes() -> Any:
    """The latest review of the team, as (team, review)."""
    from checkins.models import Review

    return Review.objects.filter(team__name=STORES).values_list("team_id", "pk").latest("started_at")


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
    Page("alignment-map", "leader", "alignment_map"),
    Page("link-new", "lead", "link_new", _row("objectives.Objective", title=FIND), "?child={row}"),
    Page("teams", "lead", "teams"),
    Page("team", "lead", "team", _row("people.Team", name=STORES)),
    Page("team-review", "lead", "team", _row("people.Team", name=STORES), "?tab=review"),
    Page("team-review-presented", "lead", "team", _row("people.Team", name=STORES), "?tab=review&present=1"),
    Page("team-objectives", "lead", "team", _row("people.Team", name=STORES), "?tab=objectives"),
    Page("team-history", "lead", "team", _row("people.Team", name=STORES), "?tab=history"),
    Page("review-minutes", "lead", "review_minutes", _minutes),
    Page("person", "lead", "person", _row("people.User", name="Noor")),
    Page("priority", "leader", "priority", _row("alignment.StrategicPriority", title=EASIEST)),
    Page("priority-new", "leader", "priority_new"),
    Page("search", "lead", "search", query="?q=store"),
    Page("feed", "lead", "feed"),
    Page("changes", "leader", "what_changed"),
    Page("inbox", "lead", "inbox"),
    Page("inbox-leader", "leader", "inbox"),
    Page("ask", "leader", "ask", _row("checkins.Ask", state="open")),
    Page("ask-new", "lead", "ask_new", _row("objectives.Objective", title=FIND), "?objective={row}"),
    Page("thanks", "lead", "thanks", _row("checkins.Thanks", is_private="False")),
    Page("thanks-new", "lead", "thanks_new", _row("objectives.Objective", title=FIND), "?objective={row}"),
    Page("comment", "lead", "comment", _row("checkins.Comment")),
    Page("key-result", "lead", "key_result", _row("objectives.KeyResult", objective__title=FIND)),
    Page("check-in", "lead", "check_in", _row("objectives.KeyResult", objective__title=FIND)),
    Page(
        "check-in-said",
        "lead",
        "check_in_detail",
        _row("checkins.CheckIn", key_result__objective__title=FIND),
    ),
    Page("suggestion-new", "leader", "suggestion_new", _row("objectives.Objective", title=FIND)),
    Page("new-aim", "lead", "new_aim", _row("objectives.KeyResult", objective__title=FIND)),
    Page("restorable", "lead", "restorable"),
    Page("nowhere", "member", "ask", lambda: UUID(int=0), status=404),
    Page("not-allowed", "member", "people", status=403),
    Page("settings", "lead", "settings"),
    Page("settings-absence", "lead", "absence_new"),
    Page("settings-notices", "lead", "notice_settings"),
    Page("settings-team", "lead", "team_edit", _row("people.Team", name=STORES)),
    Page("settings-messages", "admin", "dead_deliveries"),
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
