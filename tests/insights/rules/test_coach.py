"""The writing coach: the test lines of the science, as they stand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from insights.queries.word_lists import words_of
from insights.rules.coach import (
    KeyResultLine,
    ObjectiveLine,
    is_bad,
    look_at_key_result,
    look_at_objective,
    praise_for,
)

EN = words_of("en-gb")
OBJECTIVES = [
    ("Become the first choice for small bakeries in Lyon", ""),
    ("Make onboarding feel effortless for new customers", ""),
    ("Customers trust our deliveries", ""),
    ("Give nurses back time with their patients", ""),
    ("Increase revenue by 20%", "O2"),
    ("Keep hiring great people", "O3"),
    ("Maintain our market position", "O3"),
    ("Launch the new mobile app", "O4"),
    ("Leverage synergies to become world-class", "O5"),
    ("Delight our users and reduce costs", "O6"),
    ("Quality", "O7"),
    (
        "Build the reporting module and migrate all customers to it before the autumn trade fair so that sales can"
        " present it",
        "O1 O4 O6",
    ),
    ("Implement SAP in all plants", "O4"),
    ("Our support team solves problems the first time", ""),
    ("Win back the trust of customers we disappointed", ""),
    ("Continue to improve code quality", "O3"),
]
KEY_RESULTS = [
    ("Raise 30-day retention from 42% to 55%", None, None, ""),
    ("Reduce average invoice time from 9 to 4 days", None, None, ""),
    ("Cut P1 incidents from 12 to 3 per quarter", None, None, ""),
    ("NPS from 31 to 45", None, None, ""),
    ("Reach 40 paying bakeries (today 12)", None, None, ""),
    ("Share of orders delivered on time", 88, 97, ""),
    ("First-contact resolution", 61, 75, ""),
    ("Launch the new website", None, None, "K1 K3"),
    ("Improve customer satisfaction", None, None, "K1 K8"),
    ("Increase sales by 20%", None, None, "K2 K12"),
    ("Hold 10 customer interviews", None, None, "K3 K5"),
    ("Make 50 sales calls", None, None, "K2 K5"),
    ("Raise conversion from 2% to 3% and reduce churn from 5% to 4%", None, None, "K6"),
    ("Reach 100,000 page views", None, None, "K2 K7"),
    ("Help the sales team close deals", None, None, "K1 K4"),
    ("Analyse competitor pricing", None, None, "K1 K4"),
    ("Continuously monitor uptime", None, None, "K1 K9"),
    ("Reduce lead time", 10, 14, "K11"),
    ("Increase margin", 12, 12, "K11"),
    ("Publish 12 blog posts", None, None, "K3 K5"),
    ("Grow newsletter followers from 1k to 5k", None, None, "K7"),
    ("90% of new joiners ship to production in their first week (today 40%)", None, None, ""),
    ("Win 3 reference customers in the public sector", None, None, "K2"),
    ("Halve the number of open safety findings", 18, 9, ""),
    ("Write significantly better documentation", None, None, "K1 K3 K8"),
    ("Attend 5 trade fairs", None, None, "K2 K4"),
    ("Average rating between 4.5 and 4.8", "4.1", "4.5", ""),
    ("Time from order to cash from 45 to 30 days by Q3 2025", None, None, ""),
    ("Zero lost-time accidents", 4, 0, ""),
]


@pytest.mark.parametrize(("text", "rules"), OBJECTIVES)
def test_objectives(text: str, rules: str) -> None:
    assert {one.rule for one in look_at_objective(ObjectiveLine(text), EN)} == set(rules.split())


@pytest.mark.parametrize(("text", "start", "target", "rules"), KEY_RESULTS)
def test_key_results(text: str, start: object, target: object, rules: str) -> None:
    line = KeyResultLine(
        text,
        start_value=None if start is None else Decimal(str(start)),
        target_value=None if target is None else Decimal(str(target)),
    )
    assert {one.rule for one in look_at_key_result(line, EN)} == set(rules.split())


def test_a_step_needs_no_number() -> None:
    line = KeyResultLine("Launch loyalty programme", is_step=True)
    assert [one.rule for one in look_at_key_result(line, EN)] == ["K3"]


def test_what_is_known_beside_the_words() -> None:
    line = ObjectiveLine("Customers trust us", is_linked=False, key_result_count=1, parent_similarity=0.95)
    assert {one.rule for one in look_at_objective(line, EN)} == {"O8", "O9", "O10"}
    found = look_at_key_result(KeyResultLine("NPS from 31 to 45", owner_count=0), EN)
    assert [one.rule for one in found] == ["K16"]


def test_worst_first_and_praise_before() -> None:
    found = look_at_key_result(KeyResultLine("Write significantly better documentation"), EN)
    assert found[0].rule == "K3"
    assert is_bad(found)
    assert not is_bad(look_at_key_result(KeyResultLine("Grow newsletter followers from 1k to 5k"), EN))
    assert praise_for(KeyResultLine("Raise 30-day retention from 42% to 55%"), EN)[:2] == (
        "clear number",
        "clear start",
    )


def test_long_and_odd_texts_take_no_time() -> None:
    for text in ("1 and " * 5_000, "from " * 5_000, "(" * 10_000, "9" * 10_000, ""):
        look_at_key_result(KeyResultLine(text), EN)
        look_at_objective(ObjectiveLine(text), EN)


@pytest.mark.parametrize(
    "text",
    [
        "Churn below 2%",
        "Rating of at least 4.5",
        "Answer within 3 hours",
        "Maximum 5 open incidents",
        "NPS > 60",
    ],
)
def test_a_bound_needs_no_start(text: str) -> None:
    assert "K2" not in {one.rule for one in look_at_key_result(KeyResultLine(text), EN)}


@pytest.mark.parametrize("text", ["Be better at hiring", "Make more progress", "Become a stronger team"])
def test_a_comparison_asks_with_what(text: str) -> None:
    assert "O11" in {one.rule for one in look_at_objective(ObjectiveLine(text), EN)}


def test_an_unknown_language_falls_back_to_english() -> None:
    assert words_of("xx-yy").language == "en"
    assert words_of("../../etc").language == "en"
