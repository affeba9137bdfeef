"""Everything that the page for writing an objective prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse

from common.ids import new_id
from common.templatetags.okr import kind_icon
from common.words import TITLE_LIMIT
from dashboards.forms.form_problems import FormProblems
from dashboards.forms.key_result_read import ReadKeyResult
from dashboards.forms.objective_form import read_key_results
from dashboards.forms.objective_typed import TypedKeyResult, TypedLink, TypedObjective
from dashboards.queries.objective_choices import ObjectiveChoices
from dashboards.queries.similar_objectives import SimilarRow, similar_objectives
from dashboards.views.objective_edit_conflict import ConflictUnit
from dashboards.views.objective_edit_rows import STATES, Box, key_result_views, link_views
from dashboards.views.objective_edit_words import preview_value, weight_words
from dashboards.views.words import count_words
from objectives.models import Cycle, Objective
from objectives.queries.unfinished_writing import unfinished_writing
from objectives.rules.kinds import ObjectiveState, Visibility
from people.models import User

UNSTARTED = (ObjectiveState.DRAFT, ObjectiveState.PROPOSED, ObjectiveState.AGREED)
NEW_ROW = "__key__"
KINDS = (
    ("committed", "Committed", "We do what it takes. 1.0 is expected."),
    ("aspirational", "Aspirational", "We aim high. 0.7 is a success."),
)
LINK_KINDS = (("contributes", "contributes"), ("supports", "supports"), ("depends_on", "depends on"))


@dataclass(slots=True)
class ObjectivePage:
    """What one answer of the page is made from. `focus`: key of the key result that a button was about.

    `draft_id` marks what is typed on this page while it waits to be saved.
    """

    user: User
    typed: TypedObjective
    choices: ObjectiveChoices
    objective: Objective | None = None
    problems: FormProblems | None = None
    rows: list[ReadKeyResult] | None = None
    focus: str = ""
    is_unsaved: bool = False
    draft_id: UUID = field(default_factory=new_id)
    conflicts: list[ConflictUnit] = field(default_factory=list)

    @property
    def cycle(self) -> Cycle | None:
        return self.choices.cycles.get(self.typed.cycle)

    def context(self) -> dict[str, Any]:
        """For dashboards/objective_edit.html."""
        typed, choices = self.typed, self.choices
        problems = self.problems or FormProblems(typed)
        self.rows = read_key_results(typed, choices)
        links = typed.links or [TypedLink()]
        objective = self.objective
        is_draft = objective is None or objective.state in UNSTARTED
        return {
            "typed": typed,
            "objective": objective,
            "choices": choices,
            "boxes": self._boxes(problems),
            "contributors": self._contributors(problems),
            "key_results": key_result_views(
                typed.key_results, self.rows, problems, choices, cycle=self.cycle, focus=self.focus
            ),
            "new_key_result": self._new_row(),
            "main_link": link_views(links, problems, choices)[0],
            "more_links": link_views(links, problems, choices)[1:],
            "problems": problems.lines,
            "problem_title": _problem_title(len(problems.lines), is_draft=is_draft),
            "weights": weight_words(self.rows),
            "row_words": _row_words(self.rows),
            "is_draft": is_draft,
            "is_unsaved": self.is_unsaved or bool(problems) or bool(self.conflicts),
            "lede": self._lede(is_draft=is_draft),
            "action": reverse("objective_edit", args=[objective.pk])
            if objective
            else reverse("objective_new"),
            "back_href": reverse("objective", args=[objective.pk]) if objective else reverse("objectives"),
            "visibilities": self._visibilities(),
            "kinds": KINDS,
            "link_kinds": LINK_KINDS,
            "work_states": STATES,
            "conflicts": self.conflicts,
            "title_limit": TITLE_LIMIT,
            "draft_id": self.draft_id,
            "unfinished": unfinished_writing(
                self.user, objective.pk if objective else None, but=self.draft_id
            ),
            "autofocus": self._new_focus(),
            "shows_more_links": len(links) > 1,
            **self.reading(),
        }

    def reading(self) -> dict[str, Any]:
        """For the right side alone: how it will read, and what is close to it."""
        if self.rows is None:
            self.rows = read_key_results(self.typed, self.choices)
        first = self.typed.links[0].parent if self.typed.links else ""
        priority = self.choices.priorities.get(first)
        lines = [
            {
                "icon": kind_icon(row.draft.kind),
                "words": row.draft.title or "…",
                "value": preview_value(row.draft),
                "is_baseline": row.draft.kind == "baseline",
            }
            for row in self.rows
            if not row.typed.is_removed
        ]
        return {
            "above": priority.title if priority else "",
            "title": self.typed.title.strip(),
            "why": self.typed.why.strip(),
            "lines": lines,
            "similar": self._similar(),
        }

    def _similar(self) -> tuple[SimilarRow, ...]:
        """Worth a look until it is shared."""
        if self.objective is None:
            return similar_objectives(self.user, self.typed.title)
        if self.objective.state not in UNSTARTED:
            return ()
        return similar_objectives(self.user, self.typed.title, but=self.objective.pk)

    def live(self) -> dict[str, Any]:
        """For the answer to typing: the right side, and the words and drawings of every row."""
        found = self.reading()
        assert self.rows is not None
        found["key_results"] = key_result_views(
            self.typed.key_results,
            self.rows,
            FormProblems(self.typed),
            self.choices,
            cycle=self.cycle,
        )
        found["weights"] = weight_words(self.rows)
        found["row_words"] = _row_words(self.rows)
        return found

    def _new_focus(self) -> str:
        """The key of a row that was just added: its first field takes the focus."""
        rows = [row for row in self.typed.key_results if row.key == self.focus and not row.title]
        return rows[0].key if rows and self.is_unsaved else ""

    def _boxes(self, problems: FormProblems) -> dict[str, Box]:
        names = ("title", "why", "kind", "owner", "team", "cycle", "visibility", "keeps_us_running")
        boxes = {
            name: Box(name, getattr(self.typed, name), problems.by_field.get(name, "")) for name in names
        }
        owner = self.typed.owner
        boxes["owner"] = Box("owner", owner, problems.by_field.get("owner", ""), self.choices.words_of(owner))
        return boxes

    def _contributors(self, problems: FormProblems) -> list[Box]:
        """Whoever works on it, and one empty field for one more."""
        return [
            Box(at, text, problems.by_field.get(at, ""), self.choices.words_of(text))
            for place, text in enumerate([*self.typed.contributors, ""])
            if (at := f"contributor-{place}")
        ]

    def _new_row(self) -> Any:
        row = TypedKeyResult(NEW_ROW, owner=self.typed.owner)
        (view,) = key_result_views(
            [row], [], FormProblems(self.typed), self.choices, cycle=self.cycle, focus=NEW_ROW
        )
        return view

    def _visibilities(self) -> list[tuple[str, str]]:
        words = {
            Visibility.ORGANISATION: "everyone",
            Visibility.TEAM: "its team",
            Visibility.PRIVATE: "those who work on it",
        }
        is_private = self.typed.visibility == Visibility.PRIVATE
        return [
            (key.value, said)
            for key, said in words.items()
            if key != Visibility.PRIVATE or self.choices.allows_private or is_private
        ]

    def _lede(self, *, is_draft: bool) -> str:
        where = f"For {self.cycle.name}. " if self.cycle else ""
        if is_draft:
            return f"{where}A draft counts nowhere until you share it."
        return f"{where}Whoever follows it reads the change at once, and what it said stays in the history."


def _row_words(rows: list[ReadKeyResult]) -> str:
    count = sum(not row.typed.is_removed for row in rows)
    return f"{count} key result{'' if count == 1 else 's'}" if count else "No key results yet"


def _problem_title(count: int, *, is_draft: bool) -> str:
    thing = count_words(count, "thing", "things")
    return f"{thing} before it can be {'kept or shared' if is_draft else 'saved'}"
