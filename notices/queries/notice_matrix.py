"""The notice matrix of a person, as Settings shows it."""

from __future__ import annotations

from dataclasses import dataclass

from notices.models import ChatHook, NoticeSetting
from notices.queries.person_times import times_of
from notices.rendering import has_renderer
from notices.rules.channels import DEFAULT_CHANNELS
from notices.rules.chat_host import host_of
from notices.rules.kind_words import KIND_WORDS, when_words
from notices.rules.kinds import Channel, NoticeKind
from people.models import Team, User

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HERE_ONLY = frozenset({NoticeKind.FOLLOWED})
CHANNEL_WORDS = {Channel.HERE: "here", Channel.EMAIL: "by e-mail", Channel.CHAT: "in chat"}


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A checkbox. `is_offered` False: this way does not exist for the kind."""

    name: str
    label: str
    is_on: bool
    is_offered: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One kind with its three ways."""

    kind: NoticeKind
    words: str
    when: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class HookRow:
    """A chat webhook as pages may show it."""

    format: str
    host: str
    last_error: str


def notice_matrix(user: User) -> tuple[MatrixRow, ...]:
    """The kinds that can reach this person. A few queries."""
    settings = {
        (kind, channel): is_on
        for kind, channel, is_on in NoticeSetting.objects.filter(user=user).values_list(
            "kind", "channel", "is_on"
        )
    }
    schedule = times_of(user).schedule
    check_in = f"{WEEKDAYS[schedule.rhythm.weekday]} {schedule.hour_of_message()}:00, again if still due"
    return tuple(
        MatrixRow(
            kind,
            KIND_WORDS[kind],
            when_words(kind, check_in=check_in),
            tuple(_cell(kind, channel, settings) for channel in Channel),
        )
        for kind in kinds_for(user)
    )


def kinds_for(user: User) -> tuple[NoticeKind, ...]:
    """What somebody tells; digests of leads and leaders are offered to those alone."""
    hidden: set[NoticeKind] = set()
    if not user.is_leader:
        hidden.add(NoticeKind.LEADER_DIGEST)
    if not Team.objects.filter(lead=user, archived_at__isnull=True).exists():
        hidden.add(NoticeKind.LEAD_DIGEST)
    return tuple(kind for kind in KIND_WORDS if kind not in hidden and has_renderer(kind))


def is_offered(kind: NoticeKind, channel: Channel) -> bool:
    """Whether a kind can go this way at all."""
    return channel is Channel.HERE or kind not in HERE_ONLY


def hook_row(hook: ChatHook | None) -> HookRow | None:
    """The webhook without its secret address."""
    return None if hook is None else HookRow(hook.format, host_of(hook.url), hook.last_error)


def _cell(kind: NoticeKind, channel: Channel, settings: dict[tuple[str, str], bool]) -> MatrixCell:
    return MatrixCell(
        name=f"{kind}-{channel}",
        label=f"{KIND_WORDS[kind]}, {CHANNEL_WORDS[channel]}",
        is_on=settings.get((kind, channel), channel in DEFAULT_CHANNELS[kind]),
        is_offered=is_offered(kind, channel),
    )
