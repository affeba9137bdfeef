"""Comments, reactions and thanks on pages: with and without htmx, what is refused, and what stays in the field."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import Comment, Reaction, Thanks
from common import clock
from dashboards.queries.objective_page import find_objective, objective_page
from objectives.models import Objective
from people.models import User
from people.roles import Role
from tests.dashboards.page_world import World, world
from tests.factories import NOW, TODAY, make_check_in, make_key_result, make_person
from tests.factories.words import make_comment, make_reaction, make_thanks

__all__ = ["world"]
pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _fixed_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboards.middleware.now", lambda: NOW)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def objective(world: World) -> Objective:
    return world.objective(title="Customers find it")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(person: User, name: str, *keys: Any, **query: Any) -> str:
    answer = signed_in(person).get(reverse(name, args=keys), query)
    assert answer.status_code == 200
    return answer.content.decode()


def say(person: User, place: str, text: str, **posted: Any) -> Any:
    return signed_in(person).post(f"{reverse('comment_new')}?{place}", {"text": text, **posted})


class TestSaying:
    def test_from_the_page_of_an_objective_and_back_to_it(self, world: World, objective: Objective) -> None:
        home = reverse("objective", args=[objective.pk])
        answer = say(world.stranger, f"objective={objective.pk}", "**Well** done", next=home)
        comment = Comment.objects.get()
        assert answer["Location"] == f"{home}#c-{comment.pk}"
        page = page_of(world.owner, "objective", objective.pk)
        assert f'id="c-{comment.pk}"' in page
        assert "<strong>Well</strong> done" in page

    def test_a_reply_stands_below_its_check_in_everywhere(self, world: World, objective: Objective) -> None:
        key_result = make_key_result(objective, title="Maps")
        said = make_check_in(key_result, author=world.owner, note="Slow")
        say(world.stranger, f"check_in={said.pk}", "We can spare Joao")
        for name, key in (
            ("objective", objective.pk),
            ("key_result", key_result.pk),
            ("check_in_detail", said.pk),
        ):
            assert "We can spare Joao" in page_of(world.team_mate, name, key)

    def test_what_is_missing_is_said_and_nowhere_else_to_go(self, world: World, objective: Objective) -> None:
        answer = say(world.owner, f"objective={objective.pk}", "  ")
        assert answer.status_code == 422
        assert "Write a word or two first" in answer.content.decode()
        long = say(world.owner, f"objective={objective.pk}", "x" * 20_001)
        assert long.status_code == 422
        assert "x" * 20_001 in long.content.decode()
        away = say(world.owner, f"objective={objective.pk}", "Hi", next="https://evil.example/")
        assert away["Location"].startswith(reverse("objective", args=[objective.pk]))

    def test_htmx_gets_the_form_alone(self, world: World, objective: Objective) -> None:
        said = make_check_in(make_key_result(objective), author=world.owner)
        answer = signed_in(world.stranger).get(reverse("comment_new"), {"check_in": said.pk}, headers=HX)
        page = answer.content.decode()
        assert "<html" not in page
        assert f"?check_in={said.pk}" in page

    def test_a_reply_to_a_comment_begins_with_a_name(self, world: World, objective: Objective) -> None:
        comment = make_comment(objective, author=world.owner)
        page = page_of(world.stranger, "comment_new", comment=comment.pk)
        assert f"@[Leila](person:{world.owner.pk}) </textarea>" in page

    def test_the_writer_hears_who_was_not_told(self, world: World, objective: Objective) -> None:
        Objective.objects.filter(pk=objective.pk).update(visibility="private")
        home = reverse("objective", args=[objective.pk])
        client = signed_in(world.owner)
        client.post(
            f"{reverse('comment_new')}?objective={objective.pk}", {"text": "@Sofia look", "next": home}
        )
        page = client.get(home).content.decode()
        assert "Sofia cannot read this objective and was not told" in page
        assert "@Sofia look" in page

    @pytest.mark.parametrize("place", ["", "objective=1", "objective=01980000-0000-7000-8000-000000000000"])
    def test_about_nothing_there_is_nothing(self, world: World, place: str) -> None:
        assert signed_in(world.owner).get(f"{reverse('comment_new')}?{place}").status_code == 404


class TestEditing:
    def test_a_change_in_between_is_shown_and_the_words_stay(
        self, world: World, objective: Objective
    ) -> None:
        comment = make_comment(objective, author=world.owner, text="First")
        client, path = signed_in(world.owner), reverse("comment_edit", args=[comment.pk])
        opened = comment.updated_at.isoformat()
        Comment.objects.filter(pk=comment.pk).update(
            text="From my phone", updated_at=NOW + timedelta(hours=1)
        )
        answer = client.post(path, {"text": "From my desk", "opened_at": opened})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "From my phone" in page
        assert ">From my desk</textarea>" in page
        again = client.post(
            path, {"text": "From my desk", "opened_at": (NOW + timedelta(hours=1)).isoformat()}
        )
        assert again.status_code == 302
        page = page_of(world.stranger, "comment", comment.pk)
        assert "From my desk" in page
        assert "From my phone" in page.split('id="versions"')[1]

    def test_mentions_are_read_by_name_and_stay_mentions(self, world: World, objective: Objective) -> None:
        say(world.stranger, f"objective={objective.pk}", "@Leila look")
        comment = Comment.objects.get()
        client, path = signed_in(world.stranger), reverse("comment_edit", args=[comment.pk])
        assert ">@Leila look</textarea>" in client.get(path).content.decode()
        client.post(path, {"text": "@Leila look here"})
        comment.refresh_from_db()
        assert comment.text == f"@[Leila](person:{world.owner.pk}) look here"
        assert ">edited once</a>" in page_of(world.owner, "objective", objective.pk)

    def test_taken_away_with_the_way_back(self, world: World, objective: Objective) -> None:
        comment = make_comment(objective, author=world.stranger, text="Too loud")
        client, home = signed_in(world.stranger), reverse("objective", args=[objective.pk])
        answer = client.post(reverse("comment_delete", args=[comment.pk]), {"next": home}, follow=True)
        page = answer.content.decode()
        undo = reverse("comment_restore", args=[comment.pk])
        assert "Too loud" not in page
        assert f'action="{undo}"' in page
        assert client.post(undo).status_code == 302
        assert "Too loud" in page_of(world.owner, "objective", objective.pk)


class TestReacting:
    def press(self, person: User, row: Any, word: str, kind: str = "comment", **headers: str) -> Any:
        sent = {"subject_type": kind, "subject_id": str(row.pk), "word": word, "next": "/teams/"}
        return signed_in(person).post(reverse("react"), sent, headers=headers)

    def test_on_and_off_without_a_script(self, world: World, objective: Objective) -> None:
        comment = make_comment(objective, author=world.owner)
        assert self.press(world.stranger, comment, "thank_you:on")["Location"] == f"/teams/#r-{comment.pk}"
        page = page_of(world.stranger, "objective", objective.pk)
        assert 'value="thank_you:off" aria-pressed="true">Thank you <b class="num">1</b>' in page
        self.press(world.stranger, comment, "thank_you:off")
        assert Reaction.objects.count() == 0

    def test_htmx_gets_the_words_again(self, world: World, objective: Objective) -> None:
        comment = make_comment(objective, author=world.owner)
        page = self.press(world.stranger, comment, "i_can_help:on", **HX).content.decode()
        assert page.strip().startswith("<form")
        assert 'aria-pressed="true">I can help <b class="num">1</b>' in page
        assert 'name="next" value="/teams/"' in page

    def test_viewers_and_writers_only_read_them(self, world: World, objective: Objective) -> None:
        comment = make_comment(objective, author=world.owner)
        make_reaction("comment", comment.pk, author=world.stranger, objective=objective)
        for person in (world.owner, make_person(world.organisation, role=Role.VIEWER)):
            page = page_of(person, "objective", objective.pk)
            assert 'Thank you <b class="num">1</b></span>' in page
            assert "aria-pressed" not in page.split('id="conversation"')[1]

    @pytest.mark.parametrize("word", ["", "wow:on", "thank_you"])
    def test_unknown_words(self, world: World, objective: Objective, word: str) -> None:
        comment = make_comment(objective, author=world.owner)
        status = self.press(world.stranger, comment, word).status_code
        assert status == (302 if word == "thank_you" else 404)


class TestThanking:
    def test_given_and_read(self, world: World, objective: Objective) -> None:
        client = signed_in(world.stranger)
        form = client.get(reverse("thanks_new"), {"objective": objective.pk}).content.decode()
        assert f'name="to" value="{world.owner.pk}"' in form
        sent = {"to": [str(world.owner.pk)], "name": "Caro", "text": "You spared Joao."}
        answer = client.post(f"{reverse('thanks_new')}?objective={objective.pk}", sent)
        thanks = Thanks.objects.get()
        assert answer["Location"] == reverse("thanks", args=[thanks.pk])
        assert "Sofia thanks Caro and Leila" in page_of(world.team_mate, "objective", objective.pk)
        assert "You spared Joao." in page_of(world.team_mate, "person", world.owner.pk)

    def test_what_is_missing_keeps_what_is_there(self, world: World, objective: Objective) -> None:
        path = f"{reverse('thanks_new')}?objective={objective.pk}"
        answer = signed_in(world.stranger).post(
            path, {"to": [str(world.owner.pk)], "name": "Nobody", "text": "Hi"}
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Nobody is called Nobody" in page
        assert f'value="{world.owner.pk}" checked' in page
        assert ">Hi</textarea>" in page
        nobody = signed_in(world.stranger).post(path, {"text": "Hi"})
        assert "Name whom you thank" in nobody.content.decode()

    def test_private_ones_are_seen_by_who_is_named(self, world: World, objective: Objective) -> None:
        thanks = make_thanks(objective, author=world.owner, receivers=[world.contributor], is_private=True)
        for person, sees in ((world.contributor, True), (world.administrator, False)):
            assert (thanks.text in page_of(person, "objective", objective.pk)) is sees
            assert (thanks.text in page_of(person, "person", world.contributor.pk)) is sees
            status = signed_in(person).get(reverse("thanks", args=[thanks.pk])).status_code
            assert status == (200 if sees else 404)

    def test_changed_and_taken_back(self, world: World, objective: Objective) -> None:
        thanks = make_thanks(objective, author=world.owner, receivers=[world.contributor])
        client = signed_in(world.owner)
        edit = reverse("thanks_edit", args=[thanks.pk])
        stale = client.post(edit, {"text": "For week 9", "opened_at": (NOW - timedelta(days=1)).isoformat()})
        assert stale.status_code == 409
        assert ">For week 9</textarea>" in stale.content.decode()
        assert client.post(edit, {"text": "For week 9"}).status_code == 302
        client.post(reverse("thanks_delete", args=[thanks.pk]))
        assert Thanks.objects.count() == 0
        client.post(reverse("thanks_restore", args=[thanks.pk]))
        assert Thanks.objects.get().text == "For week 9"


class TestLongThreads:
    def test_the_last_thirty_and_a_way_to_the_others(self, world: World, objective: Objective) -> None:
        key_result = make_key_result(objective)
        said = make_check_in(key_result, author=world.owner, note="Slow")
        for place in range(35):
            at = NOW + timedelta(minutes=place)
            make_comment(
                objective,
                author=world.owner,
                text=f"word{place}.",
                at=at,
                check_in=said,
                key_result=key_result,
            )
        page = page_of(world.stranger, "objective", objective.pk)
        assert ("word34." in page, "word5." in page, "word4." in page, "Show earlier" in page) == (
            True,
            True,
            False,
            True,
        )
        detail = reverse("check_in_detail", args=[said.pk])
        assert f"{detail}?all=1" in page
        assert "word0." in page_of(world.stranger, "check_in_detail", said.pk, all=1)

    def test_pages_of_comments(self, world: World, objective: Objective) -> None:
        for place in range(45):
            make_comment(
                objective, author=world.owner, text=f"word{place}.", at=NOW - timedelta(minutes=place)
            )
        found = find_objective(world.owner, objective.pk)
        assert found is not None
        first, second = (
            objective_page(world.owner, found, today=TODAY, page=page).conversation for page in (1, 2)
        )
        assert next(entry.comment.text for entry in first.entries if entry.comment) == "word0."
        assert (len(first.entries), first.has_earlier, second.has_earlier) == (30, True, False)
        assert [entry.comment.text for entry in second.entries if entry.comment][-1] == "word44."
