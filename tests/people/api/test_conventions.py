"""What every address of the interface keeps: callers, scopes, refusals, pages, tags, keys, rates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from common import clock
from people.models import ApiToken, IdempotencyRecord, Team, User
from people.roles import Role
from tests.api_calls import Caller, assert_problem, call_as, call_as_nobody, make_token, unknown_id
from tests.factories.people import make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return make_person(make_organisation(), role=Role.ADMINISTRATOR)


def bearer(secret: str) -> Caller:
    return Caller({"Authorization": f"Bearer {secret}"})


class TestCallers:
    def test_nobody(self) -> None:
        response = call_as_nobody().get("teams/")
        assert_problem(response, 401)
        assert response["WWW-Authenticate"].startswith("Bearer")

    @pytest.mark.parametrize(
        "header", ["Bearer okr_wrong", "Bearer nonsense", "Bearer ", "Basic YTpi", "okr_x"]
    )
    def test_a_header_that_is_no_token(self, header: str) -> None:
        response = Caller({"Authorization": header}).get("teams/")
        assert_problem(response, 401)
        assert response["WWW-Authenticate"].startswith("Bearer")

    def test_an_expired_token(self, administrator: User) -> None:
        _, secret = make_token(administrator, expires_at=clock.now() - timedelta(seconds=1))
        assert_problem(bearer(secret).get("teams/"), 401, "bad_token")

    def test_a_revoked_token(self, administrator: User) -> None:
        _, secret = make_token(administrator, revoked_at=clock.now())
        assert_problem(bearer(secret).get("teams/"), 401, "bad_token")

    def test_the_token_of_somebody_who_left(self, administrator: User) -> None:
        _, secret = make_token(administrator)
        User.objects.filter(pk=administrator.pk).update(is_active=False)
        assert_problem(bearer(secret).get("teams/"), 401, "bad_token")

    def test_last_use_is_noted_once_a_minute(self, administrator: User, monkeypatch: Any) -> None:
        token, secret = make_token(administrator)
        start = clock.now()
        for seconds, noted in ((0, 0), (30, 0), (61, 61)):
            monkeypatch.setattr(clock, "now", lambda at=start + timedelta(seconds=seconds): at)
            bearer(secret).get("teams/")
            assert ApiToken.objects.get(pk=token.pk).last_used_at == start + timedelta(seconds=noted)

    def test_a_browser_needs_the_csrf_token_to_write(self, administrator: User) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(administrator)
        assert client.get("/api/v1/teams/").status_code == 200
        response = client.post("/api/v1/teams/", {"name": "Data"}, content_type="application/json")
        assert_problem(response, 403)
        assert not Team.objects.exists()

    def test_a_browser_has_the_powers_of_its_person(self, administrator: User) -> None:
        client = Client()
        client.force_login(administrator)
        response = client.post("/api/v1/teams/", {"name": "Data"}, content_type="application/json")
        assert response.status_code == 201


class TestScopes:
    def test_reading_needs_read(self, administrator: User) -> None:
        assert_problem(call_as(administrator, scopes=("write",)).get("teams/"), 403, "scope_missing")

    def test_administration_needs_admin(self, administrator: User) -> None:
        response = call_as(administrator, scopes=("read", "check_in", "write")).post(
            "teams/", {"name": "Data"}
        )
        assert_problem(response, 403, "scope_missing")

    def test_a_scope_gives_no_more_than_the_role(self) -> None:
        assert_problem(call_as(make_person()).post("teams/", {"name": "Data"}), 403, "not_allowed")


class TestRefusals:
    def test_no_such_address(self, administrator: User) -> None:
        assert_problem(call_as(administrator).get("nothing-here/"), 404)

    def test_a_missing_slash(self, administrator: User) -> None:
        assert "slash" in assert_problem(call_as(administrator).get("teams"), 404)["detail"]

    def test_an_id_that_is_none(self, administrator: User) -> None:
        assert_problem(call_as(administrator).get("teams/7/"), 404)

    @pytest.mark.parametrize(
        "body",
        [b"{", b"\xff", b'{"name": NaN}', b'{"name": "a", "name": "b"}', b"[" * 100_000, b'{"name": 1e}'],
    )
    def test_an_unreadable_body(self, administrator: User, body: bytes) -> None:
        assert_problem(call_as(administrator).post("teams/", body), 400)

    def test_an_unknown_parameter(self, administrator: User) -> None:
        assert_problem(
            call_as(administrator).get("teams/", {"colour": "red"}), 400, "unknown_parameter", "colour"
        )

    def test_an_unknown_field(self, administrator: User) -> None:
        response = call_as(administrator).post("teams/", {"name": "Data", "colour": "red"})
        assert assert_problem(response, 422, "invalid", "colour")["errors"][0]["code"] == "unknown"

    @pytest.mark.parametrize("body", [[], "text", 3, None])
    def test_a_body_that_is_no_object(self, administrator: User, body: Any) -> None:
        content = b"null" if body is None else body
        response = call_as(administrator).post("teams/", content)
        assert response.status_code == 422

    def test_a_method_that_is_not_taken(self, administrator: User) -> None:
        response = call_as(administrator).delete("teams/")
        assert_problem(response, 405)
        assert set(response["Allow"].split(", ")) >= {"GET", "POST"}

    def test_only_json_is_answered(self, administrator: User) -> None:
        assert_problem(call_as(administrator).get("teams/", Accept="text/html"), 406)
        assert call_as(administrator).get("teams/", Accept="text/html, */*;q=0.1").status_code == 200

    def test_only_json_is_taken(self, administrator: User) -> None:
        caller = call_as(administrator)
        assert_problem(caller.post("teams/", b"name=Data", **{"Content-Type": "text/plain"}), 415)

    def test_a_body_that_is_too_large(self, administrator: User, settings: Any) -> None:
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20
        assert_problem(call_as(administrator).post("teams/", {"name": "D" * 30}), 413)

    def test_a_busy_database(self, administrator: User, monkeypatch: Any) -> None:
        def busy(*args: Any, **options: Any) -> None:
            raise OperationalError("database is locked")

        monkeypatch.setattr("people.api.views.list_teams", busy)
        response = call_as(administrator).get("teams/")
        assert_problem(response, 503)
        assert response["Retry-After"] == "1"

    def test_a_database_that_does_not_know_the_token(self, administrator: User, monkeypatch: Any) -> None:
        def busy(secret: str) -> None:
            raise OperationalError("no answer")

        monkeypatch.setattr("people.middleware.find_token", busy)
        assert_problem(call_as(administrator).get("teams/"), 503)

    def test_an_error_around_the_views(self, administrator: User, monkeypatch: Any) -> None:
        def broken(**options: Any) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("dashboards.middleware.turn_day", broken)
        caller = call_as(administrator)
        caller.client.raise_request_exception = False
        assert_problem(caller.get("teams/"), 500)

    def test_an_unforeseen_error(self, administrator: User, monkeypatch: Any) -> None:
        def broken(*args: Any, **options: Any) -> None:
            raise ZeroDivisionError("secret detail")

        monkeypatch.setattr("people.api.views.list_teams", broken)
        caller = call_as(administrator)
        caller.client.raise_request_exception = False
        document = assert_problem(caller.get("teams/"), 500)
        assert "secret" not in str(document)


class TestRates:
    def test_the_headers_count_down(self, administrator: User, settings: Any) -> None:
        settings.API_REQUESTS_PER_MINUTE = 2
        caller = call_as(administrator)
        answers = [caller.get("teams/") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert [answer["X-RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
        assert {answer["X-RateLimit-Limit"] for answer in answers} == {"2"}
        assert 1 <= int(answers[0]["X-RateLimit-Reset"]) <= 60
        assert_problem(answers[2], 429)
        assert 1 <= int(answers[2]["Retry-After"]) <= 60

    def test_every_token_has_its_own_allowance(self, administrator: User, settings: Any) -> None:
        settings.API_REQUESTS_PER_MINUTE = 1
        assert call_as(administrator).get("teams/").status_code == 200
        assert call_as(administrator).get("teams/").status_code == 200

    def test_a_silent_store_limits_nobody(self, administrator: User, settings: Any, monkeypatch: Any) -> None:
        settings.API_REQUESTS_PER_MINUTE = 1

        def silent(*args: Any, **options: Any) -> None:
            raise ConnectionError("no answer")

        monkeypatch.setattr(cache, "add", silent)
        monkeypatch.setattr("common.api.rate_limit._silent_until", 0.0)
        caller = call_as(administrator)
        assert [caller.get("teams/").status_code for _ in range(3)] == [200, 200, 200]


class TestRequestIds:
    def test_the_callers_id_comes_back(self, administrator: User) -> None:
        answer = call_as(administrator).get("teams/", **{"X-Request-Id": "abc-123"})
        assert answer["X-Request-Id"] == "abc-123"

    def test_every_answer_has_one(self) -> None:
        assert call_as_nobody().get("teams/")["X-Request-Id"]


class TestTags:
    def test_an_unchanged_resource_is_not_sent_again(self, administrator: User) -> None:
        team = make_team(administrator.organisation)
        caller = call_as(administrator)
        first = caller.get(f"teams/{team.pk}/")
        again = caller.get(f"teams/{team.pk}/", **{"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]

    def test_a_change_meets_what_was_read(self, administrator: User) -> None:
        team = make_team(administrator.organisation)
        caller = call_as(administrator)
        tag = caller.get(f"teams/{team.pk}/")["ETag"]
        changed = caller.patch(f"teams/{team.pk}/", {"name": "New"}, **{"If-Match": tag})
        assert changed.status_code == 200
        assert changed["ETag"] != tag
        assert_problem(caller.patch(f"teams/{team.pk}/", {"name": "Newer"}, **{"If-Match": tag}), 412)
        assert Team.objects.get(pk=team.pk).name == "New"
        assert caller.patch(f"teams/{team.pk}/", {"name": "Newer"}, **{"If-Match": "*"}).status_code == 200


class TestKeys:
    key: dict[str, str] = {"Idempotency-Key": "make-data"}  # noqa: RUF012

    def test_the_same_request_happens_once(self, administrator: User) -> None:
        caller = call_as(administrator)
        first = caller.post("teams/", {"name": "Data"}, **self.key)
        again = caller.post("teams/", {"name": "Data"}, **self.key)
        assert (first.status_code, first.content) == (again.status_code, again.content)
        assert first.status_code == 201
        assert again["Location"] == first["Location"]
        assert again["Idempotency-Replayed"] == "true"
        assert Team.objects.count() == 1

    def test_another_body_is_refused(self, administrator: User) -> None:
        caller = call_as(administrator)
        caller.post("teams/", {"name": "Data"}, **self.key)
        response = caller.post("teams/", {"name": "Store"}, **self.key)
        assert_problem(response, 409, "key_reused", "Idempotency-Key")

    def test_a_refusal_is_replayed(self, administrator: User) -> None:
        caller = call_as(administrator)
        first = caller.post("teams/", {"name": ""}, **self.key)
        again = caller.post("teams/", {"name": ""}, **self.key)
        assert_problem(again, 422, "invalid", "name")
        assert first.content == again.content

    def test_another_caller_may_use_the_same_key(self, administrator: User) -> None:
        assert call_as(administrator).post("teams/", {"name": "Data"}, **self.key).status_code == 201
        assert call_as(administrator).post("teams/", {"name": "Store"}, **self.key).status_code == 201

    def test_a_request_that_is_still_at_work(self, administrator: User) -> None:
        caller = call_as(administrator)
        caller.post("teams/", {"name": "Data"}, **self.key)
        IdempotencyRecord.objects.update(status=None)
        response = caller.post("teams/", {"name": "Data"}, **self.key)
        assert_problem(response, 409, "in_progress", "Idempotency-Key")
        assert response["Retry-After"] == "1"

    def test_a_request_whose_process_died_runs_again(self, administrator: User) -> None:
        caller = call_as(administrator)
        caller.post("teams/", {"name": "Data"}, **self.key)
        Team.objects.all().delete()
        IdempotencyRecord.objects.update(status=None, created_at=clock.now() - timedelta(seconds=61))
        assert caller.post("teams/", {"name": "Data"}, **self.key).status_code == 201
        assert Team.objects.count() == 1

    def test_a_key_is_free_after_a_day(self, administrator: User) -> None:
        caller = call_as(administrator)
        caller.post("teams/", {"name": "Data"}, **self.key)
        IdempotencyRecord.objects.update(created_at=clock.now() - timedelta(hours=25))
        assert caller.post("teams/", {"name": "Store"}, **self.key).status_code == 201

    def test_a_key_is_free_after_our_own_mistake(self, administrator: User, monkeypatch: Any) -> None:
        def broken(*args: Any, **options: Any) -> None:
            raise ZeroDivisionError

        caller = call_as(administrator)
        caller.client.raise_request_exception = False
        with monkeypatch.context() as patch:
            patch.setattr("people.api.views.read_team", broken)
            assert caller.post("teams/", {"name": "Data"}, **self.key).status_code == 500
        assert not Team.objects.exists()
        assert caller.post("teams/", {"name": "Data"}, **self.key).status_code == 201

    @pytest.mark.parametrize("key", ["k" * 256, "ключ"])
    def test_a_key_that_cannot_be_kept(self, administrator: User, key: str) -> None:
        response = call_as(administrator).post("teams/", {"name": "Data"}, **{"Idempotency-Key": key})
        assert_problem(response, 400, "bad_key", "Idempotency-Key")


class TestPages:
    def test_walking_there_and_back_without_gaps(self, administrator: User) -> None:
        teams = [make_team(administrator.organisation) for _ in range(7)]
        caller = call_as(administrator)
        pages, address = [], "teams/?page_size=3"
        while address:
            pages.append(caller.get(address).json())
            address = pages[-1]["next"]
        walked = [row["id"] for page in pages for row in page["results"]]
        assert walked == [str(team.pk) for team in teams]
        assert [len(page["results"]) for page in pages] == [3, 3, 1]
        assert pages[0]["previous"] is None
        back = caller.get(pages[2]["previous"]).json()
        assert back["results"] == pages[1]["results"]
        first = caller.get(back["previous"]).json()
        assert first["results"] == pages[0]["results"]
        assert first["previous"] is None

    def test_a_new_row_moves_no_page(self, administrator: User) -> None:
        for _ in range(4):
            make_team(administrator.organisation)
        caller = call_as(administrator)
        first = caller.get("teams/?page_size=2").json()
        late = make_team(administrator.organisation)
        rest = caller.get(first["next"]).json()["results"]
        assert len(rest) == 2
        assert str(late.pk) not in [row["id"] for row in rest]

    @pytest.mark.parametrize("size", ["0", "501", "-1", "x", "1.5", "", "²"])
    def test_a_size_out_of_range(self, administrator: User, size: str) -> None:
        assert_problem(
            call_as(administrator).get("teams/", {"page_size": size}), 400, "bad_page", "page_size"
        )

    @pytest.mark.parametrize("cursor", ["x", "é", "WzAsIngiXQ", "WzAsIngiLCJ5Il0", "bnVsbA"])
    def test_a_cursor_that_is_none(self, administrator: User, cursor: str) -> None:
        assert_problem(call_as(administrator).get("teams/", {"cursor": cursor}), 400, "bad_page", "cursor")

    def test_the_filter_stays_in_the_address(self, administrator: User) -> None:
        for _ in range(3):
            make_team(administrator.organisation, name=f"Store {_}")
        make_team(administrator.organisation, name="Data")
        first = call_as(administrator).get("teams/", {"search": "store", "page_size": 2}).json()
        assert "search=store" in first["next"]


def test_a_reference_to_elsewhere_reads_like_one_to_nothing(administrator: User) -> None:
    elsewhere = make_team(make_organisation())
    caller = call_as(administrator)
    stranger = caller.post("teams/", {"name": "A", "parent_id": str(elsewhere.pk)})
    nothing = caller.post("teams/", {"name": "A", "parent_id": unknown_id()})
    assert_problem(stranger, 422, "invalid", "parent_id")
    assert stranger.content == nothing.content
    filtered = caller.get("teams/", {"parent": str(elsewhere.pk)})
    assert filtered.content == caller.get("teams/", {"parent": unknown_id()}).content
    assert filtered.status_code == 422
