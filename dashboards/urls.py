"""Addresses of dashboards."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from dashboards.views.gallery import gallery
from dashboards.views.my_words import my_words
from dashboards.views.start import start

urlpatterns: list[URLPattern | URLResolver] = [
    path("gallery/", gallery, name="gallery"),
    path("start/", start, name="start"),
    path("settings/words/", my_words, name="my_words"),
]
