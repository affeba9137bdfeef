"""Addresses of objectives."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from objectives import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/cycles/", views.cycles, name="cycles"),
    path("settings/cycles/new/", views.cycle_new, name="cycle_new"),
    path("settings/cycles/<uuid:cycle_id>/", views.cycle_edit, name="cycle_edit"),
    path("settings/cycles/<uuid:cycle_id>/activate/", views.cycle_activate, name="cycle_activate"),
    path("settings/cycles/<uuid:cycle_id>/close/", views.cycle_close, name="cycle_close"),
]
