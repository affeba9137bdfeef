"""Comments: written, edited, taken away, put back; whom they tell; and what is refused."""

from __future__ import annotations

from datetime import timedelta
from time import perf_counter
from typing import Any

import pytest

from activity.models import Event
from checkins.models import Comment
from checkins.queries.mentions import WhyUnheard, read_mentions
from checkins.queries.tell_words import tell_mentioned
from checkins.rules.mentions import MOST_TOLD, names_said
from checkins.services.delete_comment import delete_comment, restore_comment
from checkins.services.edit_comment import edit_comment
from checkins.services.write_comment import write_comment
from common.errors import InvalidInput, NotAllowed, RuleConflict, StaleVersion
from common.ids import new_id
from common.markdown import plain_words
from notices.models import Notice
from people.models import User
from tests.checkins.services.ask_world import AskWorld, world
from tests.factories import (
    NOW,
    make_check_in,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
)
from tests.factories.asks import make_ask
from tests.factories.words import make_comment

__all__ = ["world"]
LATER = NOW + timedelta(minutes=5)


def write(world: AskWorld, text: str = "Well said", **given: Any) -> Comment:
    return write_comment(
        **{"by": world.other, "at": NOW, "objective": world.objective, "text": text, **given}
    )


def told() -> list[str]:
    return sorted(Notice.objects.filter(dropped_at__isnull=True).values_list("user__name", flat=True))


def verbs() -> list[str]:
    return list(
        Event.objects.filter(subject_type="comment").order_by("at", "id").values_list("verb", flat=True)
    )


class TestVeryLongTexts:
    def test_hundreds_of_names_are_kept_as_words(self, world: AskWorld) -> None:
        text = " ".join(f"@name{number}" for number in range(2_000))
        assert write(world, text).text == text

    def test_only_the_first_fifty_names_are_looked_up(self, world: AskWorld) -> None:
        comment = write(world, f"@Maren {' '.join(f'@x{number}' for number in range(60))} @Leila")
        assert [person.name for person in comment.mentions.all()] == ["Maren"]

    @pytest.mark.parametrize("text", ["@Maren " + "`" * 19_900, "@Maren " + "`a` @b " * 2_800])
    def test_code_marks_without_end_take_no_time(self, text: str) -> None:
        begun = perf_counter()
        assert next(iter(names_said(text))).names[-1] == "Maren"
        assert len(list(names_said(text))) >= 1
        assert perf_counter() - begun < 1.5


class TestWriting:
    def test_on_an_objective(self, world: AskWorld) -> None:
        comment = write(world, "  Well said.\r\nReally. ")
        assert (comment.text, comment.author, comment.key_result) == (
            "Well said.\nReally.",
            world.other,
            None,
        )
        event = Event.objects.get(verb="comment.written")
        assert (event.objective_id, event.subject_id, event.payload) == (world.objective.pk, comment.pk, {})
        assert told() == []

    def test_on_a_check_in_it_is_about_its_key_result_and_tells_its_author(self, world: AskWorld) -> None:
        said = make_check_in(world.key_result, author=world.asker)
        comment = write(world, check_in=said)
        assert comment.key_result == world.key_result
        assert told() == ["Leila"]
        event = Event.objects.get(verb="comment.written")
        assert event.payload == {"key_result_id": str(world.key_result.pk), "check_in_id": str(said.pk)}

    def test_on_an_ask_it_tells_both_sides_but_not_who_writes(self, world: AskWorld) -> None:
        ask = make_ask(world.objective, by=world.asker, of=world.receiver)
        write(world, ask=ask)
        write(world, ask=ask, by=world.asker)
        assert told() == ["Leila", "Maren", "Maren"]
        for person, words in ((world.asker, "about your ask"), (world.receiver, "about what you are asked")):
            section = tell_mentioned(list(Notice.objects.filter(user=person)), person, NOW)
            assert section is not None
            assert {line.title.partition("writes ")[2] for line in section.lines} == {words}

    def test_of_those_who_spoke_before_nobody_is_told(self, world: AskWorld) -> None:
        write(world, by=world.receiver)
        write(world)
        assert told() == []

    def test_the_same_form_writes_once(self, world: AskWorld) -> None:
        key = new_id()
        assert write(world, comment_id=key) == write(world, "Other words", comment_id=key)
        assert Comment.objects.count() == 1

    @pytest.mark.parametrize(
        ("text", "code"), [("  ", "required"), ("x" * 20_001, "too_long"), ("a\x00b", "unreadable")]
    )
    def test_words_are_needed(self, world: AskWorld, text: str, code: str) -> None:
        with pytest.raises(InvalidInput) as found:
            write(world, text)
        assert [(one.field, one.code) for one in found.value.problems] == [("text", code)]

    def test_viewers_and_people_of_elsewhere_do_not_write(self, world: AskWorld) -> None:
        for person in (world.viewer, make_person(make_organisation()), world.gone):
            with pytest.raises(NotAllowed):
                write(world, by=person)

    def test_where_one_sees_nothing_one_says_nothing(self, world: AskWorld) -> None:
        with pytest.raises(InvalidInput) as found:
            write(world, objective=world.private)
        assert found.value.problems[0].code == "not_found"

    def test_parts_belong_to_the_objective(self, world: AskWorld) -> None:
        elsewhere = make_objective(owner=world.asker)
        for part, field in (
            ({"key_result": make_key_result(elsewhere)}, "key_result"),
            ({"ask": make_ask(elsewhere, by=world.asker, of=world.receiver)}, "ask"),
            (
                {"key_result": world.key_result, "check_in": make_check_in(make_key_result(elsewhere))},
                "check_in",
            ),
        ):
            with pytest.raises(InvalidInput) as found:
                write(world, **part)
            assert field in {problem.field for problem in found.value.problems}


