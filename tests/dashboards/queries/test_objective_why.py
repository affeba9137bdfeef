""" "Why 43 %?": what is printed adds up to the last digit, in every case."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as some

from alignment.queries.explain import Explained, ExplainedPart, LeftOut
from common.ratio import shown_percent
from dashboards.queries.objective_why import adding_up, digits_for, plan_sentence, why_of
from objectives.models import Cycle
from objectives.rules.kinds import Status
from objectives.rules.left_out import LeftOutReason
from objectives.rules.roll_up import Part, explain

TODAY = date(2026, 5, 20)
CYCLE = Cycle(name="Q2 2026", starts_on=date(2026, 4, 1), ends_on=date(2026, 6, 30), state="active")


def explained(*parts: tuple[int, str]) -> Explained:
    """Of (weight, progress) parts named A, B, C …"""
    found = explain(
        Part(place, Decimal(weight), Decimal(progress)) for place, (weight, progress) in enumerate(parts)
    )
    rows = tuple(
        ExplainedPart(
            "key_result", None, chr(65 + int(str(part.key))), part.weight, part.share, part.progress,
            part.contribution, Status.ON_TRACK,
        )
        for part in found.parts
    )  # fmt: skip
    return Explained(found.value, "", rows, (), Decimal("0.58"), None, "")


def test_the_picture() -> None:
    why = why_of(
        explained((40, "0.3286"), (30, "0.52"), (20, "0.5698"), (10, "0.2857")),
        CYCLE,
        today=TODAY,
        is_bent=False,
    )
    assert why.title == "Why 43 %?"
    assert why.sentence == "13.1 + 15.6 + 11.4 + 2.9 = 43.0\u00a0%."
    assert why.advice == "Fastest way up: every 10 more points on “A” add 4 here."
    assert why.plan_sentence == "Plan for today is 58\u00a0%: a straight line, day 50 of 91."
    assert [part.share for part in why.parts] == ["40\u00a0%", "30\u00a0%", "20\u00a0%", "10\u00a0%"]


def test_uneven_shares_are_shown_with_a_decimal() -> None:
    why = why_of(explained((1, "0.5"), (1, "1"), (1, "0")), CYCLE, today=TODAY, is_bent=True)
    assert [part.share for part in why.parts] == ["33.4\u00a0%", "33.3\u00a0%", "33.3\u00a0%"]
    assert why.sentence == "16.7 + 33.3 = 50.0\u00a0%. 1 more stands at 0."
    assert "planned values" in why.plan_sentence


def test_two_decimals_where_one_would_contradict_the_headline() -> None:
    assert digits_for(Decimal("0.4249")) == 2
    assert digits_for(Decimal("0.4304")) == 1
    why = why_of(explained((1, "0.4249")), CYCLE, today=TODAY, is_bent=False)
    assert (why.title, why.total) == ("Why 42 %?", "42.49\u00a0%")


def test_no_advice_when_all_is_reached_or_nothing_runs() -> None:
    assert why_of(explained((1, "1")), CYCLE, today=TODAY, is_bent=False).advice == ""
    assert why_of(explained((1, "0.2")), CYCLE, today=TODAY, is_bent=False, can_move=False).advice == ""


def test_advice_never_promises_more_than_is_left() -> None:
    why = why_of(explained((1, "0.96"), (1, "1")), CYCLE, today=TODAY, is_bent=False)
    assert why.advice == "Fastest way up: the 4 points that are left on “A” add 2 here."


def test_nothing_counts() -> None:
    left = LeftOut("key_result", None, "Hours", LeftOutReason.BASELINE)
    why = why_of(Explained(None, "", (), (left,), None, None, ""), CYCLE, today=TODAY, is_bent=False)
    assert why.title == "Why no number yet?"
    assert why.left_out[0].reason == "finding out where we are"
    assert (why.plan_sentence, why.advice) == ("", "")


def test_after_its_last_day_the_plan_is_past() -> None:
    words = plan_sentence(Decimal(1), CYCLE, today=date(2026, 7, 2), is_bent=False)
    assert words == "The plan was 100\u00a0% at the end of the cycle."


@settings(max_examples=200, deadline=None)
@given(some.lists(some.tuples(some.integers(0, 1000), some.integers(0, 10_000)), min_size=1, max_size=12))
def test_any_parts_add_up_as_printed(drawn: list[tuple[int, int]]) -> None:
    found = explained(*((weight, str(Decimal(progress) / 10_000)) for weight, progress in drawn))
    if found.value is None:
        return
    digits = digits_for(found.value)
    why = why_of(found, CYCLE, today=TODAY, is_bent=False)
    assert why.value is not None
    assert sum(part.contribution for part in why.parts) == why.value
    assert shown_percent(why.value) == shown_percent(found.value)
    step = Decimal(1).scaleb(-2 - digits)
    shown = adding_up([part.contribution for part in found.parts], why.value, digits)
    assert all(abs(a - b.contribution) <= step for a, b in zip(shown, found.parts, strict=True))
