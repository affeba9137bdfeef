"""What was proposed to this person and waits for their word, and what became of what they proposed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from checkins.queries.telling import address, for_reader, quoted, shortened
from notices.models import Notice
from notices.rendering import Line, Section
from objectives.models import Objective, Recalibration, Suggestion
from objectives.permissions import visible_objectives
from objectives.rules.kinds import ObjectiveState, RecalibrationState, SuggestionState
from people.models import User

PROPOSED_ORDER = 8
AIM_WORDS = {
    RecalibrationState.PROPOSED: "proposes a new aim",
    RecalibrationState.IN_FORCE: "agrees to the new aim",
    RecalibrationState.DECLINED: "keeps the old aim",
}
SUGGESTION_WORDS = {
    SuggestionState.OPEN: "suggests another wording",
    SuggestionState.ACCEPTED: "takes your wording",
    SuggestionState.DECLINED: "keeps the wording",
}
OBJECTIVE_WORDS = {
    ObjectiveState.PROPOSED: "proposes an objective",
    ObjectiveState.AGREED: "agrees to the objective",
}


@for_reader
def tell_proposed(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """One line each; what this person may not see any more, or what waits no longer, is left out."""
    lines = [line for line in map(_Teller(notices, user).line, notices) if line is not None]
    if not lines:
        return None
    return Section(
        title="Proposed",
        lines=tuple(lines),
        order=PROPOSED_ORDER,
        headline=lines[0].title if len(lines) == 1 else "Proposals and answers",
        lede="A word from you lets the team go on.",
        button="Look at it",
        button_href=lines[0].href,
    )


class _Teller:
    """Everything the notices speak of, read in three statements at most."""

    def __init__(self, notices: Sequence[Notice], user: User) -> None:
        self.user = user
        seen = visible_objectives(user)
        ids = self._ids(notices, "recalibration")
        self.aims: dict[UUID | None, Recalibration] = {
            row.pk: row
            for row in Recalibration.objects.filter(
                pk__in=ids, key_result__objective__in=seen
            ).select_related("key_result__objective", "by", "answered_by")
            if ids
        }
        ids = self._ids(notices, "suggestion")
        self.suggestions: dict[UUID | None, Suggestion] = {
            row.pk: row
            for row in Suggestion.objects.filter(pk__in=ids, objective__in=seen).select_related(
                "objective", "by", "answered_by"
            )
            if ids
        }
        ids = self._ids(notices, "objective")
        self.objectives: dict[UUID | None, Objective] = {
            row.pk: row for row in seen.filter(pk__in=ids).select_related("owner") if ids
        }

    def line(self, notice: Notice) -> Line | None:
        if notice.subject_id in self.aims:
            return self._aim(notice, self.aims[notice.subject_id])
        if notice.subject_id in self.suggestions:
            return self._suggestion(notice, self.suggestions[notice.subject_id])
        if notice.subject_id in self.objectives:
            return self._objective(notice, self.objectives[notice.subject_id])
        return None

    def _aim(self, notice: Notice, aim: Recalibration) -> Line | None:
        state = RecalibrationState(aim.state)
        is_question = state == RecalibrationState.PROPOSED
        who = aim.by if is_question else aim.answered_by
        if state not in AIM_WORDS or who is None or is_question is not (aim.asked_of_id == self.user.pk):
            return None
        said = aim.reason if is_question else aim.answer
        return Line(
            title=f"{who.name} {AIM_WORDS[state]}",
            words=quoted(said) if said else "",
            facts=f"On {shortened(aim.key_result.title, 120)}",
            href=address("key_result", aim.key_result_id),
            notice_id=notice.pk,
        )

    def _suggestion(self, notice: Notice, row: Suggestion) -> Line | None:
        state = SuggestionState(row.state)
        is_answer = notice.key.endswith(":answered")
        who = row.answered_by if is_answer else row.by
        if state not in SUGGESTION_WORDS or who is None or is_answer is (state == SuggestionState.OPEN):
            return None
        return Line(
            title=f"{who.name} {SUGGESTION_WORDS[state]}",
            words=quoted(row.answer if is_answer and row.answer else row.after),
            facts=f"On {shortened(row.objective.title, 120)}",
            href=address("objective", row.objective_id),
            notice_id=notice.pk,
        )

    def _objective(self, notice: Notice, row: Objective) -> Line | None:
        state = ObjectiveState(row.state)
        who = str(notice.payload.get("by", ""))
        if state not in OBJECTIVE_WORDS or notice.payload.get("state") != state or not who:
            return None
        return Line(
            title=f"{who} {OBJECTIVE_WORDS[state]}",
            words=shortened(row.title),
            facts="",
            href=address("objective", row.pk),
            notice_id=notice.pk,
        )

    @staticmethod
    def _ids(notices: Sequence[Notice], subject: str) -> list[UUID]:
        return [n.subject_id for n in notices if n.subject_type == subject and n.subject_id is not None]
