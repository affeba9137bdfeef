"""Addresses of dashboards."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from dashboards.views.gallery import gallery

urlpatterns: list[URLPattern | URLResolver] = [
    path("gallery/", gallery, name="gallery"),
]
