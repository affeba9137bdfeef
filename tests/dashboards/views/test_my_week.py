"""My week: what waits, what is shared, and what stays when something is wrong."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from alignment.services.write_links import create_link
from checkins.models import CheckInDraft
from checkins.services.give_thanks import give_thanks
from checkins.services.react import react
from objectives.models import Milestone
from objectives.rules.kinds import CycleState, KeyResultKind, ValueSource, Visibility
from objectives.services import pause_objective
from people.roles import Role
from tests.dashboards.week_world import (
    Desk,
    clock,
    desk,
    due_key_result,
    fresh,
    heard,
    objective,
    owner,
    said,
)
from tests.factories import (
    NOW,
    TODAY,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
)

__all__ = ["clock", "desk", "objective", "owner"]
pytestmark = pytest.mark.django_db
SLIPPED = {"value": "55", "confidence": "6"}
GOOD = {"value": "61", "confidence": "7"}


class TestWhatWaits:
    def test_shows_due_key_results_below_their_objective_with_what_was_said_last(self, desk, objective):
        due_key_result(objective, "Full lists found", 58, 60)
        page = desk.opens()
        assert "Customers find what they need" in page
        assert "Full lists found" in page
        assert "Last: 60 on 12 May, you" in page
        assert "One key result, about a minute." in page
        assert "0 of 1 ready" in page
        assert 'class="was"' in page

    def test_leaves_out_what_is_not_mine_not_due_or_of_another_organisation(self, desk, objective, owner):
        team_mate = make_person(owner.organisation)
        due_key_result(objective, "Of a team mate", 60, by=team_mate)
        early = make_key_result(objective, owner=owner, title="Heard today")
        heard(early, owner, 60, at=NOW)
        elsewhere = make_objective(
            owner=make_person(make_organisation()), activated_at=NOW - timedelta(days=40)
        )
        due_key_result(elsewhere, "Elsewhere", 60)
        page = desk.opens()
        assert "Of a team mate" not in page
        assert "Elsewhere" not in page
        assert "Not due yet" in page
        assert reverse("check_in", args=[early.pk]) in page
        assert "Your next check-in is on Wed 27 May." in page

    def test_one_without_an_owner_waits_for_the_owner_of_its_objective(self, desk, objective):
        due_key_result(objective, "Nobody owns this", owner=None)
        assert "Nobody owns this" in desk.opens()

    def test_a_key_result_of_a_placeholder_waits_for_nobody_else(self, desk, objective, owner):
        placeholder = make_person(owner.organisation, email=None)
        due_key_result(objective, "Of somebody who cannot sign in", owner=placeholder)
        assert "Of somebody who cannot sign in" not in desk.opens()

    def test_says_that_nothing_is_due(self, desk):
        assert "Nothing is due" in desk.opens()

    def test_a_closed_cycle_asks_for_nothing(self, desk, objective):
        due_key_result(objective, "Long over", 60)
        objective.cycle.state = CycleState.CLOSED
        objective.cycle.save()
        assert "Long over" not in desk.opens()

    def test_the_number_beside_my_week_is_the_number_of_rows(self, desk, objective):
        due_key_result(objective, "One", 60)
        due_key_result(objective, "Without an owner", owner=None)
        page = desk.opens()
        assert page.count("data-check-in-row=") == 2
        assert '2<span class="vh"> check-ins due' in page

    def test_a_stranger_is_asked_to_sign_in(self, client, owner):
        answer = client.get(reverse("my_week"))
        assert answer.status_code == 302
        assert "login" in answer["Location"]

    def test_the_address_of_one_key_result_leads_to_its_check_in(self, desk, objective):
        row = due_key_result(objective, "One", 60)
        answer = desk.client.get(reverse("my_week"), {"key_result": row.pk})
        assert answer["Location"] == reverse("check_in", args=[row.pk])
        assert desk.client.get(reverse("my_week"), {"key_result": "x"})["Location"] == reverse("my_week")

    def test_the_first_page_is_my_week_while_something_waits(self, desk, objective):
        assert desk.client.get("/")["Location"] == reverse("strategy")
        due_key_result(objective, "One", 60)
        assert desk.client.get("/")["Location"] == reverse("my_week")


class TestSharing:
    def test_records_what_was_typed_and_shows_what_it_lifted(self, desk, objective, owner):
        priority = make_priority(owner.organisation, title="Be the easiest place")
        make_link(objective, priority)
        row = due_key_result(objective, "Full lists found", 58, 60)
        desk.opens()
        answer = desk.shares((row, {"value": "75", "confidence": "8", "note": "Help points moved."}))
        assert answer.status_code == 302
        [check_in] = said(row)
        assert (check_in.value, check_in.confidence, check_in.note) == (75, 8, "Help points moved.")
        assert (check_in.author, check_in.source) == (owner, "manual")
        page = desk.opens()
        assert "What your last check-in did" in page
        assert "60 → 75" in page
        assert page.count("60 → 75") == 2
        assert "Be the easiest place" in page
        assert "One check-in shared at 09:30." in page
        assert "Nothing is due" in page

    def test_a_bad_row_never_loses_the_others(self, desk, objective):
        rows = [due_key_result(objective, f"Row {n}", 58, 60) for n in (1, 2, 3)]
        desk.opens()
        doubt = {"value": "about 76", "confidence": "7", "note": "Counted by hand"}
        answer = desk.shares((rows[0], GOOD), (rows[1], doubt), (rows[2], GOOD))
        assert answer.status_code == 422
        assert [len(said(row)) for row in rows] == [1, 0, 1]
        assert "One thing before it can be shared" in desk.page
        assert 'role="alert"' in desk.page
        words = "“about 76” is not a number. 76 would do, the doubt belongs in the note."
        assert f"Row 2: {words}" in desk.page
        assert f'href="#{rows[1].pk}-value"' in desk.page
        assert 'value="about 76"' in desk.page
        assert "Counted by hand" in desk.page
        assert desk.page.count("data-check-in-row=") == 1
        assert "Two check-ins shared" in desk.page
        assert desk.shares((rows[1], GOOD)).status_code == 302
        assert len(said(rows)) == 3

    def test_rows_that_nobody_touched_are_not_shared(self, desk, objective):
        touched, untouched = due_key_result(objective, "One", 60), due_key_result(objective, "Two", 60)
        desk.opens()
        desk.shares((touched, GOOD), (untouched, {"value": "", "note": "  "}))
        assert said(untouched) == []
        assert "Two" in desk.opens()

    @pytest.mark.parametrize(
        ("typed", "problem"),
        [
            ({"value": "", "confidence": "7"}, "a number, please"),
            ({"value": "61"}, "say how likely it is, from 1 to 10"),
            ({"value": "61", "confidence": "11"}, "confidence goes from 1 to 10"),
            ({"value": "61", "confidence": "²"}, "confidence goes from 1 to 10"),
            ({"value": "9" * 40, "confidence": "7"}, "at most 18 digits"),
            ({"value": "0." + "1" * 40, "confidence": "7"}, "at most 6 decimals"),
            ({"value": "NaN", "confidence": "7"}, "is not a number"),
            ({"value": "1e400", "confidence": "7"}, "is not a number"),
            ({"value": "61\x00", "confidence": "7"}, "is not a number"),
            ({**GOOD, "note": "a\x00b"}, "cannot be stored"),
            ({**GOOD, "note": "x" * 20_001}, "at most 20,000 characters"),
            ({**GOOD, "observed_on": "2026-05-21"}, "this day has not come yet"),
            ({**GOOD, "observed_on": "2025-01-01"}, "outside the cycle"),
            ({**GOOD, "observed_on": "yesterday"}, "a day, such as"),
            ({**GOOD, "next_step": "Ask", "next_step_due_on": "2026-05-01"}, "1 May has passed"),
            ({**GOOD, "next_step_due_on": "2026-06-01"}, "what happens by then?"),
        ],
    )
    def test_says_what_is_wrong_and_records_nothing(self, desk, objective, typed, problem):
        row = due_key_result(objective, "One", 60)
        desk.opens()
        answer = desk.shares((row, typed))
        assert answer.status_code == 422
        assert problem in desk.page
        assert said(row) == []

    def test_speaks_of_another_day_when_told_so(self, desk, objective):
        row = due_key_result(objective, "One", 60)
        desk.opens()
        desk.shares((row, {**GOOD, "observed_on": "2026-05-18"}))
        assert said(row)[0].observed_on.isoformat() == "2026-05-18"

    def test_keeps_challenge_win_and_next_step_apart(self, desk, objective):
        row = due_key_result(objective, "One", 60)
        desk.opens()
        words = {
            "challenge": "Two planners",
            "win": "Caro",
            "next_step": "Ask",
            "next_step_due_on": "2026-05-28",
        }
        desk.shares((row, {**GOOD, **words}))
        [check_in] = said(row)
        assert {name: str(getattr(check_in, name)) for name in words} == words


class TestNumbersByLocale:
    @pytest.mark.parametrize(
        ("locale", "typed", "value"),
        [
            ("en-gb", "75.1", "75.1"),
            ("en-gb", "75,1", "75.1"),
            ("en-gb", "1,234", "1234"),
            ("de", "1.234,5", "1234.5"),
            ("de", "1.234", "1234"),
            ("fr", "1 234,5", "1234.5"),
            ("fr", "1 234.5", "1234.5"),
            ("nl", "75,1 %", "75.1"),
        ],
    )
    def test_reads_comma_and_point_as_the_person_writes_them(
        self, desk, objective, owner, locale, typed, value
    ):
        owner.locale = locale
        owner.save()
        row = due_key_result(objective, "One", 60)
        desk.opens()
        assert desk.shares((row, {"value": typed, "confidence": "7"})).status_code == 302
        assert said(row)[0].value == Decimal(value)

    def test_asks_where_a_number_can_be_read_in_two_ways(self, desk, objective, owner):
        owner.locale = "fr"
        owner.save()
        row = due_key_result(objective, "One", 60)
        desk.opens()
        desk.shares((row, {"value": "1.234", "confidence": "7"}))
        assert "can be read in two ways" in desk.page


class TestNeededWords:
    def test_a_row_that_slipped_stays_open_until_words_are_written(self, desk, objective):
        row = due_key_result(objective, "One", 58, 60)
        desk.opens()
        assert desk.shares((row, SLIPPED)).status_code == 422
        assert said(row) == []
        assert "It slipped for the first time. What got in the way, and what would help?" in desk.page
        assert "a sentence, or tick “no words today”" in desk.page
        assert 'data-state="open"' in desk.page
        assert desk.shares((row, {**SLIPPED, "note": "Aisles rebuilt"})).status_code == 302
        assert said(row)[0].note == "Aisles rebuilt"

    def test_no_words_today_shares_it_as_it_is(self, desk, objective):
        row = due_key_result(objective, "One", 58, 60)
        desk.opens()
        assert desk.shares((row, {**SLIPPED, "no_words": "1"})).status_code == 302
        assert said(row)[0].note == ""

    def test_less_confidence_by_two_asks_for_words_and_a_challenge_answers(self, desk, objective):
        row = due_key_result(objective, "One", 58, 60)
        desk.opens()
        assert desk.shares((row, {"value": "62", "confidence": "4"})).status_code == 422
        assert "You are less sure than last time." in desk.page
        typed = {"value": "62", "confidence": "4", "challenge": "Two planners"}
        assert desk.shares((row, typed)).status_code == 302

    def test_a_first_check_in_needs_no_words(self, desk, objective):
        row = due_key_result(objective, "One")
        desk.opens()
        assert desk.shares((row, {"value": "1", "confidence": "1"})).status_code == 302

    def test_the_others_are_shared_meanwhile(self, desk, objective):
        slipped, good = due_key_result(objective, "One", 58, 60), due_key_result(objective, "Two", 58, 60)
        desk.opens()
        desk.shares((slipped, SLIPPED), (good, GOOD))
        assert (len(said(slipped)), len(said(good))) == (0, 1)


class TestKinds:
    def test_milestones_are_ticked_in_place(self, desk, objective):
        row = due_key_result(objective, "Programme", kind=KeyResultKind.MILESTONES)
        first, _second = Milestone.objects.filter(key_result=row)
        desk.opens()
        assert desk.shares((row, {"steps": [str(first.pk)], "confidence": "7"})).status_code == 302
        row.refresh_from_db()
        assert row.progress == Decimal("0.5")

    def test_a_step_that_was_taken_out_meanwhile_is_named(self, desk, objective):
        row = due_key_result(objective, "Programme", kind=KeyResultKind.MILESTONES)
        desk.opens()
        desk.shares((row, {"steps": [str(row.pk)], "confidence": "7"}))
        assert "one of these steps was taken out meanwhile" in desk.page

    def test_yes_or_no_is_a_choice_of_two(self, desk, objective):
        row = due_key_result(objective, "Signed", kind=KeyResultKind.YES_NO)
        assert "Is it done?" in desk.opens()
        desk.shares((row, {"value": "1", "confidence": "9"}))
        row.refresh_from_db()
        assert row.progress == 1

    def test_an_automatic_value_asks_for_confidence_only(self, desk, objective):
        row = due_key_result(objective, "By a system", 60)
        row.value_source = ValueSource.CONNECTOR
        row.save()
        assert f'name="{row.pk}-value"' not in desk.opens()
        assert desk.shares((row, {"confidence": "9"})).status_code == 302
        [check_in] = said(row)
        assert (check_in.value, check_in.confidence) == (None, 9)

    @pytest.mark.parametrize(
        "kind", [KeyResultKind.AT_MOST, KeyResultKind.BASELINE, KeyResultKind.PERCENT_DONE]
    )
    def test_every_other_kind_takes_a_number(self, desk, objective, kind):
        row = due_key_result(objective, "One", kind=kind)
        desk.opens()
        assert desk.shares((row, {"value": "4", "confidence": "7"})).status_code == 302
        assert said(row)[0].value == 4


class TestTwice:
    def test_a_form_that_is_sent_twice_records_once(self, desk, objective):
        row = due_key_result(objective, "One", 60)
        desk.opens()
        assert desk.shares((row, GOOD)).status_code == 302
        assert desk.shares((row, GOOD)).status_code == 302
        assert len(said(row)) == 1

    def test_other_words_from_the_same_form_stay_and_can_be_added(self, desk, objective, clock):
        row = due_key_result(objective, "One", 60)
        desk.opens()
        desk.shares((row, GOOD))
        clock.moves(minutes=1)
        assert desk.shares((row, {"value": "65", "confidence": "7"})).status_code == 422
        assert "shared at 09:30 with other words; share again to add this as well" in desk.page
        assert desk.shares((row, {"value": "65", "confidence": "7"})).status_code == 302
        assert [check_in.value for check_in in said(row)] == [61, 65]

    def test_two_people_at_once_are_both_in_the_history(self, desk, objective, owner, clock):
        row = due_key_result(objective, "Full lists found", 60)
        caro = make_person(owner.organisation, name="Caro", role=Role.ADMINISTRATOR)
        desk.opens()
        clock.moves(minutes=8)
        heard(row, caro, 64, at=clock.at)
        clock.moves(minutes=2)
        assert desk.shares((row, {"value": "66", "confidence": "7"})).status_code == 302
        assert [check_in.value for check_in in said(row)] == [64, 66]
        page = desk.opens()
        assert "Caro checked in 64 at 09:38 on “Full lists found” while you were writing." in page


class TestTakingBack:
    def test_the_last_sharing_can_be_undone_and_the_words_return(self, desk, objective, clock):
        row = due_key_result(objective, "One", 60)
        desk.opens()
        desk.shares((row, {**GOOD, "note": "Too early"}))
        clock.moves(minutes=9)
        assert "Undo" in desk.opens()
        assert desk.client.post(reverse("my_week_undo")).status_code == 302
        assert said(row) == []
        page = desk.opens()
        assert 'value="61"' in page
        assert "Too early" in page
        assert "1 of 1 ready" in page
        assert desk.shares((row, GOOD)).status_code == 302
        assert len(said(row)) == 1

    def test_not_after_ten_minutes(self, desk, objective, clock):
        row = due_key_result(objective, "One", 60)
        desk.opens()
        desk.shares((row, GOOD))
        clock.moves(minutes=11)
        assert reverse("my_week_undo") not in desk.opens()
        desk.client.post(reverse("my_week_undo"))
        assert len(said(row)) == 1

    def test_the_back_button_after_an_undo_asks_once_more(self, desk, objective):
        row = due_key_result(objective, "One", 60)
        desk.opens()
        desk.shares((row, GOOD))
        desk.client.post(reverse("my_week_undo"))
        assert desk.shares((row, GOOD)).status_code == 422
        assert "you took this back; share again to record it" in desk.page


class TestDraft:
    def test_is_kept_on_the_server_until_it_is_shared(self, desk, objective):
        first, second = due_key_result(objective, "One", 58, 60), due_key_result(objective, "Two", 58, 60)
        desk.opens()
        typed = desk.types(
            (first, {"value": "55", "confidence": "7"}), (second, {"note": "Thinking"}), win="Good"
        )
        answer = desk.client.post(reverse("my_week_draft"), typed, headers={"accept": "application/json"})
        kept = answer.json()
        assert (kept["saved"], kept["state"]) == ("draft saved 09:30", "0 of 2 ready")
        assert kept["rows"][str(first.pk)]["needs_words"] is True
        assert kept["rows"][str(first.pk)]["change"] == "−5 since 12 May"
        page = Desk(desk.person).opens()
        assert all(
            words in page for words in ('value="55"', "Thinking", "Good</textarea>", "draft saved 09:30")
        )
        assert "is not a number" not in page
        desk.shares((second, {**GOOD, "note": "Thinking"}))
        assert set(CheckInDraft.objects.get().rows) == {str(first.pk), "win"}

    def test_what_was_emptied_leaves_the_draft(self, desk, objective):
        row = due_key_result(objective, "One", 60)
        desk.opens()
        desk.client.post(reverse("my_week_draft"), desk.types((row, {"note": "Hm"})))
        desk.client.post(reverse("my_week_draft"), desk.types((row, {"note": ""})))
        assert CheckInDraft.objects.get().rows == {}

    def test_works_with_a_button_where_there_is_no_script(self, desk, objective):
        row = due_key_result(objective, "One", 60)
        assert "Keep as draft" in desk.opens()
        answer = desk.client.post(reverse("my_week_draft"), desk.types((row, {"note": "Hm"})), follow=True)
        assert "Draft saved 09:30." in answer.content.decode()

    def test_bad_rows_are_kept_as_typed_until_the_next_visit(self, desk, objective):
        row = due_key_result(objective, "One", 60)
        desk.opens()
        desk.shares((row, {"value": "about 76", "confidence": "7"}))
        page = desk.opens()
        assert 'value="about 76"' in page
        assert "0 of 1 ready" in page

    def test_one_that_arrives_after_sharing_brings_nothing_back(self, desk, objective):
        row = due_key_result(objective, "One", 60)
        desk.opens()
        late = desk.types((row, GOOD))
        desk.shares((row, GOOD))
        desk.client.post(reverse("my_week_draft"), late)
        assert not CheckInDraft.objects.exclude(rows={}).exists()

    def test_a_draft_with_nonsense_is_ignored(self, desk, objective, owner):
        row = due_key_result(objective, "One", 60)
        rows = {
            str(row.pk): {"value": None, "steps": "x", "confidence": "many"},
            "gone": {"value": "1"},
            "x": 3,
        }
        CheckInDraft.objects.create(user=owner, rows=rows, saved_at=NOW)
        desk.opens()


class TestSkipping:
    def test_puts_a_row_off_with_a_reason_and_keeps_what_was_typed_elsewhere(self, desk, objective):
        row, other = (
            due_key_result(objective, "Minutes in the queue", 60),
            due_key_result(objective, "Two", 60),
        )
        desk.opens()
        typed = desk.types(
            (row, {"skip_reason": "waiting", "skip_until": "2026-05-25"}), (other, {"note": "Half a thought"})
        )
        desk.client.post(reverse("my_week_skip", args=[row.pk]), typed)
        page = desk.opens()
        assert "Skipped: waiting for data, back on Mon 25 May" in page
        assert "Half a thought" in page
        assert "0 of 1 ready" in page
        desk.client.post(reverse("my_week_unskip", args=[row.pk]), desk.types((other, {"note": "Whole"})))
        page = desk.opens()
        assert "Skipped" not in page
        assert "Whole" in page

    @pytest.mark.parametrize(
        ("typed", "problem"),
        [
            ({"skip_reason": "other", "skip_until": "2026-05-25"}, "say in a word why it waits"),
            ({"skip_reason": "away", "skip_until": "2026-05-20"}, "choose a day ahead"),
            ({"skip_reason": "away", "skip_until": "soon"}, "say on which day it comes back"),
        ],
    )
    def test_says_why_it_cannot_be_put_off(self, desk, objective, typed, problem):
        row = due_key_result(objective, "One", 60)
        desk.opens()
        answer = desk.client.post(
            reverse("my_week_skip", args=[row.pk]), desk.types((row, typed)), follow=True
        )
        assert problem in answer.content.decode()

    def test_not_for_a_stranger_nor_for_a_viewer(self, desk, objective, owner):
        row = due_key_result(objective, "One", 60)
        stranger = Desk(make_person(make_organisation()))
        address = reverse("my_week_skip", args=[row.pk])
        assert stranger.client.post(address, {}).status_code == 404
        viewer = Desk(make_person(owner.organisation, role=Role.VIEWER))
        viewer.client.post(address, {f"{row.pk}-skip_reason": "away"})
        row.refresh_from_db()
        assert row.skipped_until is None


class TestWhoMay:
    def test_a_viewer_shares_nothing_and_keeps_the_words(self, objective, owner):
        row = due_key_result(objective, "One", 60)
        owner.role = Role.VIEWER
        owner.save()
        viewer = Desk(owner)
        viewer.opens()
        answer = viewer.shares((row, {**GOOD, "note": "Mine"}))
        assert answer.status_code == 422
        assert "Check-ins come from" in viewer.page
        assert "Mine" in viewer.page
        assert said(row) == []

    def test_somebody_of_another_organisation_reaches_nothing(self, objective):
        row = due_key_result(objective, "One", 60)
        stranger = Desk(make_person(make_organisation()))
        stranger.opens()
        assert stranger.shares((row, GOOD)).status_code == 302
        assert said(row) == []

    def test_a_stranger_of_the_same_organisation_is_told_who_may(self, objective, owner):
        row = due_key_result(objective, "One", 60)
        stranger = Desk(make_person(owner.organisation))
        stranger.opens()
        assert stranger.shares((row, GOOD)).status_code == 422
        assert said(row) == []

    def test_a_private_objective_stays_private(self, objective, owner):
        row = due_key_result(objective, "Secret row", 60)
        objective.visibility = Visibility.PRIVATE
        objective.save()
        stranger = Desk(make_person(owner.organisation))
        stranger.opens()
        stranger.shares((row, {"value": "x", "confidence": "7"}))
        assert "Secret row" not in stranger.page
        assert said(row) == []

    def test_a_cycle_that_was_closed_meanwhile_is_named_and_no_word_is_lost(self, desk, objective):
        row = due_key_result(objective, "One", 60)
        desk.opens()
        objective.cycle.state = CycleState.CLOSED
        objective.cycle.save()
        answer = desk.shares((row, {**GOOD, "note": "Late words"}))
        assert answer.status_code == 422
        assert "takes no check-ins" in desk.page
        assert said(row) == []
        assert CheckInDraft.objects.get().rows[str(row.pk)]["note"] == "Late words"

    def test_ids_that_are_none_are_ignored(self, desk, objective):
        desk.opens()
        assert (
            desk.client.post(desk.path, {"row": ["x", ""], "form_id": "x", "opened_at": "x"}).status_code
            == 302
        )


class TestBudget:
    def test_costs_the_same_for_three_and_thirty_rows(self, desk, objective, django_assert_max_num_queries):
        def fill(count):
            for number in range(count):
                kind = KeyResultKind.MILESTONES if number % 3 == 0 else KeyResultKind.INCREASE
                make_key_result(objective, kind=kind, owner=objective.owner, title=f"Row {number}")
            fresh(objective, TODAY)
            desk.opens()

        fill(3)
        with django_assert_max_num_queries(20) as few:
            assert desk.opens().count("data-check-in-row=") == 3
        fill(27)
        with django_assert_max_num_queries(20) as many:
            assert desk.opens().count("data-check-in-row=") == 30
        assert len(few) == len(many)


def test_two_objectives_keep_their_order(desk, objective, owner):
    later = make_objective(
        make_cycle(owner.organisation, name="Later", ends_on=objective.cycle.ends_on + timedelta(days=90)),
        owner=owner,
        title="A later one",
        activated_at=NOW - timedelta(days=40),
    )
    due_key_result(later, "Second", 60)
    due_key_result(objective, "First", 60)
    page = desk.opens()
    assert page.index("First") < page.index("Second")
    assert "Two key results, about a minute." in page


class TestWhatComesBack:
    def test_what_the_objective_leans_on_and_thanks(self, desk, objective, owner):
        needed = make_objective(
            objective.cycle, title="Aisle map interface", owner=make_person(owner.organisation)
        )
        create_link(child=objective, parent=needed, kind="depends_on", by=owner, at=NOW)
        pause_objective(objective=needed, reason="Waiting for the vendor.", by=needed.owner, at=NOW)
        other = make_person(owner.organisation, name="Amara")
        give_thanks(objective=objective, receivers=[owner], text="That saved us.", by=other, at=NOW)
        page = desk.opens()
        assert "Around you" in page
        assert "Aisle map interface" in page
        assert "is paused" in page
        assert "Said about you" in page
        assert "That saved us." in page

    def test_nothing_is_no_column(self, desk, objective):
        page = desk.opens()
        assert "Around you" not in page
        assert "What comes back to you" not in page


class TestWhatOthersSaidToIt:
    def test_words_on_ones_last_check_in(self, desk, objective, owner):
        row = due_key_result(objective, "Full list found", 60)
        check_in = row.check_ins.latest("known_at")
        for number in range(3):
            other = make_person(owner.organisation, name=f"Person {number}")
            react(
                by=other,
                at=NOW,
                subject_type="check_in",
                subject_id=check_in.pk,
                word="thank_you",
                is_on=True,
            )
        page = desk.opens()
        assert "What your last check-in did" in page
        assert "Three said “Thank you”" in page

    def test_nothing_heard_is_left_out(self, desk, objective):
        due_key_result(objective, "Full list found", 60)
        assert "What your last check-in did" not in desk.opens()

    def test_rows_of_others_objectives_cost_no_more(
        self, desk, objective, owner, django_assert_max_num_queries
    ):
        def fill(count):
            for number in range(count):
                other = make_person(owner.organisation, name=f"Owner {number}")
                theirs = make_objective(
                    objective.cycle,
                    owner=other,
                    title=f"Plan {number}",
                    activated_at=NOW - timedelta(days=40),
                )
                make_key_result(theirs, owner=owner, title=f"Row {number}")
            fresh(objective, TODAY)
            desk.opens()

        fill(2)
        with django_assert_max_num_queries(20) as few:
            desk.opens()
        fill(10)
        with django_assert_max_num_queries(20) as many:
            desk.opens()
        assert len(few) == len(many)
