"""What is wrong on the page for writing an objective: a sentence by its field, and a line on top that leads there."""

from __future__ import annotations

from dataclasses import dataclass, field

from common.errors import FieldProblem
from dashboards.forms.objective_typed import TypedObjective
from dashboards.forms.problem_words import line_of, said_of, sentence

OWN = ("title", "why", "kind", "owner", "team", "cycle", "visibility", "keeps_us_running")
PARTS = {"milestones": "step", "planned_values": "point", "initiatives": "work"}
LABELS = {
    "title": "What should be different",
    "why": "Why now",
    "kind": "How far do we reach",
    "owner": "Who looks after it",
    "contributors": "Who works on it",
    "team": "Team",
    "cycle": "Cycle",
    "visibility": "Seen by",
    "keeps_us_running": "Keeps us running",
}


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of the error summary."""

    href: str
    words: str


@dataclass(slots=True)
class FormProblems:
    """`by_field`: id of a field on the page to the sentence below it. `lines`: the summary, in page order."""

    typed: TypedObjective
    by_field: dict[str, str] = field(default_factory=dict)
    lines: list[SummaryLine] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lines)

    def add(self, at: str, words: str, *, line: str = "", about: str = "") -> None:
        """One problem of the field with the id `at`; a field has one at a time."""
        if at in self.by_field:
            return
        self.by_field[at] = sentence(words)
        shown = (line or words).rstrip(".")
        self.lines.append(SummaryLine(f"#{at}", f"{about}: {shown}" if about else shown))

    def add_key_result(self, key: str, problem: FieldProblem, places: dict[str, list[int]]) -> None:
        """One problem of a key result. `places`: for each list, which row on the page the n-th one is."""
        kind = next((one.kind for one in self.typed.key_results if one.key == key), "")
        at, place = _field_of(key, problem.field, places)
        known = FieldProblem(problem.field.split(".")[-1], problem.code, problem.message)
        self.add(
            at,
            said_of(known, place or "key_result", kind),
            line=line_of(problem),
            about=self.name_of(key),
        )

    def add_own(self, problem: FieldProblem) -> None:
        """One problem of the objective itself."""
        self.add(
            _own_id(problem.field),
            said_of(problem),
            line=line_of(problem),
            about=LABELS.get(problem.field, ""),
        )

    def add_link(self, place: int, problem: FieldProblem) -> None:
        """One problem of what it helps; `place` is its row on the page."""
        about = "What does it help" if place == 0 else f"More links, {place}"
        self.add(f"link-{place}-{problem.field}", said_of(problem), line=line_of(problem), about=about)

    def name_of(self, key: str) -> str:
        shown = [one.key for one in self.typed.key_results if not one.is_removed]
        return f"Key result {shown.index(key) + 1}" if key in shown else "Key result"


def _own_id(name: str) -> str:
    return "contributor-0" if name == "contributors" else name if name in OWN else "title"


def _field_of(key: str, path: str, places: dict[str, list[int]]) -> tuple[str, str]:
    """The id on the page for `milestones.0.title`, and the place that tells such a title from others."""
    parts = path.split(".")
    if parts[0] not in PARTS:
        return f"{key}-{path}", ""
    name, rows = PARTS[parts[0]], places.get(parts[0], [])
    if len(parts) < 3:
        return f"{key}-{name}-0-title", ""
    place = rows[int(parts[1])] if int(parts[1]) < len(rows) else 0
    return f"{key}-{name}-{place}-{parts[2]}", parts[0].rstrip("s") if name == "work" else name
