"""Every address below /api/v1/."""

from django.urls import include, path, re_path

from common.api.nowhere import NowhereView
from common.api.schema_views import DocsView, SchemaView

urlpatterns = [
    path("schema/", SchemaView.as_view(), name="api_schema"),
    path("docs/", DocsView.as_view(), name="api_docs"),
    path("", include("people.api.urls")),
    path("", include("objectives.api.urls")),
    path("", include("alignment.api.urls")),
    path("", include("checkins.api.urls")),
    path("", include("dashboards.api.urls")),
    re_path(r"", NowhereView.as_view()),
]
