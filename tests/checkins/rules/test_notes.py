"""When a check-in asks for words (DESIGN, note prompts)."""

from datetime import date
from decimal import Decimal

import pytest

from checkins.rules.kinds import CheckInSource
from checkins.rules.notes import NoteReason, PromptKind, Standing, moved_wrong_way, note_prompt
from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.kinds import Status
from objectives.rules.progress import Measure, Step

UP = Measure(Kind.INCREASE, start_value=Decimal(0), target_value=Decimal(100))
DOWN = Measure(Kind.DECREASE, start_value=Decimal(10), target_value=Decimal(2))
BAND = Measure(Kind.BETWEEN, lower_bound=Decimal(2), upper_bound=Decimal(5))
STEPS = Measure(Kind.MILESTONES, steps=(Step(Decimal(1), done=True), Step(Decimal(1), done=False)))
BEFORE = Standing(Decimal(40), 7, Status.ON_TRACK)


@pytest.mark.parametrize(
    ("now", "reasons"),
    [
        (Standing(Decimal(40), 7, Status.ON_TRACK), ()),
        (Standing(Decimal(40), 6, Status.ON_TRACK), ()),
        (Standing(Decimal(40), 5, Status.ON_TRACK), (NoteReason.CONFIDENCE_FELL,)),
        (Standing(Decimal("39.9"), 7, Status.ON_TRACK), (NoteReason.WRONG_WAY,)),
        (Standing(Decimal(40), 7, Status.AT_RISK), (NoteReason.STATUS_WORSENED,)),
        (Standing(Decimal(40), 9, Status.ACHIEVED), ()),
        (Standing(Decimal(40), 7, Status.NO_DATA), ()),
        (Standing(None, None, None), ()),
        (
            Standing(Decimal(10), 2, Status.OFF_TRACK),
            (NoteReason.WRONG_WAY, NoteReason.CONFIDENCE_FELL, NoteReason.STATUS_WORSENED),
        ),
    ],
)
def test_when_words_are_required(now: Standing, reasons: tuple[NoteReason, ...]) -> None:
    found = note_prompt(measure=UP, previous=BEFORE, now=now)
    assert found.reasons == reasons
    assert found.is_required is bool(reasons)
    assert (found.kind is PromptKind.CHALLENGE) is bool(reasons)


def test_a_first_check_in_requires_none() -> None:
    assert not note_prompt(
        measure=UP, previous=None, now=Standing(Decimal(0), 1, Status.OFF_TRACK)
    ).is_required


def test_what_was_too_early_to_judge_cannot_worsen() -> None:
    before = Standing(Decimal(40), 7, Status.TOO_EARLY)
    assert not note_prompt(
        measure=UP, previous=before, now=Standing(Decimal(40), 7, Status.OFF_TRACK)
    ).is_required


@pytest.mark.parametrize(
    ("measure", "before", "now", "is_wrong"),
    [
        (DOWN, "5", "6", True),
        (DOWN, "5", "4", False),
        (BAND, "3", "5", False),
        (BAND, "3", "5.1", True),
        (BAND, "7", "6", False),
        (BAND, "6", "7", True),
        (BAND, "3", "1", True),
        (STEPS, "2", "1", True),
        (STEPS, "1", "2", False),
        (Measure(Kind.YES_NO), "1", "0", True),
        (Measure(Kind.PERCENT_DONE), "30", "20", True),
        (Measure(Kind.BASELINE), "30", "20", False),
    ],
)
def test_the_wrong_way_of_each_kind(measure: Measure, before: str, now: str, is_wrong: bool) -> None:
    assert moved_wrong_way(measure, Decimal(before), Decimal(now)) is is_wrong


def test_words() -> None:
    slipped = Standing(Decimal(30), 7, Status.ON_TRACK)
    assert note_prompt(measure=UP, previous=BEFORE, now=slipped).words == (
        "It slipped for the first time. What got in the way, and what would help?"
    )
    again = note_prompt(measure=UP, previous=BEFORE, now=slipped, has_slipped_before=True)
    assert again.words.startswith("It slipped again.")
    unsure = note_prompt(measure=UP, previous=BEFORE, now=Standing(Decimal(41), 4, Status.ON_TRACK))
    assert unsure.words.startswith("You are less sure than last time.")
    harder = note_prompt(measure=UP, previous=BEFORE, now=Standing(Decimal(41), 7, Status.AT_RISK))
    assert harder.words.startswith("It looks harder than last time.")
    win = note_prompt(
        measure=UP, previous=BEFORE, now=Standing(Decimal(60), 8, Status.ON_TRACK), is_best_step=True
    )
    assert (win.kind, win.words) == (
        PromptKind.WIN,
        "Best week this quarter. What worked, and who should hear it?",
    )
    thursday = note_prompt(measure=UP, previous=BEFORE, now=BEFORE, next_due_on=date(2025, 11, 27))
    assert (thursday.kind, thursday.words) == (PromptKind.NEXT, "What happens before next Thursday?")
    assert note_prompt(measure=UP, previous=None, now=BEFORE).words == "What happens next?"


def test_only_people_count_as_heard() -> None:
    assert {source for source in CheckInSource if source.is_person} == {CheckInSource.MANUAL}