class TestMentions:
    @pytest.mark.parametrize(
        ("text", "reaches"),
        [
            ("@Maren could help", ["Maren"]),
            ("Ask @Maren, @Bram.", ["Bram", "Maren"]),
            ("@maren's team", ["Maren"]),
            ("(@Maren)", ["Maren"]),
            ("mail me: leila@Maren.example", []),
            ("`@Maren` is code", []),
            ("@Nobody is here", []),
            ("@Dana has left", []),
            ("@Jo Ann knows", ["Jo Ann Smit"]),
            ("@Jo Ann Smit and @Jo Ann Smit", ["Jo Ann Smit"]),
        ],
    )
    def test_who_is_reached(self, world: AskWorld, text: str, reaches: list[str]) -> None:
        make_person(world.objective.organisation, name="Jo Ann Smit")
        found = read_mentions(text, world.objective)
        assert sorted(person.name for person in found.people) == reaches
        assert (
            plain_words(found.text).casefold() == text.replace("Jo Ann knows", "Jo Ann Smit knows").casefold()
        )

    def test_a_mention_is_kept_by_id_and_told(self, world: AskWorld) -> None:
        comment = write(world, "@Maren could help", by=world.asker)
        assert comment.text == f"@[Maren](person:{world.receiver.pk}) could help"
        assert list(comment.mentions.all()) == [world.receiver]
        assert told() == ["Maren"]
        notice = Notice.objects.get()
        assert (notice.kind, notice.subject_id, notice.objective_id) == (
            "mentioned",
            comment.pk,
            world.objective.pk,
        )

    def test_nobody_is_told_of_their_own_words(self, world: AskWorld) -> None:
        write(world, "@Bram that is me")
        assert told() == []

    def test_whoever_cannot_see_it_stays_a_word(self, world: AskWorld) -> None:
        comment = write(world, "@Bram and @Leila", objective=world.private, by=world.asker)
        assert comment.text == f"@Bram and @[Leila](person:{world.asker.pk})"
        [unheard] = read_mentions("@Bram", world.private).unheard
        assert (unheard.name, unheard.why) == ("Bram", WhyUnheard.CANNOT_SEE)
        assert told() == []

    def test_a_kept_mention_of_somebody_else_is_no_way_around(self, world: AskWorld) -> None:
        stranger = make_person(make_organisation(), name="Stranger")
        for person in (world.other, stranger):
            found = read_mentions(f"@[Your boss](person:{person.pk})", world.private)
            assert (found.text, found.people) == ("@Your boss", ())
        renamed = read_mentions(f"@[Your boss](person:{world.other.pk})", world.objective)
        assert renamed.text == f"@[Bram](person:{world.other.pk})"

    def test_a_name_of_several_reaches_nobody_and_offers_them(self, world: AskWorld) -> None:
        first, second = (make_person(world.objective.organisation, name=name) for name in ("Jo Ek", "Jo Vos"))
        found = read_mentions("@Jo", world.objective)
        assert (found.text, found.people) == ("@Jo", ())
        assert found.unheard[0].choices == (f"@[Jo Ek](person:{first.pk})", f"@[Jo Vos](person:{second.pk})")
        assert read_mentions(found.unheard[0].choices[1], world.objective).people == (second,)

    def test_of_several_the_one_who_may_see_it_is_meant(self, world: AskWorld) -> None:
        make_person(world.objective.organisation, name="Leila")
        assert read_mentions("@Leila", world.private).people == (world.asker,)


