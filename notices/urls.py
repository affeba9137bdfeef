"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from notices.views import dead_deliveries, inbox, mute, notice_settings, team_chat

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/seen/", inbox.inbox_seen, name="inbox_seen"),
    path("inbox/<uuid:notice_id>/", inbox.inbox_open, name="inbox_open"),
    path("mute/<str:token>/", mute.mute, name="mute"),
    path("settings/notices/", notice_settings.notice_settings, name="notice_settings"),
    path("settings/notices/pause/", notice_settings.notice_pause, name="notice_pause"),
    path("settings/notices/chat/", notice_settings.notice_chat, name="notice_chat"),
    path("settings/teams/<uuid:team_id>/chat/", team_chat.team_chat, name="team_chat"),
    path("settings/messages/", dead_deliveries.dead_deliveries, name="dead_deliveries"),
    path(
        "settings/messages/<uuid:delivery_id>/retry/", dead_deliveries.delivery_retry, name="delivery_retry"
    ),
]
