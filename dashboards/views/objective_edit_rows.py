"""The page for writing an objective, ready to print: fields with their problems, rows with their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal

from django.utils.safestring import SafeString

from common.svg.plan_curve import plan_curve
from common.templatetags.words import KIND_WORD
from dashboards.forms.form_problems import FormProblems
from dashboards.forms.key_result_read import KeyResultReader, ReadKeyResult
from dashboards.forms.objective_typed import (
    KEY_RESULT_TEXTS,
    TypedKeyResult,
    TypedLink,
    TypedPoint,
    TypedStep,
    TypedWork,
)
from dashboards.queries.objective_choices import ObjectiveChoices
from dashboards.views.objective_edit_words import row_sentence, share_words, short_unit, total_weight
from objectives.models import Cycle
from objectives.rules.kinds import KeyResultKind

FAMILIES = (
    ("Move a number", (KeyResultKind.INCREASE, KeyResultKind.DECREASE)),
    ("Keep a number", (KeyResultKind.AT_LEAST, KeyResultKind.AT_MOST, KeyResultKind.BETWEEN)),
    ("Get it done", (KeyResultKind.MILESTONES, KeyResultKind.YES_NO, KeyResultKind.PERCENT_DONE)),
    ("Find out first", (KeyResultKind.BASELINE,)),
)
CADENCES = {"1": "day", "7": "week", "14": "two weeks", "30": "month"}
SOURCES = {"manual": "a person", "aligned_objectives": "aligned objectives"}
STATES = {
    "planned": "Planned",
    "active": "Active",
    "paused": "Paused",
    "done": "Done",
    "cancelled": "Cancelled",
}
FIGURES = (
    "start_value",
    "target_value",
    "lower_bound",
    "upper_bound",
    "unit",
    "done_by",
    "owner",
    "cadence_days",
    "weight",
    "value_source",
)
WHOLE = Decimal(100)
Rows = Sequence[TypedStep | TypedPoint | TypedWork]


@dataclass(frozen=True, slots=True)
class Box:
    """One field. `problem`: the sentence below it. `words`: the name of the person that the value stands for."""

    id: str
    value: str
    problem: str = ""
    words: str = ""


@dataclass(slots=True)
class KeyResultView:
    """One key result. `boxes` by field name; the lists hold a mapping of boxes per row."""

    typed: TypedKeyResult
    number: int
    boxes: dict[str, Box]
    steps: list[dict[str, Box]]
    points: list[dict[str, Box]]
    work: list[dict[str, Box]]
    problems: list[Box]
    kind_word: str
    sentence: str
    share: str
    owner: str
    unit: str
    curve: str
    is_open: bool
    families: list[tuple[str, list[tuple[str, str, bool]]]]
    cadences: dict[str, str]
    sources: dict[str, str]

    @property
    def is_bad(self) -> bool:
        return bool(self.problems)

    @property
    def figure_problems(self) -> list[Box]:
        """Problems of the short fields, which share one line of errors below them."""
        return [box for name in FIGURES if (box := self.boxes[name]).problem]

    @property
    def has_work(self) -> bool:
        return any(box["title"].value or box["url"].value for box in self.work)


@dataclass(slots=True)
class LinkView:
    """One thing that it helps; `words` name a parent that is chosen already."""

    typed: TypedLink
    place: int
    words: str
    problems: dict[str, Box] = field(default_factory=dict)


def key_result_views(
    typed: Iterable[TypedKeyResult],
    reads: Sequence[ReadKeyResult],
    problems: FormProblems,
    choices: ObjectiveChoices,
    *,
    cycle: Cycle | None,
    focus: str = "",
) -> list[KeyResultView]:
    """All key results, removed ones too (the page keeps what was typed in them)."""
    by_key = {read.typed.key: read for read in reads}
    total = total_weight(reads)
    views: list[KeyResultView] = []
    number = 0
    for row in typed:
        number += not row.is_removed
        views.append(_view(row, by_key.get(row.key), number, total, problems, choices, cycle, focus))
    return views


def _view(
    row: TypedKeyResult,
    read: ReadKeyResult | None,
    number: int,
    total: Decimal,
    problems: FormProblems,
    choices: ObjectiveChoices,
    cycle: Cycle | None,
    focus: str,
) -> KeyResultView:
    own = [Box(at, "", said) for at, said in problems.by_field.items() if at.startswith(f"{row.key}-")]
    boxes = {
        name: Box(f"{row.key}-{name}", getattr(row, name), problems.by_field.get(f"{row.key}-{name}", ""))
        for name in KEY_RESULT_TEXTS
    }
    at = f"{row.key}-owner"
    boxes["owner"] = Box(at, row.owner, problems.by_field.get(at, ""), choices.words_of(row.owner))
    person = choices.find_person(row.owner) if row.owner else None
    return KeyResultView(
        typed=row,
        number=number,
        boxes=boxes,
        steps=_lists(row.key, "step", row.steps or [TypedStep()], problems),
        points=_lists(row.key, "point", row.points, problems),
        work=_lists(row.key, "work", row.work, problems),
        problems=own,
        kind_word=KIND_WORD.get(row.kind, "Percent done"),
        sentence=row_sentence(read.draft) if read else "",
        share=share_words(read, total) if read else "",
        owner=person.name if person else "",
        unit=short_unit(row.unit) or ("%" if row.kind == KeyResultKind.PERCENT_DONE else ""),
        curve=curve_of(read or KeyResultReader(row, choices, FormProblems(problems.typed)).read(), cycle),
        is_open=bool(own) or row.key == focus or not (row.title or row.id),
        families=[
            (name, [(kind.value, KIND_WORD[kind], kind == row.kind) for kind in kinds])
            for name, kinds in FAMILIES
        ],
        cadences=_with(CADENCES, row.cadence_days, f"{row.cadence_days} days"),
        sources=_with(SOURCES, row.value_source, "a connected system"),
    )


def curve_of(read: ReadKeyResult, cycle: Cycle | None) -> str:
    """The plan as a drawing; "" while its numbers do not agree, or for a kind without a line."""
    draft = read.draft
    if cycle is None or cycle.starts_on is None or cycle.ends_on is None:
        return ""
    if draft.kind is KeyResultKind.PERCENT_DONE:
        start, target = Decimal(0), WHOLE
    elif draft.kind.is_metric and draft.start_value is not None and draft.target_value is not None:
        start, target = draft.start_value, draft.target_value
        if start == target or (target > start) != (draft.kind is KeyResultKind.INCREASE):
            return ""
    else:
        return ""
    between = [(on, value) for on, value in draft.planned_values if cycle.starts_on <= on < cycle.ends_on]
    unit = "%" if draft.kind is KeyResultKind.PERCENT_DONE else short_unit(draft.unit)
    points = [(cycle.starts_on, start), *between, (cycle.ends_on, target)]
    return SafeString(plan_curve(points, unit=unit if len(unit) < 12 else ""))


def link_views(
    links: Sequence[TypedLink], problems: FormProblems, choices: ObjectiveChoices
) -> list[LinkView]:
    """Every link row; what was taken out stays on the page without being seen."""
    named = {value: row.title for value, row in choices.priorities.items()}
    for link in choices.links.values():
        parent = link.priority or link.objective or link.key_result
        named.setdefault(f"{link.parent_type}:{link.parent_id}", parent.title if parent else "")
    if any(link.parent and link.parent not in named for link in links):
        named |= {one.value: one.words for one in (*choices.objectives, *choices.key_results)}
    return [
        LinkView(
            link,
            place,
            named.get(link.parent, ""),
            {
                name: Box(at, "", problems.by_field[at])
                for name in ("parent", "kind", "weight", "reason")
                if (at := f"link-{place}-{name}") in problems.by_field
            },
        )
        for place, link in enumerate(links)
    ]


def _lists(key: str, prefix: str, rows: Rows, problems: FormProblems) -> list[dict[str, Box]]:
    made = []
    for place, row in enumerate(rows):
        boxes = {}
        for name in (one.name for one in fields(row)):
            at = f"{key}-{prefix}-{place}-{name}"
            boxes[name] = Box(at, getattr(row, name), problems.by_field.get(at, ""))
        made.append(boxes)
    return made


def _with(options: dict[str, str], value: str, words: str) -> dict[str, str]:
    """The options, and the present value when it is none of them."""
    return options if value in options or not value else {**options, value: words}
