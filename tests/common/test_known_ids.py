from uuid import UUID

import pytest
from django.db import connection

from common.ids import new_id
from common.known_ids import known_id


def test_an_id_is_made_once_and_is_a_plain_uuid():
    text = str(new_id())
    assert known_id(text) == UUID(text)
    assert known_id(text) is known_id(text)


@pytest.mark.postgresql
@pytest.mark.django_db
def test_ids_read_from_the_database_are_shared():
    one, other = new_id(), new_id()
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::uuid, %s::uuid, %s::uuid, NULL::uuid", [one, other, one])
        first, second, third, nothing = cursor.fetchone()
    assert (first, second, nothing) == (one, other, None)
    assert first is third


@pytest.mark.postgresql
@pytest.mark.django_db
def test_statements_are_not_compiled():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