class TestHowManyAreTold:
    @staticmethod
    def _names(world: AskWorld, count: int, first: int = 0) -> str:
        people = [make_person(world.objective.organisation, name=f"P{first + one}") for one in range(count)]
        return " ".join(f"@[{person.name}](person:{person.pk})" for person in people)

    def test_a_crowd_is_refused_in_plain_words(self, world: AskWorld) -> None:
        with pytest.raises(InvalidInput) as refused:
            write(world, self._names(world, MOST_TOLD + 1))
        [problem] = refused.value.problems
        assert (problem.field, problem.code) == ("text", "too_many_people")
        assert "at most 20 people, and this one names 21" in problem.message
        assert (Comment.objects.count(), told()) == (0, [])

    def test_edits_do_not_add_up_to_one(self, world: AskWorld) -> None:
        comment = write(world, self._names(world, MOST_TOLD))
        assert len(told()) == MOST_TOLD
        with pytest.raises(InvalidInput):
            edit_comment(comment=comment, by=world.other, at=LATER, text=self._names(world, 1, first=50))
        edited = edit_comment(comment=comment, by=world.other, at=LATER, text="@P0 and @P1 alone")
        assert edited.mentions.count() == 2
        assert len(told()) == MOST_TOLD


class TestEditing:
    def test_the_earlier_wording_is_kept(self, world: AskWorld) -> None:
        comment = edit_comment(comment=write(world), by=world.other, at=LATER, text="Better said")
        assert (comment.text, comment.edited_at, comment.updated_at) == ("Better said", LATER, LATER)
        [version] = comment.versions.all()
        assert (version.text, version.replaced_at, version.replaced_by) == ("Well said", LATER, world.other)
        assert verbs() == ["comment.written", "comment.edited"]

    def test_the_same_words_leave_no_trace(self, world: AskWorld) -> None:
        comment = edit_comment(comment=write(world), by=world.other, at=LATER, text=" Well said ")
        assert (comment.edited_at, comment.versions.count(), verbs()) == (None, 0, ["comment.written"])

    def test_people_named_for_the_first_time_are_told(self, world: AskWorld) -> None:
        comment = write(world, "@Leila look")
        edit_comment(comment=comment, by=world.other, at=LATER, text="@Leila and @Maren look")
        assert told() == ["Leila", "Maren"]

    def test_only_its_author_edits(self, world: AskWorld) -> None:
        comment = write(world)
        for person in (world.asker, world.administrator, world.viewer):
            with pytest.raises(NotAllowed):
                edit_comment(comment=comment, by=person, at=LATER, text="Mine")

    def test_a_change_in_between_is_not_overwritten(self, world: AskWorld) -> None:
        comment = write(world)
        edit_comment(comment=comment, by=world.other, at=LATER, text="Second", expected_updated_at=NOW)
        with pytest.raises(StaleVersion):
            edit_comment(comment=comment, by=world.other, at=LATER, text="Third", expected_updated_at=NOW)
        comment.refresh_from_db()
        assert comment.text == "Second"

    def test_words_stay_needed(self, world: AskWorld) -> None:
        with pytest.raises(InvalidInput):
            edit_comment(comment=write(world), by=world.other, at=LATER, text=" ")


class TestTakingAway:
    def test_it_is_gone_and_comes_back(self, world: AskWorld) -> None:
        comment = write(world, "@Maren look")
        delete_comment(comment=comment, by=world.other, at=LATER)
        assert (Comment.objects.count(), told()) == (0, [])
        delete_comment(comment=comment, by=world.other, at=LATER)
        restore_comment(comment=comment, by=world.other, at=LATER)
        assert Comment.objects.get().deleted_by is None
        assert verbs() == ["comment.written", "comment.deleted", "comment.restored"]

    def test_administrators_may_too_and_others_not(self, world: AskWorld) -> None:
        comment = make_comment(world.objective, author=world.other)
        for person in (world.asker, world.viewer):
            with pytest.raises(NotAllowed):
                delete_comment(comment=comment, by=person, at=LATER)
        delete_comment(comment=comment, by=world.administrator, at=LATER)
        with pytest.raises(NotAllowed):
            restore_comment(comment=comment, by=world.asker, at=LATER)

    def test_long_after_it_stays_away(self, world: AskWorld) -> None:
        comment = make_comment(world.objective, author=world.other)
        delete_comment(comment=comment, by=world.other, at=NOW)
        with pytest.raises(RuleConflict):
            restore_comment(comment=comment, by=world.other, at=NOW + timedelta(days=31))


def test_people_who_left_are_not_told(world: AskWorld) -> None:
    said = make_check_in(world.key_result, author=world.gone)
    write(world, check_in=said)
    assert told() == []
    assert User.objects.filter(pk=world.gone.pk, is_active=False).exists()
