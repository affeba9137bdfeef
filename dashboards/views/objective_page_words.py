"""Words on the page of an objective that depend on its state and on who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from common.ratio import shown_percent
from common.templatetags.numbers import number, percent
from dashboards.context import href
from dashboards.queries.objective_page import ObjectivePage
from dashboards.queries.objective_talks import AimTalk, WordTalk
from objectives.models import Objective
from objectives.rules.kinds import CycleState, ObjectiveKind, ObjectiveState
from objectives.rules.lifecycle import ObjectiveAction, objective_actions
from objectives.rules.score import score_band, suggested_score

SOON = 6
"""So many days ahead are called by their weekday."""

ACTION_WORDS = {
    ObjectiveAction.PROPOSE: ("Propose it", "help"),
    ObjectiveAction.AGREE: ("Agree", "check"),
    ObjectiveAction.ACTIVATE: ("Start it", "play"),
    ObjectiveAction.PAUSE: ("Pause", "pause"),
    ObjectiveAction.CLOSE: ("Close with a score", "check"),
    ObjectiveAction.REOPEN: ("Open again", "undo"),
    ObjectiveAction.CANCEL: ("Cancel", "x"),
}
"""The steps that a page can take."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A step that this person may take now."""

    name: str
    words: str
    icon: str
    href: str


@dataclass(frozen=True, slots=True)
class StateNotice:
    """What stands above the numbers while an objective does not run. `quote` is the reason that was given."""

    status: str
    title: str
    words: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class ScoreWords:
    """The given score; `computed` only when it differs from it, `reason` why."""

    score: str
    band: str
    computed: str
    reason: str


def kind_words(objective: Objective) -> str:
    """What counts as success."""
    if objective.kind == ObjectiveKind.COMMITTED:
        return "Committed, all of it"
    return "Aspirational, 0.7 is a success"


def resume_href(page: ObjectivePage) -> str:
    """The main step of an objective that is paused, for those who may take it; else ""."""
    is_paused = page.objective.state == ObjectiveState.PAUSED
    found = [row.href for row in actions_of(page) if row.name == ObjectiveAction.ACTIVATE.value]
    return found[0] if is_paused and found else ""


def actions_of(page: ObjectivePage) -> list[ActionRow]:
    """The steps for the menu, deletion last; none for people who may not edit."""
    row = page.objective
    at = href("objective_state", row.pk)
    if not at or not page.can_edit:
        return _of_readers(page)
    cycle_state = CycleState(row.cycle.state)
    found = []
    for action in objective_actions(ObjectiveState(row.state), cycle_state=cycle_state):
        if action in ACTION_WORDS and (action != ObjectiveAction.AGREE or page.can_agree):
            words, icon = ACTION_WORDS[action]
            if action == ObjectiveAction.ACTIVATE and row.state == ObjectiveState.PAUSED:
                words = "Take it up again"
            found.append(ActionRow(action.value, words, icon, f"{at}?action={action.value}"))
    if cycle_state != CycleState.CLOSED:
        found.append(ActionRow("delete", "Delete", "x", f"{at}?action=delete"))
    return found


def _of_readers(page: ObjectivePage) -> list[ActionRow]:
    """What people may do who do not write it: its sponsor agrees, everybody else suggests."""
    row, found = page.objective, []
    ended = row.state in (ObjectiveState.CLOSED, ObjectiveState.CANCELLED)
    if page.can_agree and row.state == ObjectiveState.PROPOSED:
        words, icon = ACTION_WORDS[ObjectiveAction.AGREE]
        found.append(ActionRow("agree", words, icon, f"{href('objective_state', row.pk)}?action=agree"))
    if page.can_suggest and not ended and row.cycle.state != CycleState.CLOSED:
        found.append(ActionRow("suggest", "Suggest a wording", "pen", href("suggestion_new", row.pk)))
    return found


def state_notice(page: ObjectivePage) -> StateNotice | None:
    """None while it runs."""
    row = page.objective
    reason = row.state_reason
    match row.state:
        case ObjectiveState.PAUSED:
            words = "It still counts. Nobody is asked to check in."
            return StateNotice("paused", "Paused", words, reason)
        case ObjectiveState.CANCELLED:
            words = "It stays to be read and counts no more."
            return StateNotice("cancelled", "Cancelled", words, reason)
        case ObjectiveState.CLOSED:
            on = f" {_day(row.closed_at.date())}" if row.closed_at else ""
            return StateNotice("closed", f"Closed{on}", "Its numbers stay as they were then.", reason)
        case ObjectiveState.DRAFT | ObjectiveState.PROPOSED | ObjectiveState.AGREED:
            words = "It does not count yet. Check-ins begin once it is started."
            return StateNotice(row.state, row.state.capitalize(), words)
    return None


def talk_words(page: ObjectivePage) -> dict[str, Any]:
    """Suggested words, and new aims with their key results' titles, under a heading that counts those in force."""
    titles = {row.id: row.title for row in page.key_results}
    aims = [
        (talk, titles.get(talk.key_result_id, "A key result"))
        for talk in page.parts.talks
        if isinstance(talk, AimTalk)
    ]
    count = sum(not talk.is_open for talk, _ in aims)
    times = {0: "A new aim is proposed", 1: "Recalibrated once", 2: "Recalibrated twice"}
    return {
        "words": [talk for talk in page.parts.talks if isinstance(talk, WordTalk)],
        "aims": aims,
        "title": times.get(count, f"Recalibrated {count} times"),
    }


def due_words(page: ObjectivePage, today: date) -> str:
    """ "next check-in today", "next one due since 18 May"; "" where none is expected."""
    due = page.next_due_on
    if due is None:
        return ""
    days = (due - today).days
    if days < 0:
        return f"next one due since {date_format(due, 'j M')}"
    if days == 0:
        return "next check-in today"
    if days == 1:
        return "next check-in tomorrow"
    return f"next check-in {date_format(due, 'D j M' if days <= SOON else 'j M')}"


def history_words(page: ObjectivePage) -> str:
    """The history line in a sentence."""
    points = page.history
    if not points:
        return ""
    first, last = points[0], points[-1]
    start = f"From {percent(first.progress)} on {_day(first.on)}"
    said = f"{start} to {percent(last.progress)} on {_day(last.on)}"
    return f"{said}, plan {percent(last.expected)}." if last.expected is not None else f"{said}."


def score_words(objective: Objective) -> ScoreWords | None:
    """None while there is no score. A stated score of an import stands beside what was computed."""
    if objective.score is None:
        return None
    computed = objective.suggested_score
    if computed is None:
        computed = suggested_score(objective.progress)
    band = score_band(objective.score, ObjectiveKind(objective.kind))
    differs = computed is not None and computed != objective.score
    return ScoreWords(
        number(objective.score),
        band.words,
        f"{number(computed)} computed, from {shown_percent(computed)} %" if differs else "",
        objective.score_reason,
    )


def _day(on: date) -> str:
    return date_format(on, "j M Y")
