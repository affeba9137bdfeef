"""What a person wants to be told, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from notices.models import NoticeSetting
from notices.rules.channels import DEFAULT_CHANNELS
from notices.rules.kinds import Channel, NoticeKind
from people.models import User

Cell = tuple[NoticeKind, Channel]
PAUSE = timedelta(days=1)


@transaction.atomic
def choose_channels(*, by: User, wanted: Mapping[Cell, bool]) -> None:
    """Keep these cells of the person's notice matrix; only what differs from the default takes a row."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    for (kind, channel), is_on in wanted.items():
        cell = NoticeSetting.objects.filter(user=by, kind=kind, channel=channel)
        if is_on == (channel in DEFAULT_CHANNELS[kind]):
            cell.delete()
        else:
            NoticeSetting.objects.update_or_create(
                user=by, kind=kind, channel=channel, defaults={"is_on": is_on}
            )


def switch_mail(*, user: User, kinds: Iterable[NoticeKind], is_on: bool) -> None:
    """Mails of these kinds off, or on again; the other ways stay as they are."""
    choose_channels(by=user, wanted={(kind, Channel.EMAIL): is_on for kind in kinds})


@transaction.atomic
def pause_notices(*, by: User, at: datetime) -> datetime:
    """Nothing is sent for a day; what happens meanwhile waits in the inbox. Returns when it ends."""
    until = at + PAUSE
    User.objects.filter(pk=by.pk).update(notices_paused_until=until)
    return until


@transaction.atomic
def end_pause(*, by: User) -> None:
    """Notices go out again."""
    User.objects.filter(pk=by.pk).update(notices_paused_until=None)
