"""What every row becomes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from integrations.rules.okr_folder.drafts import Draft, Existing, Plan
from integrations.rules.okr_folder.files import FolderRefused
from integrations.rules.okr_folder.plan import plan_import
from integrations.rules.okr_folder.report import build_report
from tests.integrations.folders import CYCLES, KEY_RESULTS, OBJECTIVES, UPDATES, folder_of

TODAY = date(2026, 5, 20)


def plan_of(**texts: str) -> Plan:
    return plan_import(folder_of(**texts), Existing(), today=TODAY)


def draft(plan: Plan, table: str, external_id: str) -> Draft:
    return next(one for one in plan.made if (one.table, one.external_id) == (table, external_id))


def flags(plan: Plan) -> set[tuple[str, str]]:
    return {(decision.external_id, flag.code) for decision in plan.decisions for flag in decision.flags}


def refusals(plan: Plan) -> list[tuple[str, int, str, str]]:
    return [(one.file, one.line, one.what, one.mend) for one in plan.decisions if one.outcome == "refused"]


def test_every_row_has_one_outcome_and_they_add_up() -> None:
    report = build_report(plan_of())
    counts = report["counts"]
    assert counts["read"] == 2 + 3 + 6 + 5
    assert counts["read"] == sum(value for name, value in counts.items() if name != "read")
    for counted in report["files"].values():
        assert counted["read"] == sum(value for name, value in counted.items() if name != "read")


def test_one_row_one_objective_and_one_key_result() -> None:
    made = Counter(one.table for one in plan_of().made)
    assert (made["objective"], made["key_result"], made["cycle"]) == (3, 6, 2)


def test_every_cell_is_kept() -> None:
    plan = plan_of()
    assert draft(plan, "objective", "O1").source["colour"] == "green"
    assert draft(plan, "key_result", "K2").source["target_value"] == "80"


def test_numbers_only_where_both_ends_are_stated() -> None:
    plan = plan_of()
    k1 = draft(plan, "key_result", "K1").fields
    assert (k1["kind"], k1["start_value"], k1["target_value"], k1["unit"]) == ("decrease", 12, 4, "gaps")
    k2 = draft(plan, "key_result", "K2").fields
    assert (k2["kind"], k2["start_value"], k2["target_value"], k2["unit"]) == ("percent_done", None, None, "")
    assert ("K6", "number_unclear") in flags(plan)


def test_titles_keep_their_words() -> None:
    assert draft(plan_of(), "key_result", "K2").fields["title"] == "**Bold** plan"


def test_milestone_row_is_one_step_and_its_word_ticks_it() -> None:
    plan = plan_of()
    assert draft(plan, "key_result", "K4").fields["kind"] == "milestones"
    closing = draft(plan, "check_in", "K4|closing").fields
    assert (closing["step_done"], closing["value"], closing["observed_on"]) == (
        True,
        None,
        date(2025, 12, 31),
    )


def test_stated_scores_are_kept_and_stand_as_the_closing_value() -> None:
    plan = plan_of()
    assert draft(plan, "objective", "O3").fields["score"] == Decimal("1.2")
    assert draft(plan, "key_result", "K3").fields["score"] == Decimal("0.7")
    assert draft(plan, "check_in", "K3|closing").fields["value"] == 70
    assert draft(plan, "check_in", "K6|closing").fields["value"] == 130


def test_negative_score_is_kept_and_moves_nothing() -> None:
    plan = plan_of()
    assert draft(plan, "key_result", "K5").fields["score"] == Decimal("-0.012")
    assert not any(one.external_id == "K5|closing" for one in plan.made)
    assert ("K5", "score_below_zero") in flags(plan)


def test_start_equal_to_target_is_made_and_flagged() -> None:
    rows = KEY_RESULTS + "Pine,2026-Q2,K7,O1,3,,Same,x,12,12,,stated,,,,,,\n"
    plan = plan_of(key_results=rows)
    assert draft(plan, "key_result", "K7").fields["kind"] == "percent_done"
    assert ("K7", "start_equals_target") in flags(plan)


def test_stated_current_value_of_a_measure_stands_as_check_in() -> None:
    rows = KEY_RESULTS + "Pine,2025-Q4,K7,O3,5,,From 1 to 5,x,1,5,3,stated,,,,,,\n"
    assert draft(plan_of(key_results=rows), "check_in", "K7|closing").fields["value"] == 3


def test_current_value_without_a_way_moves_nothing() -> None:
    rows = KEY_RESULTS + "Pine,2025-Q4,K7,O3,5,,Some level,x,,5,3,stated,,,,,,\n"
    plan = plan_of(key_results=rows)
    assert not any(one.external_id == "K7|closing" for one in plan.made)
    assert ("K7", "current_without_way") in flags(plan)


def test_owners_contributors_and_labels() -> None:
    plan = plan_of()
    o2 = draft(plan, "objective", "O2")
    assert (o2.refs["owner"], o2.refs["contributors"]) == ("noor", ("maren",))
    assert o2.fields["owner_label"] == "@noor, @maren, Head of Supply"
    assert draft(plan, "objective", "O3").fields["owner_label"] == "CEO"
    assert draft(plan, "key_result", "K6").fields["owner_label"] == "TBD"
    assert plan.people == ["maren", "noor"]


def test_past_cycles_are_closed_and_present_ones_active() -> None:
    plan = plan_of()
    assert draft(plan, "cycle", "Pine|2025-Q4").fields["state"] == "closed"
    assert draft(plan, "cycle", "Pine|2026-Q2").fields["state"] == "active"
    assert draft(plan, "objective", "O3").fields["state"] == "closed"
    assert draft(plan, "objective", "O1").fields["state"] == "active"


def test_parents_on_objectives_and_key_results() -> None:
    links = {(link.child, link.parent_type, link.parent) for link in plan_of().links}
    assert links == {("O2", "objective", "O1"), ("O3", "key_result", "K1")}


def test_loop_is_left_out_and_its_path_named() -> None:
    objectives = OBJECTIVES.replace("O1,,,", "O1,objective,O2,")
    plan = plan_of(objectives=objectives)
    assert [(link.child, link.parent) for link in plan.links] == [("O1", "O2"), ("O3", "K1")]
    text = next(f.text for d in plan.decisions for f in d.flags if f.code == "parent_loop")
    assert "O2 → O1 → O2" in text


def test_loop_through_a_key_result_is_found() -> None:
    objectives = OBJECTIVES.replace("O1,,,", "O1,key_result,K3,")
    plan = plan_of(objectives=objectives)
    assert ("O3", "parent_loop") in flags(plan)


def test_parent_to_itself_and_parent_that_is_nowhere() -> None:
    plan = plan_of(
        objectives=OBJECTIVES.replace("O1,,,", "O1,objective,O1,").replace(
            "objective,O1,Fewer", "objective,O9,Fewer"
        )
    )
    assert {("O1", "parent_loop"), ("O2", "parent_missing")} <= flags(plan)


def test_several_parents_in_one_cell() -> None:
    plan = plan_of(objectives=OBJECTIVES.replace("O3,key_result,K1,", "O3,,O1; K2,"))
    assert {(link.parent_type, link.parent) for link in plan.links if link.child == "O3"} == {
        ("objective", "O1"),
        ("key_result", "K2"),
    }


def test_dated_updates_move_what_they_state() -> None:
    made = {one.external_id: one.fields for one in plan_of().made if one.table == "check_in"}
    assert made["key_result:K1|2026-05-01|@maren|1"]["value"] == 9
    assert made["key_result:K2|2026-05-02||1"]["value"] == Decimal("43.243243")
    assert made["key_result:K2|2026-05-09||1"]["value"] == Decimal("37.5")


def test_undated_update_is_kept_flagged_and_moves_nothing() -> None:
    plan = plan_of()
    undated = next(one for one in plan.made if one.marks.get("import_undated"))
    assert (undated.fields["value"], undated.fields["note"]) == (None, "Blocked · blocked")
    assert (undated.external_id, "update_undated") in flags(plan)


def test_update_on_an_objective_is_a_dated_note() -> None:
    note = next(one for one in plan_of().made if one.table == "note")
    assert (note.fields["on"], note.fields["value"], note.fields["value_max"]) == (date(2026, 5, 3), 2, 8)
    assert (note.refs["objective"], note.refs["author"], note.fields["text"]) == (
        "O1",
        "noor",
        "Going on, slowly",
    )


def test_impossible_date_is_kept_and_asked_about() -> None:
    plan = plan_of(
        cycles=CYCLES.replace("2025-12-31", "2025-11-31"), updates=UPDATES.replace("2026-05-02", "2026-04-31")
    )
    cycle = draft(plan, "cycle", "Pine|2025-Q4")
    assert (cycle.fields["ends_on"], cycle.source["end_date"]) == (date(2025, 11, 30), "2025-11-31")
    assert ("Pine|2025-Q4", "cycle_end_date") in flags(plan)
    asked = next(f for d in plan.decisions for f in d.flags if f.code == "update_date")
    assert [value for value, _ in asked.options] == ["2026-04-30", "2026-05-01"]


def test_cycle_without_dates_is_asked_about_with_options() -> None:
    plan = plan_of(cycles="org,cycle\nPine,2020 Set 1\nPine,2025-Q4\n")
    cycle = draft(plan, "cycle", "Pine|2020 Set 1")
    assert (cycle.fields["starts_on"], cycle.fields["state"]) == (None, "closed")
    options = {
        d.external_id: [v for v, _ in f.options]
        for d in plan.decisions
        for f in d.flags
        if f.code == "cycle_dates"
    }
    assert options["Pine|2020 Set 1"][0] == "2020-01-01..2020-06-30"
    assert options["Pine|2025-Q4"] == ["2025-10-01..2025-12-31", "2025-01-01..2025-12-31"]


def test_cycle_that_ends_before_it_starts_is_asked_about() -> None:
    plan = plan_of(cycles=CYCLES.replace("2025-10-01,2025-12-31", "2025-12-31,2025-10-01"))
    assert ("Pine|2025-Q4", "cycle_dates") in flags(plan)


def test_cycle_that_only_rows_name_is_made_and_asked_about() -> None:
    plan = plan_of(cycles="")
    assert {one.external_id for one in plan.made if one.table == "cycle"} == {"Pine|2025-Q4", "Pine|2026-Q2"}
    assert build_report(plan)["counts"]["refused"] == 0


def test_several_orgs_become_teams_and_keep_their_cycles_apart() -> None:
    head = "org,cycle,objective_id,title,team\n"
    plan = plan_of(
        cycles="org,cycle,start_date,end_date\nA,S1,2026-01-01,2026-06-30\nB,S1,2026-02-01,2026-07-31\n",
        objectives=head + "A,S1,O1,One,\nB,S1,O1,Two,Web\n",
        key_results="",
        updates="",
    )
    assert {team.name: team.parent for team in plan.teams} == {"A": None, "B": None, "Web": "b"}
    objectives = {one.external_id: one for one in plan.made if one.table == "objective"}
    assert set(objectives) == {"A|O1", "B|O1"}
    assert objectives["B|O1"].refs == {"cycle": "B|S1", "team": "web", "owner": None, "contributors": ()}
    assert {one.fields["name"] for one in plan.made if one.table == "cycle"} == {"S1 · A", "S1 · B"}


def test_same_title_twice_is_two_objectives() -> None:
    rows = OBJECTIVES + "Pine,2026-Q2,O4,,,Shelves are never empty,,,,,,\n"
    assert sum(one.table == "objective" for one in plan_of(objectives=rows).made) == 4


def test_same_id_twice_refuses_the_second_row_and_says_how_to_mend_it() -> None:
    rows = OBJECTIVES + "Pine,2026-Q2,O1,,,Another,,,,,,\n"
    assert refusals(plan_of(objectives=rows)) == [
        (
            "objectives.csv",
            5,
            "The objective_id O1 stands on line 2 already.",
            "Give this row its own objective_id, or leave one of the two out.",
        )
    ]


@pytest.mark.parametrize(
    ("tables", "where", "words"),
    [
        (
            {"objectives": OBJECTIVES + "Pine,2026-Q2,,,,Nameless,,,,,,\n"},
            ("objectives.csv", 5),
            "no objective_id",
        ),
        ({"objectives": OBJECTIVES + "Pine,2026-Q2,O9,,,,,,,,,\n"}, ("objectives.csv", 5), "no title"),
        (
            {"key_results": KEY_RESULTS + "Pine,2026-Q2,K9,O77,1,,Lost,,,,,,,,,,,\n"},
            ("key_results.csv", 8),
            "O77",
        ),
        ({"updates": UPDATES + "Pine,,key_result,K77,2026-05-01,,,,,,,x\n"}, ("updates.csv", 7), "K77"),
        ({"cycles": CYCLES + "Pine,2025-Q4,,,\n"}, ("cycles.csv", 4), "twice"),
        ({"initiatives": "initiative_id,kr_id,title\nI1,K77,Lost\n"}, ("initiatives.csv", 2), "K77"),
        (
            {"retrospectives": "org,cycle,kind,text\nPine,2025-Q4,GOOD,\n"},
            ("retrospectives.csv", 2),
            "no text",
        ),
    ],
)
def test_rows_that_cannot_be_made_are_refused(tables: dict[str, str], where: Any, words: str) -> None:
    plan = plan_of(**tables)
    found = [one for one in refusals(plan) if one[:2] == where]
    assert len(found) == 1
    assert words in found[0][2]
    assert found[0][3]


def test_initiatives_hang_below_each_other_in_any_order() -> None:
    rows = "org,initiative_id,kr_id,parent_id,title,status\nPine,I1,K1,I2,First,\nPine,I2,K1,,Second by ??,done\n"
    plan = plan_of(initiatives=rows)
    assert draft(plan, "initiative", "I1").refs["parent"] == "I2"
    assert draft(plan, "initiative", "I2").fields["state"] == "done"
    assert ("I2", "initiative_date") in flags(plan)


def test_circle_of_initiatives_is_flagged() -> None:
    rows = "org,initiative_id,kr_id,parent_id,title\nPine,I1,K1,I2,First\nPine,I2,K1,I1,Second\n"
    plan = plan_of(initiatives=rows)
    assert (
        draft(plan, "initiative", "I1").refs["parent"],
        draft(plan, "initiative", "I2").refs["parent"],
    ) == ("I2", None)
    assert ("I2", "parent_loop") in flags(plan)


def test_priorities_and_links_to_them() -> None:
    plan = plan_of(
        priorities="org,cycle,priority_id,title,description,owner\nPine,2026-Q2,P1,Better shops,why,@maren\n",
        objectives=OBJECTIVES.replace("O1,,,", "O1,priority,P1,"),
    )
    assert ("O1", "priority", "P1") in {(link.child, link.parent_type, link.parent) for link in plan.links}
    assert draft(plan, "priority", "P1").fields["narrative"] == "why"


def test_same_words_twice_in_a_retrospective_are_two_lines() -> None:
    rows = (
        "org,cycle,team,kind,text\nPine,2025-Q4,Supply,GOOD,Well done\nPine,2025-Q4,Supply,GOOD,Well done\n"
    )
    lines = [one for one in plan_of(retrospectives=rows).made if one.table == "retrospective"]
    assert len({one.external_id for one in lines}) == 2


def test_closed_after_the_last_word_said() -> None:
    updates = UPDATES + "Pine,2025-Q4,key_result,K3,2026-01-20,,,0.9,1,,,Told later\n"
    plan = plan_of(updates=updates)
    assert draft(plan, "key_result", "K3").fields["closed_on"] == date(2026, 1, 20)
    assert draft(plan, "objective", "O3").fields["closed_on"] == date(2026, 1, 20)
    assert not any(one.external_id == "K3|closing" for one in plan.made)


def test_value_that_says_nothing_of_the_way_is_kept_as_words() -> None:
    updates = UPDATES + "Pine,2026-Q2,key_result,K1,2026-05-10,,,0.5,1,,,half way\n"
    plan = plan_of(updates=updates)
    made = draft(plan, "check_in", "key_result:K1|2026-05-10||1")
    assert (made.fields["value"], made.fields["note"]) == (None, "0.5 of 1 · half way")
    assert (made.external_id, "value_not_moved") in flags(plan)


def test_long_texts_are_kept_whole() -> None:
    title = "word " * 300
    plan = plan_of(objectives=OBJECTIVES.replace("Shelves are never empty", title.strip()))
    assert draft(plan, "objective", "O1").fields["title"] == title.strip()


def test_table_without_its_columns_refuses_the_folder() -> None:
    with pytest.raises(FolderRefused, match=r"key_results\.csv lacks the columns kr_id, objective_id"):
        plan_of(key_results="id,title\n1,x\n")
