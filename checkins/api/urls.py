"""Addresses of check-ins below /api/v1/."""

from django.urls import path

from checkins.api import views

urlpatterns = [
    path("check-ins/", views.CheckInsView.as_view(), name="api_check_ins"),
    path("check-ins/<uuid:id>/", views.CheckInView.as_view(), name="api_check_in"),
    path(
        "key-results/<uuid:id>/check-ins/",
        views.KeyResultCheckInsView.as_view(),
        name="api_key_result_check_ins",
    ),
]
