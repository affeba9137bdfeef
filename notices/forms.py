"""What the forms about notices and chat may hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from common.forms import ProductForm
from notices.queries.notice_matrix import is_offered
from notices.rules.kinds import Channel, ChatFormat, NoticeKind
from notices.services.choose_channels import Cell

FORMAT_WORDS = (
    (ChatFormat.SLACK.value, "Slack"),
    (ChatFormat.MATTERMOST.value, "Mattermost"),
    (ChatFormat.TEAMS.value, "Microsoft Teams"),
)


class ChatHookForm(ProductForm):
    """An incoming webhook. Its address is never shown again, so an empty field keeps the one that is there."""

    format = forms.ChoiceField(label="Chat product", choices=FORMAT_WORDS)
    url = forms.CharField(label="Address of the incoming webhook", required=False)

    def __init__(self, *args: Any, has_url: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].widget.attrs.update(inputmode="url", autocomplete="off", spellcheck="false")
        self.fields["url"].help_text = (
            "Leave it empty to keep the address." if has_url else "It begins with https:// and stays secret."
        )


def posted_cells(posted: QueryDict, kinds: tuple[NoticeKind, ...]) -> dict[Cell, bool]:
    """The posted checkboxes as cells; kinds that the page did not show stay as they are."""
    return {
        (kind, channel): f"{kind}-{channel}" in posted
        for kind in kinds
        for channel in Channel
        if is_offered(kind, channel)
    }
