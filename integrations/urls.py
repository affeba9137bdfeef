"""Addresses of imports."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from integrations import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/import/", views.imports, name="import"),
    path("settings/import/questions/", views.import_questions, name="import_questions"),
    path("settings/import/questions/accept/", views.import_accept, name="import_accept"),
    path("settings/import/questions/<uuid:question_id>/", views.import_answer, name="import_answer"),
    path("settings/import/<uuid:run_id>/", views.import_run, name="import_run"),
    path("settings/import/<uuid:run_id>/apply/", views.import_apply, name="import_apply"),
    path("settings/import/<uuid:run_id>/undo/", views.import_undo, name="import_undo"),
    path("settings/import/<uuid:run_id>/report.csv", views.import_report, name="import_report"),
]
