"""Every address below /api/v1/."""

from django.urls import include, path, re_path

from common.api.nowhere import NowhereView

urlpatterns = [
    path("", include("people.api.urls")),
    re_path(r"", NowhereView.as_view()),
]
