"""Addresses of the log."""

from __future__ import annotations

from django.urls import path

from activity import views

urlpatterns = [
    path("settings/audit-log/", views.audit_log, name="audit_log"),
]
