"""What is typed about an objective waits on the server, for its author alone, until it is saved or discarded."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from common.ids import new_id
from objectives.models import Objective, WritingDraft
from people.models import User
from tests.dashboards.page_form import PageForm
from tests.factories import make_cycle, make_objective, make_person

pytestmark = pytest.mark.django_db
NEW, KEEP = "/objectives/new/", "/objectives/draft/"


@pytest.fixture
def writer() -> User:
    person = make_person(name="Hana")
    make_cycle(person.organisation)
    return person


def words(answer: Any) -> str:
    return str(answer.content.decode())


def opened(client: Client, path: str) -> PageForm:
    answer = client.get(path)
    assert answer.status_code == 200
    return PageForm(words(answer), "objective-form")


def kept(client: Client, form: PageForm, **typed: str) -> WritingDraft:
    answer = client.post(KEEP, form.with_changes(**typed))
    assert answer.status_code == 200
    return WritingDraft.objects.get(pk=form.fields["draft"][0])


def test_what_was_typed_is_offered_again_and_continues_where_it_was(client: Client, writer: User) -> None:
    client.force_login(writer)
    draft = kept(
        client, opened(client, NEW), title="Queues are short", **{"k1-title": "Wait", "k1-weight": "x"}
    )
    WritingDraft.objects.update(saved_at=datetime(2026, 3, 4, 10, 42, tzinfo=UTC))
    page = words(client.get(NEW))
    assert "You have an unfinished objective from 4 Mar, 10:42" in page
    form = opened(client, f"{NEW}?draft={draft.pk}")
    found = [form.fields[name] for name in ("title", "k1-title", "k1-weight", "draft")]
    assert found == [["Queues are short"], ["Wait"], ["x"], [str(draft.pk)]]
    assert "unfinished" not in words(client.get(f"{NEW}?draft={draft.pk}"))


def test_typing_on_does_not_touch_an_earlier_page(client: Client, writer: User) -> None:
    client.force_login(writer)
    first = opened(client, NEW)
    kept(client, first, title="First")
    kept(client, first, title="First, better")
    kept(client, opened(client, NEW), title="Second")
    found = {draft.fields["title"][0] for draft in WritingDraft.objects.all()}
    assert found == {"First, better", "Second"}


def test_saving_ends_the_draft_and_an_error_keeps_it(client: Client, writer: User) -> None:
    client.force_login(writer)
    form = opened(client, NEW)
    assert client.post(NEW, form.with_changes(why="Only a reason", keep="1")).status_code == 422
    assert WritingDraft.objects.get().fields["why"] == ["Only a reason"]
    said = form.with_changes(title="Queues are short", why="Only a reason", keep="1")
    assert client.post(NEW, said).status_code == 302
    assert not WritingDraft.objects.exists()
    assert Objective.objects.get().why == "Only a reason"


def test_discarding_forgets_it(client: Client, writer: User) -> None:
    client.force_login(writer)
    draft = kept(client, opened(client, NEW), title="Never mind")
    assert client.post(f"{KEEP}{draft.pk}/discard/").url == NEW
    assert "unfinished" not in words(client.get(NEW))
    assert client.post(f"{KEEP}{draft.pk}/discard/").status_code == 404


def test_changes_to_an_objective_are_offered_on_its_own_page(client: Client, writer: User) -> None:
    client.force_login(writer)
    objective = make_objective(writer.organisation.cycles.get(), owner=writer, title="Before")
    path = f"/objectives/{objective.pk}/edit/"
    draft = kept(client, opened(client, path), title="After")
    assert "unfinished changes to this objective" in words(client.get(path))
    assert "unfinished" not in words(client.get(NEW))
    form = opened(client, f"{path}?draft={draft.pk}")
    assert form.fields["title"] == ["After"]
    assert client.post(path, form.with_changes(save="1")).status_code == 302
    objective.refresh_from_db()
    assert (objective.title, WritingDraft.objects.count()) == ("After", 0)


def test_nobody_reads_or_overwrites_the_draft_of_somebody_else(client: Client, writer: User) -> None:
    client.force_login(writer)
    draft = kept(client, opened(client, NEW), title="Mine")
    other = make_person(writer.organisation)
    client.force_login(other)
    assert "unfinished" not in words(client.get(NEW))
    assert client.get(f"{NEW}?draft={draft.pk}").status_code == 404
    assert client.post(f"{KEEP}{draft.pk}/discard/").status_code == 404
    client.post(KEEP, {"draft": str(draft.pk), "title": "Yours"})
    assert [(one.user_id, one.fields["title"]) for one in WritingDraft.objects.all()] == [
        (writer.pk, ["Mine"])
    ]


def test_of_an_objective_that_one_may_not_see_nothing_is_kept(client: Client, writer: User) -> None:
    client.force_login(writer)
    elsewhere = make_objective()
    assert client.post(KEEP, {"id": str(elsewhere.pk), "title": "x"}).status_code == 404
    assert not WritingDraft.objects.exists()


def test_the_latest_twenty_are_kept(client: Client, writer: User) -> None:
    client.force_login(writer)
    for number in range(22):
        client.post(KEEP, {"draft": str(new_id()), "title": f"No {number}\x00"})
    titles = [draft.fields["title"][0] for draft in WritingDraft.objects.all()]
    assert titles == [f"No {number}" for number in range(21, 1, -1)]
