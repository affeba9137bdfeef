"""Prepared querysets answer exactly what the queryset would, on both databases."""

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from common.prepared import MOST_IDS, Prepared
from people.models import Team, User
from tests.factories import make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[User]:
    organisation = make_organisation("Harbour & Pine")
    return [make_person(organisation, name=name) for name in ("Ada", "Ben", "Cleo", "Dan", "Eve")]


def test_rows_of_ids(people):
    named = Prepared(lambda ids: User.objects.filter(pk__in=ids).order_by("name").values_list("pk", "name"))
    for count in (1, 3, 5):
        wanted = people[:count]
        assert named([one.pk for one in wanted]) == [(one.pk, one.name) for one in wanted]


def test_whole_rows_with_what_is_joined(people, django_assert_num_queries):
    by_name = Prepared(
        lambda organisation, name: User.objects.filter(
            organisation_id=organisation, name=name
        ).select_related("organisation")
    )
    by_name(people[0].organisation_id, "Ada")
    with django_assert_num_queries(1):
        [found] = by_name(people[0].organisation_id, "Ben")
        assert (found, found.organisation.name) == (people[1], "Harbour & Pine")
    assert found.created_at == people[1].created_at
    assert by_name(people[0].organisation_id, "stand-in 1") == []


def test_no_ids_need_no_statement(django_assert_num_queries):
    rows = Prepared(lambda ids: User.objects.filter(pk__in=ids))
    with django_assert_num_queries(0):
        assert rows([]) == []


def test_very_many_ids_go_the_ordinary_way(people):
    rows = Prepared(lambda ids: User.objects.filter(pk__in=ids).order_by("name"))
    assert rows([one.pk for one in people] * MOST_IDS) == people


def test_a_value_that_never_reaches_the_database_is_refused(people):
    careless = Prepared(lambda person: User.objects.filter(name=str(person)[:2]))
    with pytest.raises(ValueError, match="every value"):
        careless(people[0].pk)


def test_survives_a_transaction_that_is_rolled_back(people):
    team = make_team(people[0].organisation, name="Logistics")
    named = Prepared(lambda pk: Team.objects.filter(pk=pk).values_list("name", flat=True))
    with transaction.atomic():
        assert named(team.pk) == ["Logistics"]
        transaction.set_rollback(True)
    assert named(team.pk) == ["Logistics"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_plans_again_on_a_new_connection(people):
    named = Prepared(lambda pk: User.objects.filter(pk=pk).values_list("name", flat=True))
    assert named(people[0].pk) == ["Ada"]
    connection.close()
    assert named(people[0].pk) == ["Ada"]


@pytest.mark.django_db(transaction=True)
def test_locks_inside_a_transaction_only(people):
    locked = Prepared(lambda pk: User.objects.select_for_update().filter(pk=pk))
    with transaction.atomic():
        assert locked(people[0].pk) == [people[0]]
    with pytest.raises(TransactionManagementError):
        locked(people[0].pk)
