"""Thanks, good things told, and reactions: every outcome, every refusal, and who sees what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from activity.models import Event
from checkins.models import Decision, Reaction, Thanks, Win
from checkins.permissions import visible_thanks
from checkins.queries.reactions import reactions_on
from checkins.queries.thanks import said_about
from checkins.services.edit_thanks import delete_thanks, edit_thanks, restore_thanks
from checkins.services.give_thanks import give_thanks
from checkins.services.react import react
from checkins.services.tell_win import take_win_back, tell_win
from common.errors import InvalidInput, NotAllowed, RuleConflict, StaleVersion
from common.ids import new_id
from notices.models import Notice
from people.models import User
from tests.checkins.services.ask_world import AskWorld, world
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_news,
    make_organisation,
    make_person,
    make_priority,
)
from tests.factories.asks import make_ask
from tests.factories.words import make_comment, make_thanks, make_win

__all__ = ["world"]
LATER = NOW + timedelta(minutes=5)


def thank(world: AskWorld, *people: User, **given: Any) -> Thanks:
    facts = {
        "by": world.asker,
        "at": NOW,
        "objective": world.objective,
        "text": " You spared Joao. ",
        **given,
    }
    return give_thanks(receivers=list(people) or [world.receiver], **facts)


def problem(error: InvalidInput) -> tuple[str, str]:
    return error.problems[0].field, error.problems[0].code


class TestThanks:
    def test_to_several_people(self, world: AskWorld) -> None:
        said = make_check_in(world.key_result, author=world.other)
        thanks = thank(world, world.receiver, world.other, world.receiver, check_in=said)
        assert (thanks.text, thanks.key_result, thanks.check_in) == (
            "You spared Joao.",
            world.key_result,
            said,
        )
        assert sorted(thanks.receivers.values_list("name", flat=True)) == ["Bram", "Maren"]
        assert sorted(Notice.objects.values_list("user__name", "kind")) == [
            ("Bram", "thanked"),
            ("Maren", "thanked"),
        ]
        event = Event.objects.get(verb="thanks.given")
        assert event.payload == {"key_result_id": str(world.key_result.pk), "check_in_id": str(said.pk)}

    def test_the_same_form_thanks_once(self, world: AskWorld) -> None:
        key = new_id()
        assert thank(world, thanks_id=key) == thank(world, thanks_id=key)
        assert Notice.objects.count() == 1

    def test_what_is_refused(self, world: AskWorld) -> None:
        crowd = [make_person(world.objective.organisation) for _ in range(9)]
        for people, given, expected in (
            ([world.receiver], {"text": " "}, ("text", "required")),
            ([world.asker], {}, ("receivers", "oneself")),
            (crowd, {}, ("receivers", "too_many")),
            ([world.gone], {}, ("receivers", "cannot_see")),
            ([world.receiver], {"objective": world.private}, ("receivers", "cannot_see")),
            ([make_person(make_organisation())], {}, ("receivers", "cannot_see")),
        ):
            with pytest.raises(InvalidInput) as found:
                thank(world, *people, **given)
            assert problem(found.value) == expected
        with pytest.raises(InvalidInput) as found:
            give_thanks(by=world.asker, at=NOW, objective=world.objective, receivers=[], text="x")
        assert problem(found.value) == ("receivers", "required")
        with pytest.raises(NotAllowed):
            thank(world, by=world.viewer)
        assert (Thanks.objects.count(), Notice.objects.count()) == (0, 0)

    def test_words_change_and_nobody_else_changes_them(self, world: AskWorld) -> None:
        thanks = edit_thanks(thanks=thank(world), by=world.asker, at=LATER, text="You spared Joao in week 9.")
        assert (thanks.text, thanks.edited_at) == ("You spared Joao in week 9.", LATER)
        edit_thanks(thanks=thanks, by=world.asker, at=LATER)
        with pytest.raises(NotAllowed):
            edit_thanks(thanks=thanks, by=world.administrator, at=LATER, text="Mine")
        with pytest.raises(StaleVersion):
            edit_thanks(thanks=thanks, by=world.asker, at=LATER, text="x", expected_updated_at=NOW)
        with pytest.raises(InvalidInput):
            edit_thanks(thanks=thanks, by=world.asker, at=LATER, text=" ")
        verbs = (
            Event.objects.filter(subject_type="thanks").order_by("at", "id").values_list("verb", flat=True)
        )
        assert list(verbs) == ["thanks.given", "thanks.edited"]

    def test_taken_back_and_put_back(self, world: AskWorld) -> None:
        thanks = thank(world)
        with pytest.raises(NotAllowed):
            delete_thanks(thanks=thanks, by=world.receiver, at=LATER)
        delete_thanks(thanks=thanks, by=world.administrator, at=LATER)
        assert Thanks.objects.count() == 0
        assert not Notice.objects.filter(dropped_at__isnull=True).exists()
        restore_thanks(thanks=thanks, by=world.asker, at=LATER)
        assert Thanks.objects.count() == 1
        delete_thanks(thanks=thanks, by=world.asker, at=LATER)
        with pytest.raises(RuleConflict):
            restore_thanks(thanks=thanks, by=world.asker, at=LATER + timedelta(days=31))


class TestWhoSeesThanks:
    def seen_by(self, world: AskWorld) -> set[str]:
        people = (world.asker, world.receiver, world.other, world.viewer, world.administrator)
        return {person.name for person in people if visible_thanks(person).exists()}

    def test_everybody_who_sees_the_objective(self, world: AskWorld) -> None:
        thank(world)
        assert self.seen_by(world) == {"Leila", "Maren", "Bram", "Vera", "Ines"}

    def test_private_ones_only_who_is_named(self, world: AskWorld) -> None:
        thank(world, is_private=True)
        assert self.seen_by(world) == {"Leila", "Maren"}

    def test_a_receiver_who_prefers_it_makes_it_private_for_all(self, world: AskWorld) -> None:
        User.objects.filter(pk=world.receiver.pk).update(prefers_private_thanks=True)
        world.receiver.refresh_from_db()
        thank(world, world.receiver, world.other)
        assert self.seen_by(world) == {"Leila", "Maren", "Bram"}

    def test_on_a_private_objective_only_who_sees_it(self, world: AskWorld) -> None:
        make_thanks(world.private, author=world.asker, receivers=[world.administrator])
        assert self.seen_by(world) == {"Leila", "Ines"}

    def test_said_about_you_is_what_the_reader_may_see(self, world: AskWorld) -> None:
        for place in range(4):
            at = NOW + timedelta(minutes=place)
            make_thanks(
                world.objective,
                author=world.asker,
                receivers=[world.receiver],
                at=at,
                text=f"{place}",
                is_private=place == 3,
            )
        assert [row.text for row in said_about(world.receiver)] == ["3", "2", "1"]
        assert [row.text for row in said_about(world.other, world.receiver)] == ["2", "1", "0"]
        assert said_about(world.other) == ()


class TestGoodThings:
    def test_told_and_taken_back(self, world: AskWorld) -> None:
        win = tell_win(by=world.asker, at=NOW, text=" Antwerp! ", team=world.team)
        assert (win.text, win.on, win.team) == ("Antwerp!", TODAY, world.team)
        with pytest.raises(NotAllowed):
            take_win_back(win=win, by=world.other, at=LATER)
        take_win_back(win=win, by=world.asker, at=LATER)
        take_win_back(win=win, by=world.asker, at=LATER)
        assert Win.objects.count() == 0
        verbs = Event.objects.filter(subject_type="win").order_by("at", "id").values_list("verb", flat=True)
        assert list(verbs) == ["win.told", "win.taken_back"]

    def test_what_is_refused(self, world: AskWorld) -> None:
        from tests.factories import make_team

        with pytest.raises(InvalidInput):
            tell_win(by=world.asker, at=NOW, text=" ")
        with pytest.raises(InvalidInput):
            tell_win(by=world.asker, at=NOW, text="x", team=make_team(make_organisation()))
        with pytest.raises(NotAllowed):
            tell_win(by=world.viewer, at=NOW, text="x")


class TestReactions:
    def leave(self, world: AskWorld, kind: str, row: Any, **given: Any) -> None:
        facts = {"by": world.other, "at": NOW, "word": "same_here", "is_on": True, **given}
        react(subject_type=kind, subject_id=row.pk, **facts)

    def test_each_word_once_for_each_person(self, world: AskWorld) -> None:
        comment = make_comment(world.objective, author=world.asker)
        for _ in range(2):
            self.leave(world, "comment", comment)
        self.leave(world, "comment", comment, by=world.receiver)
        self.leave(world, "comment", comment, word="thank_you")
        words = reactions_on(world.other, [comment.pk])[comment.pk]
        assert [(one.word, one.count, one.is_mine) for one in words] == [
            ("thank_you", 1, True),
            ("i_can_help", 0, False),
            ("same_here", 2, True),
        ]
        for _ in range(2):
            self.leave(world, "comment", comment, is_on=False)
        assert [one.count for one in reactions_on(world.other, [comment.pk])[comment.pk]] == [1, 0, 1]
        assert (Notice.objects.count(), Event.objects.count()) == (0, 0)

    def test_on_everything_that_takes_words(self, world: AskWorld) -> None:
        decision = Decision.objects.create(
            organisation=world.objective.organisation, objective=world.objective, text="Go", decided_at=NOW
        )
        for kind, row in (
            ("check_in", make_check_in(world.key_result, author=world.asker)),
            ("ask", make_ask(world.objective, by=world.asker, of=world.receiver)),
            ("thanks", make_thanks(world.objective, author=world.asker, receivers=[world.receiver])),
            ("win", make_win(world.asker)),
            ("decision", decision),
            ("priority_news", make_news(make_priority(world.objective.organisation, owner=world.asker))),
        ):
            self.leave(world, kind, row)
        kept = Reaction.objects.values_list("subject_type", "objective__title")
        assert sorted(kept) == [
            ("ask", "Customers find it"),
            ("check_in", "Customers find it"),
            ("decision", "Customers find it"),
            ("priority_news", None),
            ("thanks", "Customers find it"),
            ("win", None),
        ]

    def test_what_is_refused(self, world: AskWorld) -> None:
        comment = make_comment(world.objective, author=world.asker)
        hidden = make_comment(world.private, author=world.asker)
        draft = make_priority(world.objective.organisation, state="draft")
        with pytest.raises(NotAllowed):
            self.leave(world, "comment", comment, by=world.viewer)
        with pytest.raises(RuleConflict):
            self.leave(world, "comment", comment, by=world.asker)
        for kind, row, given in (
            ("comment", hidden, {}),
            ("priority_news", make_news(draft), {}),
            ("nothing", comment, {}),
            ("thanks", comment, {}),
            ("comment", comment, {"word": "wow"}),
        ):
            with pytest.raises(InvalidInput):
                self.leave(world, kind, row, **given)
        assert Reaction.objects.count() == 0
