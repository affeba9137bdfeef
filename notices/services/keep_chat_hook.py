"""Where chat messages go: a person's own webhook, and that of a team's channel."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from activity.services import record_event
from common.errors import InvalidInput, NotAllowed
from notices.models import ChatHook
from notices.rules.chat_host import host_of
from notices.rules.kinds import ChatFormat
from notices.services.chat_post import read_hook_url
from people.models import Organisation, Team, User
from people.permissions import can_manage_members


@transaction.atomic
def keep_own_hook(*, by: User, at: datetime, chat_format: str, url: str) -> ChatHook:
    """Send this person's chat notices to `url` from now on. An empty `url` keeps the address that is there."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    return _keep(ChatHook.objects.filter(user=by).first() or _new(by, at, user=by), chat_format, url)


@transaction.atomic
def drop_own_hook(*, by: User) -> None:
    """No chat any more; the address is forgotten."""
    ChatHook.objects.filter(user=by).delete()


@transaction.atomic
def keep_team_hook(*, team: Team, by: User, at: datetime, chat_format: str, url: str) -> ChatHook:
    """Send the week of the team to `url` from now on. By administrators and the team's lead."""
    _require(by, team)
    hook = _keep(ChatHook.objects.filter(team=team).first() or _new(by, at, team=team), chat_format, url)
    _tell(team, by, at, host_of(hook.url))
    return hook


@transaction.atomic
def drop_team_hook(*, team: Team, by: User, at: datetime) -> None:
    """The channel gets nothing any more; the address is forgotten."""
    _require(by, team)
    deleted, _ = ChatHook.objects.filter(team=team).delete()
    if deleted:
        _tell(team, by, at, "")


def _new(by: User, at: datetime, *, user: User | None = None, team: Team | None = None) -> ChatHook:
    return ChatHook(organisation_id=by.organisation_id, user=user, team=team, created_at=at)


def _keep(hook: ChatHook, chat_format: str, url: str) -> ChatHook:
    try:
        hook.format = ChatFormat(chat_format)
    except ValueError:
        raise InvalidInput.of("format", "unknown", "Choose a chat product.") from None
    if url.strip() or not hook.url:
        hook.url = read_hook_url(url)
    hook.last_error = ""
    hook.save()
    return hook


def _require(by: User, team: Team) -> None:
    Organisation.objects.select_for_update().get(pk=by.organisation_id)
    if team.organisation_id != by.organisation_id or not can_manage_members(by, team):
        raise NotAllowed("Administrators and the lead of the team look after this.")


def _tell(team: Team, by: User, at: datetime, host: str) -> None:
    record_event(
        verb="team.chat_changed",
        subject=team,
        organisation_id=team.organisation_id,
        by=by,
        at=at,
        payload={"host": host},
    )
