"""The import pages: who may, and the way from archive to answers, without scripts."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from integrations.models import ImportQuestion, ImportRun
from objectives.models import Cycle, Objective
from people.models import User
from people.roles import Role
from tests.factories import make_organisation, make_person
from tests.integrations.folders import CYCLES, archive_of, folder_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return make_person(make_organisation("Pine"), role=Role.ADMINISTRATOR)


@pytest.fixture
def signed_in(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def upload(client: Client, content: bytes, name: str = "pine.zip"):
    return client.post(reverse("import"), {"archive": SimpleUploadedFile(name, content, "application/zip")})


def pine(**texts: str) -> bytes:
    return archive_of(dict(folder_of(**texts).contents))


def rehearsed(client: Client, **texts: str) -> ImportRun:
    answer = upload(client, pine(**texts))
    assert answer.status_code == 302
    return ImportRun.objects.get(state="rehearsed")


def test_whole_way(signed_in: Client) -> None:
    run = rehearsed(signed_in, cycles=CYCLES + "Pine,2025-Q4,,,\n")
    page = signed_in.get(reverse("import_run", args=[run.pk]))
    text = page.content.decode()
    assert "This is a rehearsal" in text
    assert "stands here twice" in text
    assert not Objective.objects.exists()

    answer = signed_in.post(reverse("import_apply", args=[run.pk]), follow=True)
    assert "were brought in" in answer.content.decode()
    assert Objective.objects.count() == 3
    run.refresh_from_db()
    assert (run.state, run.upload) == ("applied", None)
    for show in ("flagged", "made", "refused", "updated", "nonsense"):
        assert signed_in.get(reverse("import_run", args=[run.pk]), {"show": show}).status_code == 200

    questions = signed_in.get(reverse("import_questions"))
    assert "Blocked" in questions.content.decode()
    question = ImportQuestion.objects.get(code="update_undated")
    signed_in.post(reverse("import_answer", args=[question.pk]), {"day": "2026-05-15"})
    question.refresh_from_db()
    assert question.answer == "2026-05-15"
    signed_in.post(reverse("import_accept"), {"kind": "number_unclear"})
    assert ImportQuestion.objects.filter(answered_at=None).count() == 1

    assert "pine.zip" in signed_in.get(reverse("import")).content.decode()
    signed_in.post(reverse("import_undo", args=[run.pk]))
    assert ImportRun.objects.get().state == "undone"


def test_end_of_a_cycle_is_answered_with_a_day(signed_in: Client) -> None:
    run = rehearsed(signed_in, cycles=CYCLES.replace("2025-12-31", "2025-11-31"))
    signed_in.post(reverse("import_apply", args=[run.pk]))
    question = ImportQuestion.objects.get(code="cycle_end_date")
    assert 'value="end:2025-12-01"' in signed_in.get(reverse("import_questions")).content.decode()
    signed_in.post(reverse("import_answer", args=[question.pk]), {"day": "2025-12-31", "end_of_cycle": "end"})
    assert str(Cycle.objects.get(name="2025-Q4").ends_on) == "2025-12-31"


def test_nothing_new_offers_no_button(signed_in: Client) -> None:
    run = rehearsed(signed_in)
    signed_in.post(reverse("import_apply", args=[run.pk]))
    again = rehearsed(signed_in)
    text = signed_in.get(reverse("import_run", args=[again.pk])).content.decode()
    assert "There is nothing to bring in" in text
    assert "Bring them in" not in text


def test_report_is_a_table_with_a_line_for_every_row(signed_in: Client) -> None:
    run = rehearsed(signed_in, key_results="", updates="")
    answer = signed_in.get(reverse("import_report", args=[run.pk]))
    lines = list(csv.reader(io.StringIO(answer.content.decode())))
    assert len(lines) == 1 + run.report["counts"]["read"]
    assert "attachment" in answer["Content-Disposition"]


def test_second_press_of_the_button_does_nothing(signed_in: Client) -> None:
    run = rehearsed(signed_in)
    for _ in range(2):
        answer = signed_in.post(reverse("import_apply", args=[run.pk]), follow=True)
    assert "applied already" in answer.content.decode()
    assert Objective.objects.count() == 3


def test_archive_that_is_no_longer_kept_is_asked_for_again(signed_in: Client) -> None:
    run = rehearsed(signed_in)
    ImportRun.objects.update(upload=None)
    answer = signed_in.post(reverse("import_apply", args=[run.pk]), follow=True)
    assert "bring it once more" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"nothing", "not a zip archive"),
        (b"", "This archive is empty"),
        (archive_of({"notes.txt": "x"}), "holds no objectives.csv"),
        (archive_of({"../objectives.csv": "objective_id,title\n"}), "leads out of the archive"),
        (archive_of({"objectives.csv": "id\n1\n"}), "lacks the columns objective_id, title"),
    ],
)
def test_archive_that_cannot_be_read_says_why(signed_in: Client, content: bytes, words: str) -> None:
    answer = upload(signed_in, content)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_nothing_chosen_says_so(signed_in: Client) -> None:
    answer = signed_in.post(reverse("import"))
    assert answer.status_code == 422
    assert "Choose a zip archive first" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.LEADER, Role.MEMBER, Role.VIEWER])
def test_others_than_administrators_are_kept_out(signed_in: Client, administrator: User, role: Role) -> None:
    run = rehearsed(signed_in)
    client = Client()
    client.force_login(make_person(administrator.organisation, role=role))
    assert client.get(reverse("import")).status_code == 403
    assert upload(client, pine()).status_code == 403
    assert client.get(reverse("import_run", args=[run.pk])).status_code == 403
    assert client.post(reverse("import_apply", args=[run.pk])).status_code == 403
    assert client.get(reverse("import_questions")).status_code == 403
    assert client.get(reverse("import_report", args=[run.pk])).status_code == 403


def test_administrators_of_another_organisation_find_nothing(signed_in: Client) -> None:
    run = rehearsed(signed_in)
    signed_in.post(reverse("import_apply", args=[run.pk]))
    question = ImportQuestion.objects.filter(code="number_unclear").get()
    client = Client()
    client.force_login(make_person(role=Role.ADMINISTRATOR))
    assert client.get(reverse("import_run", args=[run.pk])).status_code == 404
    assert client.post(reverse("import_apply", args=[run.pk])).status_code == 404
    assert client.post(reverse("import_undo", args=[run.pk])).status_code == 404
    assert client.post(reverse("import_answer", args=[question.pk]), {"option": "keep"}).status_code == 404
    assert client.get(reverse("import_report", args=[run.pk])).status_code == 404
    assert "Nothing is open" in client.get(reverse("import_questions")).content.decode()


def test_anonymous_visitors_are_asked_to_sign_in(administrator: User) -> None:
    answer = Client().get(reverse("import"))
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]
