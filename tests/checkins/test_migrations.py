"""The migration that turns reminders into notices: whoever was reminded before an upgrade is not reminded again."""

from datetime import UTC, date, datetime
from importlib import import_module
from types import SimpleNamespace

import pytest

from activity.models import OutboxJob
from activity.services import enqueue
from notices.models import Delivery, Notice
from tests.factories import make_person

pytestmark = pytest.mark.django_db
DUE_AT = datetime(2026, 5, 21, 8, 0, tzinfo=UTC)
SENT_AT = datetime(2026, 5, 21, 8, 1, tzinfo=UTC)


class Rows:
    """The old table, which is not there any more, as far as the migration reads it."""

    def __init__(self, *rows):
        self.rows = rows
        self.objects = self.select_related = self.order_by = self

    def __call__(self, *_):
        return self

    def iterator(self, chunk_size):
        return iter(self.rows)


def test_sent_reminders_stay_told():
    person = make_person()
    old = {"user": person, "user_id": person.pk, "due_at": DUE_AT, "created_at": DUE_AT}
    sent = SimpleNamespace(period_on=date(2026, 5, 21), sent_at=SENT_AT, dropped_at=None, **old)
    dropped = SimpleNamespace(period_on=date(2026, 5, 28), sent_at=None, dropped_at=DUE_AT, **old)
    enqueue("checkins.send_reminder", {}, at=DUE_AT)
    models = {"Notice": Notice, "Delivery": Delivery, "Reminder": Rows(sent, dropped), "OutboxJob": OutboxJob}
    apps = SimpleNamespace(get_model=lambda _, name: models[name])
    import_module("checkins.migrations.0003_reminders_become_notices").carry_over(apps, None)
    first, second = Notice.objects.order_by("on")
    assert (first.key, first.on, first.kind) == ("2026-05-18", date(2026, 5, 21), "check_in_due")
    assert (first.seen_at, second.dropped_at) == (SENT_AT, DUE_AT)
    assert Delivery.objects.get(key="2026-05-21").sent_at == SENT_AT
    assert not Delivery.objects.open().exists()
    assert not OutboxJob.objects.exists()
